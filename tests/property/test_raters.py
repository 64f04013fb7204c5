"""Alpha is what its definition says, whatever the order in which scores stand."""

from collections.abc import Callable
from fractions import Fraction
from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from consult.raters import alpha, interval, nominal

Distance = Callable[[int, int], int]
UNITS = st.lists(st.lists(st.integers(1, 5), max_size=6), max_size=8)


def by_definition(units: list[list[int]], distance: Distance) -> Fraction | None:
    """Through the matrix of coincidences, as the source computes it by hand."""
    pairable = [unit for unit in units if len(unit) > 1]
    coincidences: dict[tuple[int, int], Fraction] = {}
    for unit in pairable:
        for pair in permutations(range(len(unit)), 2):
            values = unit[pair[0]], unit[pair[1]]
            more = Fraction(1, len(unit) - 1)
            coincidences[values] = coincidences.get(values, Fraction()) + more
    margins = {
        value: sum((n for pair, n in coincidences.items() if pair[0] == value), Fraction())
        for value in range(1, 6)
    }
    total = sum(margins.values())
    observed = sum(n * distance(c, k) for (c, k), n in coincidences.items())
    expected = sum(margins[c] * margins[k] * distance(c, k) for c in margins for k in margins)
    return 1 - (total - 1) * observed / expected if expected else None


@given(UNITS)
def test_alpha_equals_its_definition_by_coincidences(units: list[list[int]]) -> None:
    assert alpha(units, interval) == by_definition(units, lambda c, k: (c - k) ** 2)
    assert alpha(units, nominal) == by_definition(units, lambda c, k: int(c != k))


@given(UNITS, st.randoms())
def test_alpha_knows_no_order_of_units_nor_of_assessors(
    units: list[list[int]], chance: object
) -> None:
    mixed = [list(unit) for unit in units]
    for unit in mixed:
        chance.shuffle(unit)  # type: ignore[attr-defined]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert alpha(mixed, interval) == alpha(units, interval)
    assert alpha(mixed, nominal) == alpha(units, nominal)


@given(UNITS, st.integers(-3, 3), st.integers(1, 4))
def test_alpha_does_not_depend_on_where_the_scale_begins_nor_on_its_steps(
    units: list[list[int]], shift: int, step: int
) -> None:
    moved = [[shift + step * v for v in unit] for unit in units]
    assert alpha(moved, interval) == alpha(units, interval)


@given(UNITS, st.permutations(range(1, 6)))
def test_alpha_of_names_does_not_depend_on_what_they_are_called(
    units: list[list[int]], names: list[int]
) -> None:
    renamed = [[names[v - 1] for v in unit] for unit in units]
    assert alpha(renamed, nominal) == alpha(units, nominal)
