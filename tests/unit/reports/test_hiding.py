"""Which groups of a report hide, and from whom."""

from collections.abc import Iterable

import pytest

from consult.reports.core.chain import Cell, Chain, Dimension, Group
from consult.reports.core.edition import Readers
from consult.reports.core.hidden.hiding import hide, tellable
from consult.reports.core.hidden.places import Where

Counts = tuple[str, str, int, int]
"""Age, neighbourhood, invited, participants."""


def chain(*cells: Counts) -> Chain:
    return Chain(
        tuple(Cell("tenant", age, place, base, base, came) for age, place, base, came in cells)
    )


def labels(places: Iterable[Where], dimension: Dimension) -> set[str]:
    return {where[1] for where in places if where[0] == dimension}


LARGE = (
    ("18-34", "Noord", 500, 40),
    ("18-34", "Zuid", 500, 60),
    ("18-34", "West", 400, 50),
    ("18-34", "Oost", 100, 20),
)


def test_nothing_hides_where_all_is_large() -> None:
    for hiding in hide(chain(*LARGE), ()).values():
        assert hiding.turnout == hiding.people == frozenset()


def test_a_group_of_seven_is_told_to_the_council_and_hides_outside() -> None:
    found = hide(chain(*LARGE, ("18-34", "", 80, 7)), ())
    assert labels(found[Readers.INSIDE].turnout, Dimension.NEIGHBOURHOOD) == set()
    assert "" in labels(found[Readers.OUTSIDE].turnout, Dimension.NEIGHBOURHOOD)


def test_a_hidden_group_takes_the_smallest_with_it_that_can_cover_it() -> None:
    found = hide(chain(*LARGE, ("18-34", "", 80, 3)), ())
    for hiding in found.values():
        assert labels(hiding.turnout, Dimension.NEIGHBOURHOOD) == {"", "Oost"}


def test_a_group_of_whom_nearly_everybody_came_hides_as_well() -> None:
    found = hide(chain(*LARGE, ("18-34", "", 80, 76)), ())
    assert "" in labels(found[Readers.INSIDE].turnout, Dimension.NEIGHBOURHOOD)


def test_the_base_of_a_hidden_group_is_told_unless_it_is_small() -> None:
    large = hide(chain(*LARGE, ("18-34", "", 80, 3)), ())[Readers.INSIDE]
    assert labels(large.people, Dimension.NEIGHBOURHOOD) == set()
    small = hide(chain(*LARGE, ("18-34", "", 4, 3)), ())[Readers.INSIDE]
    assert "" in labels(small.people, Dimension.NEIGHBOURHOOD)
    assert len(labels(small.people, Dimension.NEIGHBOURHOOD)) > 1


def test_a_few_people_who_were_not_invited_hide_their_group() -> None:
    made = Chain(
        (
            Cell("tenant", "18-34", "Noord", 500, 497, 60),
            Cell("tenant", "18-34", "Zuid", 500, 400, 60),
            Cell("tenant", "18-34", "West", 500, 500, 60),
        )
    )
    hiding = hide(made, ())[Readers.INSIDE]
    assert "Noord" in labels(hiding.people, Dimension.NEIGHBOURHOOD)
    assert "West" not in labels(hiding.turnout, Dimension.NEIGHBOURHOOD)


@pytest.mark.parametrize(
    ("came", "readers"),
    [
        (4, set()),
        (5, {Readers.INSIDE}),
        (9, {Readers.INSIDE}),
        (10, {Readers.INSIDE, Readers.OUTSIDE}),
        (490, {Readers.INSIDE, Readers.OUTSIDE}),
        (491, {Readers.INSIDE}),
        (496, set()),
    ],
)
def test_so_few_participants_or_others_that_no_number_may_be_told(
    came: int, readers: set[Readers]
) -> None:
    assert set(hide(chain(("18-34", "Noord", 500, came)), ())) == readers


def test_a_crossing_of_few_hides_with_others_in_its_row_and_column() -> None:
    ages, around = ("18-34", "35-49", "50-64"), ("Noord", "Oost", "Zuid")
    cells = [(age, place, 200, 40) for age in ages for place in around]
    cells[0] = (*cells[0][:3], 2)
    hiding = hide(chain(*cells), ())[Readers.INSIDE]
    crossed = {where[1:] for where in hiding.turnout if where[0] == "crossed"}
    assert ("Noord", "18-34") in crossed
    for at in range(2):
        sums = [where[at] for where in crossed]
        assert all(sums.count(one) > 1 for one in sums)
    assert labels(hiding.turnout, Dimension.AGE_BAND) == set()


