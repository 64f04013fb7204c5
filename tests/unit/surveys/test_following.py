"""The link by which somebody shows that an address is hers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.core.following import LASTS, Wish, read, wish, write

KEY, OTHER = b"k" * 32, b"o" * 32
TODAY = date(2026, 11, 22)


@given(st.text(), st.text(), st.sampled_from(["nl", "en", "tr", "ar"]))
def test_a_link_gives_back_the_wish(consultation: str, address: str, language: str) -> None:
    made = wish(consultation, address, language, TODAY)
    assert read(KEY, write(KEY, made), TODAY) == made


def test_a_link_holds_for_a_week_and_for_our_key_alone() -> None:
    made = write(KEY, wish("c", "a@b.nl", "nl", TODAY))
    assert read(KEY, made, TODAY + LASTS) is not None
    assert read(KEY, made, TODAY + LASTS + timedelta(1)) is None
    assert read(OTHER, made, TODAY) is None


@pytest.mark.parametrize("token", ["", "A", "AAAA", "é", "=", "A" * 400, "\0"])
def test_anything_else_is_no_wish(token: str) -> None:
    assert read(KEY, token, TODAY) is None


def test_a_changed_link_is_no_wish() -> None:
    made = write(KEY, Wish("c", "a@b.nl", "nl", "2099-01-01"))
    for place in range(0, len(made), 7):
        changed = made[:place] + ("A" if made[place] != "A" else "B") + made[place + 1 :]
        assert read(KEY, changed, TODAY) is None
