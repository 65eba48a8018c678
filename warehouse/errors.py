"""What can go wrong with a warehouse: one class per thing that a caller may want to tell apart.

Belongs here: the classes. The texts stand where the errors are raised; each says what was expected, what came and what
to do.
"""

from __future__ import annotations


class WarehouseError(Exception):
    """Anything wrong with a warehouse that its user can act upon."""


class WarehouseLockedError(WarehouseError):
    """Another process is writing to the warehouse."""


class WarehouseDamagedError(WarehouseError):
    """A file of the warehouse is missing, torn or not what its manifest says."""


class DiskFullError(WarehouseError):
    """The disk of the warehouse has no room left, or its user's quota is used up."""


class WarehouseConflictError(WarehouseError):
    """Another writer published meanwhile, or one key stands for two results."""


class UnknownSnapshotError(WarehouseError):
    """No kept snapshot has this id."""


class TableMismatchError(WarehouseError):
    """A table does not have the columns, types or values that its declaration asks for."""
