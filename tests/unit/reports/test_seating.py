"""Seats beside the base: which way a group deviates, and whose base is too small to tell."""

import pytest

from consult.reports.core.chain import Dimension, Group, Members, Stage
from consult.reports.core.edition import Hidden, Table, Verdict
from consult.reports.core.seating import seated_in, small_bases


@pytest.mark.parametrize("young", [0, 20])
def test_who_has_fewer_seats_than_expected_is_under_and_the_others_are_over(young: int) -> None:
    ages = (Hidden("18-34", 500, 500), Hidden("35-49", 500, 500))
    table = Table(Dimension.AGE_BAND, (), ages, None, 0.0, 0.0, 0.0, 0, 1.0)
    held = {"18-34": young, "35-49": 20 - young}
    body = seated_in(Members(Stage.BOARD, 20, {Dimension.AGE_BAND: held}), [table], 1_000)
    for seats in body.seats[Dimension.AGE_BAND]:
        assert seats.verdict is (Verdict.UNDER if seats.members == 0 else Verdict.OVER)


@pytest.mark.parametrize(
    ("bases", "hidden"), [((3, 40, 90), {"0", "1"}), ((2, 2, 90), {"0", "1", "2"}), ((5, 9), set())]
)
def test_small_bases_hide_with_others_until_together_they_are_enough(
    bases: tuple[int, ...], hidden: set[str]
) -> None:
    groups = [Group(str(place), base, 0, 0) for place, base in enumerate(bases)]
    assert small_bases(groups, 5) == hidden
