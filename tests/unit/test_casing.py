"""Capitals restored: what a reader of wire copy in capitals, or of a note without any, would write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.nlp.casing import lacks_case
from tasks.nlp.pipeline import with_case
from tasks.nlp.word_forms import capitalized, lower, upper

if TYPE_CHECKING:
    from collections.abc import Callable

STORIES = [
    "Rebels of the FMLN killed six soldiers near San Miguel on Monday, Colonel Raul Mendez said. Mendez blamed Cuba.",
    "The United Nations said in March that troops from Burkina Faso will march to Ouagadougou.",
    "US officials told us that the U.S. troops in Sana'a may leave on May 5.",
    "Sean O'Neill didn't meet Abd al-Rahman bin Faisal al-Saud, who was in São Paulo's airport at 9 p.m.",
    "Soldiers of the 76th brigade left the West Bank. President Alassane Ouattara thanked them.",
]
"""Written for this test; each as it should read after its case is lost."""


@pytest.mark.parametrize("story", STORIES)
@pytest.mark.parametrize("lose", [upper, lower])
def test_restores_what_was_lost(story: str, lose: Callable[[str], str]) -> None:
    """Both texts in capitals and texts without any get their names, acronyms and sentence starts back."""
    assert with_case(lose(story)) == story


@pytest.mark.parametrize("story", STORIES)
def test_leaves_normal_text_alone(story: str) -> None:
    """Text with its case is not touched, even where it quotes an acronym or a shout."""
    text = f"Vote delayed\n{story}\n\nHe shouted: STOP IT NOW. Then he left for the NATO summit."
    assert not lacks_case(text)
    assert with_case(text) == text


def test_restores_only_the_lines_in_capitals() -> None:
    """A headline and a first paragraph in capitals read like the rest; the rest stays as it is."""
    body = "An iPhone was stolen in Lima, said de Soto. The oAS protested."
    text = f"TWO KILLED IN KABUL\nPOLICE IN KABUL SAID ON MONDAY THAT TALIBAN GUNMEN ATTACKED NATO TROOPS.\n{body}"
    first = "Police in Kabul said on Monday that Taliban gunmen attacked NATO troops."
    assert with_case(text) == f"Two killed in Kabul\n{first}\n{body}"


def test_small_letters_do_not_hide_capitals() -> None:
    """Names such as McDONALD keep small letters in lines of capitals, which are restored all the same."""
    assert with_case("GEN. McDONALD TOLD REPORTERS THAT TROOPS LEFT").startswith("Gen. McDonald told reporters")


def test_a_new_acronym_holds_in_the_whole_article() -> None:
    """What brackets introduce is written in capitals wherever it comes again."""
    text = "the front for the liberation of xanadu (fqlzx) attacked. the fqlzx said so."
    assert with_case(text).count("FQLZX") == text.count("fqlzx")


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=300))
def test_nothing_but_case_changes(text: str) -> None:
    """Whatever the characters are, each stays in its place and remains the same letter."""
    for shouted in (text, text.upper(), text.lower()):
        restored = with_case(shouted)
        assert len(restored) == len(shouted)
        assert restored.casefold() == shouted.casefold()


@pytest.mark.parametrize(
    "text",
    [
        "İSTANBUL IS IN TURKEY",
        "STRAßE IN BERLIN",
        "\u0149 \u01f0 \u0390 \ufb01 \ufb02 \u017f \u0131 \u212a",
        "\u03a3\u039f\u03a6\u039f\u03a3 WENT",
        "ŁÓDŹ AND ÉVREUX",
    ],
)
def test_letters_whose_other_case_is_two(text: str) -> None:
    """Letters that would become two, or another letter, keep offsets as they are."""
    for lost in (text, text.lower(), text + "\nthe end of it all"):
        assert len(with_case(lost)) == len(lost)


def test_capitals_within_names() -> None:
    """Names with an apostrophe or Mc have a second capital where a name follows it."""
    words = ["o'neill", "m'bala", "mcdonald", "sana'a", "u.s.", "n'djamena", "kabul", ""]
    assert [capitalized(word) for word in words] == [
        "O'Neill", "M'Bala", "McDonald", "Sana'a", "U.S.", "N'Djamena", "Kabul", "",
    ]  # fmt: skip
