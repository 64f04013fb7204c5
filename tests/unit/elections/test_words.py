"""What counts as a word, and that nobody gets more room than others."""

import pytest

from consult.elections.core.words import SIGNS_PER_WORD, TooLong, clean, count, line, too_long


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", 0),
        ("   \n\t ", 0),
        ("Ik luister graag", 3),
        ("Ik  luister\n\ngraag ", 3),
        ("zo'n foto’s", 2),
        ("huis-aan-huis", 1),
        ("en/of", 1),
        ("https://voorbeeld.example/over?x=1", 1),
        ("nr. 12, 2e etage", 4),
        ("Ik – denk – mee", 3),
        ("• eerst • dan", 2),
        ("Samen 🙂 sterk 👩‍👩‍👧", 2),
        ("🙂🙂🙂", 0),
        ("çok güzel İstanbul", 3),
        ("مرحبا بكم", 2),
        ("een\u00a0twee\u200bdrie\u2060vier", 4),
    ],
)
def test_a_word_stands_between_spaces_and_has_a_letter_or_a_digit(text: str, words: int) -> None:
    assert count(text) == words


def test_a_text_may_take_its_whole_space_and_no_more() -> None:
    assert too_long("woord " * 150, 150) is None
    assert too_long("woord " * 151, 150) == TooLong(150)


def test_who_writes_without_spaces_meets_the_limit_of_signs() -> None:
    longest = "x" * 10 * SIGNS_PER_WORD
    assert too_long(longest, 10) is None
    assert too_long(f"{longest}x", 10) == TooLong(10, 100)


def test_emoji_take_space_too() -> None:
    assert too_long("🙂" * 1501, 150) == TooLong(150, 1500)


def test_a_text_is_kept_composed_and_without_what_nobody_sees() -> None:
    assert clean("  cafe\u0301\r\nin\u202e de\x07 buurt \n\n\n\n nu ") == "café\nin de buurt\n\n nu"


def test_joined_emoji_and_names_from_right_to_left_stay_as_they_are() -> None:
    assert clean("👩\u200d👧 \u200fشيرين") == "👩\u200d👧 \u200fشيرين"


def test_a_name_stands_on_one_line() -> None:
    assert line(" Fatma\n  de \u00a0Vries ") == "Fatma de Vries"
