"""What must stay true of layout, imports and documents."""
