"""Texts in several languages side by side."""

import pytest

from consult.surveys.core.asking.words import NOTHING, missing, words

GREEN = words({"ar": "أخضر", "nl": " Groen ", "en": ""})


def test_a_text_stands_in_its_language_and_in_dutch_where_there_is_none() -> None:
    assert str(GREEN) == "Groen"
    assert (GREEN.to("ar"), GREEN.language("ar")) == ("أخضر", "ar")
    assert (GREEN.to("en"), GREEN.language("en")) == ("Groen", "nl")
    assert words({"nl": "Groen", "ar": "أخضر"}) == GREEN


def test_nothing_said_is_false() -> None:
    assert not NOTHING
    assert not words({"nl": " ", "tr": ""})
    assert (str(NOTHING), NOTHING.longest(), NOTHING.to("tr")) == ("", 0, "")


def test_a_language_that_no_consultation_has_is_refused() -> None:
    with pytest.raises(ValueError, match="xx"):
        words({"nl": "Ja", "xx": "?"})


def test_what_is_missing_is_counted_by_language() -> None:
    texts = [GREEN, NOTHING, words("Ja")]
    assert missing(texts, ("nl", "ar", "tr")) == {"nl": 0, "ar": 1, "tr": 2}