def test_what_is_told_elsewhere_is_known_to_whoever_looks() -> None:
    """Results tell of all ages, so nothing covers the neighbourhood that is a small age alone."""
    made = chain(
        ("18-34", "Noord", 300, 40),
        ("18-34", "Zuid", 300, 40),
        ("75+", "Oost", 60, 3),
        ("75+", "West", 60, 30),
        ("75+", "Zuid", 60, 30),
    )
    apart = hide(made, ())[Readers.INSIDE]
    beside = hide(made, {Dimension.AGE_BAND})[Readers.INSIDE]
    assert labels(apart.turnout, Dimension.NEIGHBOURHOOD) == {"Oost", "West"}
    assert labels(beside.turnout, Dimension.NEIGHBOURHOOD) >= {"Oost", "West"}
    assert labels(beside.turnout, Dimension.AGE_BAND) == set()


def test_a_group_told_elsewhere_is_not_shown_when_few_stayed_away() -> None:
    made = chain(("18-34", "Noord", 300, 60), ("35-49", "Noord", 300, 60), ("75+", "Zuid", 20, 18))
    hiding = hide(made, {Dimension.AGE_BAND})[Readers.OUTSIDE]
    assert "75+" in labels(hiding.turnout, Dimension.AGE_BAND)


@pytest.mark.parametrize(
    ("base", "invited", "came", "may"),
    [
        (30, 30, 10, True),
        (30, 30, 9, False),
        (30, 30, 20, True),
        (30, 30, 21, False),
        (40, 30, 10, True),
        (35, 30, 10, False),
    ],
)
def test_each_difference_between_two_stages_is_nought_or_large(
    base: int, invited: int, came: int, may: bool
) -> None:
    assert tellable(Group("A", base, invited, came), 10) is may


SMALLER = (*LARGE[:3], ("18-34", "Oost", 60, 20))


def around(made: Chain, readers: Readers = Readers.INSIDE) -> set[str]:
    return labels(hide(made, ())[readers].turnout, Dimension.NEIGHBOURHOOD)


def test_the_cover_hides_also_where_the_small_groups_cover_each_other() -> None:
    """3 and 4 of 80 each: seven together is enough, but no cover would tell that both are small."""
    assert around(chain(*SMALLER, ("18-34", "A", 80, 3), ("18-34", "B", 80, 4))) == {
        "A", "B", "Oost",
    }  # fmt: skip


def test_a_group_that_can_only_be_hidden_covers_nothing() -> None:
    """Of eight people no number is ever told, so they cannot be what hides beside B."""
    made = chain(*SMALLER, ("18-34", "A", 8, 4), ("18-34", "B", 80, 3))
    assert around(made) == {"A", "B", "Oost"}


def test_which_group_covers_follows_from_the_register_and_not_from_who_came() -> None:
    large = ("18-34", "Noord", 500, 100)
    made = chain(large, ("18-34", "X", 60, 30), ("18-34", "Y", 90, 20), ("18-34", "", 80, 3))
    assert around(made) == {"", "X"}


def test_outside_hides_the_cover_that_only_the_council_needs() -> None:
    """Ten limits choose C, five choose A: shown outside, A would be told to the council as well."""
    made = chain(
        ("18-34", "A", 30, 15),
        ("18-34", "B", 40, 34),
        ("18-34", "C", 25, 2),
        ("18-34", "D", 40, 12),
    )
    found = hide(made, ())
    assert "A" in around(made)
    assert found[Readers.INSIDE].turnout <= found[Readers.OUTSIDE].turnout


def test_every_crossing_of_a_hidden_group_hides() -> None:
    made = chain(
        ("18-34", "A", 100, 35),
        ("35-49", "A", 30, 12),
        ("18-34", "B", 60, 16),
        ("35-49", "B", 100, 90),
        ("18-34", "C", 30, 23),
        ("35-49", "C", 60, 59),
    )
    turnout = hide(made, ())[Readers.INSIDE].turnout
    hidden = labels(turnout, Dimension.NEIGHBOURHOOD)
    assert hidden
    assert {("crossed", one, age) for one in hidden for age in ("18-34", "35-49")} <= turnout


def test_ages_that_results_tell_of_do_not_hide_to_cover_anything() -> None:
    made = chain(
        ("18-34", "A", 12, 10),
        ("35-49", "A", 30, 26),
        ("18-34", "B", 20, 18),
        ("35-49", "B", 30, 8),
        ("18-34", "C", 12, 4),
        ("35-49", "C", 20, 3),
    )
    hiding = hide(made, {Dimension.AGE_BAND})[Readers.INSIDE]
    assert labels(hiding.turnout, Dimension.AGE_BAND) == set()


def test_two_crossings_of_four_people_together_are_not_enough() -> None:
    """A range of nought to four is narrower than five, so a third in their row hides too."""
    ages, places = ("18-34", "35-49", "50-64", "65-74"), ("Noord", "Oost", "Zuid")
    cells = [(age, place, 200, 40) for place in places for age in ages]
    cells[0], cells[1] = (*cells[0][:3], 2), (*cells[1][:3], 2)
    turnout = hide(chain(*cells), ())[Readers.INSIDE].turnout
    assert sum(where[:2] == ("crossed", "Noord") for where in turnout) > 2
