"""No group, and no weight, that stays with answers stands for fewer than ten people."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from consult.surveys.core.consultation import Stratum
from consult.surveys.core.sealed.parting import remains
from consult.surveys.core.sealed.strata import LEAST, Cell, cell_of, grouping
from consult.surveys.core.sealed.weighting import SHARING, Outcome, weigh
from consult.weighing.margins import FEWEST
from consult.weighing.trimming import CAP

STRATA = tuple(Stratum)
cells = st.tuples(
    st.sampled_from(["tenant", "owner", "entrepreneur"]),
    st.sampled_from(["18-34", "35-64", "65+", "unknown"]),
    st.sampled_from([f"w{number}" for number in range(8)]),
)
people = st.dictionaries(cells, st.integers(1, 60), max_size=60)
kept = st.sampled_from([(), STRATA[:1], STRATA[:2], STRATA[1:], STRATA[2:], (STRATA[0], STRATA[2])])
rolls = st.dictionaries(cells, st.integers(0, 900), max_size=80)


def crossed(respondents: dict[Cell, int], groups: tuple[Stratum, ...]) -> dict[Cell, int]:
    found: Counter[Cell] = Counter()
    for cell, number in respondents.items():
        found[tuple(cell[STRATA.index(one)] for one in groups)] += number
    return dict(found)


@given(people, kept)
def test_every_crossed_cell_of_kept_groups_holds_ten(
    respondents: dict[Cell, int], groups: tuple[Stratum, ...]
) -> None:
    held = crossed(respondents, groups)
    found = grouping(held, groups)
    sizes: Counter[Cell] = Counter()
    for cell, number in held.items():
        values = dict(zip(map(str, groups), cell, strict=True))
        sizes[tuple(found.groups(values).items())] += number
    assert not found.bins or min(sizes.values()) >= LEAST
    assert all(len(set(bins.values())) > 1 for bins in found.bins.values())


@given(people, rolls, kept)
def test_twenty_people_or_a_whole_group_share_each_weight(
    respondents: dict[Cell, int], roll: dict[Cell, int], groups: tuple[Stratum, ...]
) -> None:
    _, stays = remains(respondents, roll, STRATA, groups)
    assert stays.keys() == respondents.keys()
    sizes: Counter[tuple[object, ...]] = Counter()
    for cell, number in respondents.items():
        sizes[stays[cell].weight, tuple(stays[cell].groups.items())] += number
    homes: Counter[object] = Counter()
    for (_weight, home), size in sizes.items():
        homes[home] += size
    assert all(size >= min(SHARING, homes[home]) for (_weight, home), size in sizes.items())


@given(people, rolls)
def test_weights_stay_under_the_cap_and_meet_the_margins_or_say_that_they_do_not(
    respondents: dict[Cell, int], roll: dict[Cell, int]
) -> None:
    found = weigh(respondents, roll)
    if found.outcome is not Outcome.WEIGHED:
        assert set(found.of.values()) <= {1.0}
        return
    total = sum(respondents.values())
    assert total >= FEWEST
    assert all(0 < weight <= CAP * (1 + 1e-12) for weight in found.of.values())
    assert abs(sum(respondents[c] * w for c, w in found.of.items()) - total) < 1e-9 * total


def test_what_did_not_go_along_is_unknown() -> None:
    assert cell_of({}, STRATA) == ("unknown",) * 3
