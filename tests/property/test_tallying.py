"""Axioms of counting who took part."""

from hypothesis import given
from hypothesis import strategies as st

from consult.canonical import canonical
from consult.register.core.base import AgeBand, Dwelling, Household, Kind, Tenancy
from consult.register.core.roll import Entry, Trait
from consult.register.core.tallying import Tally, from_data, tally, to_data

entries = st.builds(
    Entry,
    st.uuids().map(str),
    st.just("K"),
    st.sampled_from(Kind),
    st.sampled_from(AgeBand),
    st.sampled_from(("Noord", "Zuid", "")),
    st.sampled_from(Dwelling),
    st.sampled_from(Tenancy),
    st.sampled_from(Household),
)
rolls = st.lists(st.tuples(entries, st.booleans()), max_size=40)


def counted(roll: list[tuple[Entry, bool]]) -> Tally:
    came = {entry.id for entry, took_part in roll if took_part}
    return tally((entry for entry, _ in roll), lambda entry: entry.id in came)


@given(rolls)
def test_margins_add_up_to_the_cells(roll: list[tuple[Entry, bool]]) -> None:
    found = counted(roll)
    whole = [sum(column) for column in zip(*found.cells.values(), strict=True)] or [0, 0]
    assert whole == [len(roll), found.participants] == [len(roll), sum(came for _, came in roll)]
    for counts in found.margins.values():
        assert [sum(column) for column in zip(*counts.values(), strict=True)] == whole


@given(rolls)
def test_a_margin_counts_its_own_trait_and_nothing_else(roll: list[tuple[Entry, bool]]) -> None:
    found = counted(roll)
    for trait, counts in found.margins.items():
        for value, (people, took_part) in counts.items():
            these = [came for entry, came in roll if getattr(entry, trait) == value]
            assert (people, took_part) == (len(these), sum(these))


@given(rolls)
def test_a_trait_that_nobody_is_known_by_is_left_out(roll: list[tuple[Entry, bool]]) -> None:
    known = {trait for trait in Trait for entry, _ in roll if getattr(entry, trait) != "unknown"}
    assert counted(roll).margins.keys() == known


@given(rolls)
def test_what_is_kept_is_read_back_and_never_crosses_a_trait(
    roll: list[tuple[Entry, bool]],
) -> None:
    found = counted(roll)
    kept = to_data(found)
    assert from_data(kept) == found
    assert kept.keys() == {"cells", "margins"}
    traits = {*Dwelling, *Tenancy, *Household} - {"unknown"}
    for row in kept["cells"]:
        kind, band, place, people, took_part = row
        assert {kind, band, place}.isdisjoint(traits)
        assert 0 <= int(took_part) <= people
    for trait, counts in kept["margins"].items():
        assert trait in set(Trait)
        assert all(isinstance(value, str) and len(pair) == 2 for value, pair in counts.items())


@given(rolls)
def test_the_order_of_people_leaves_no_trace(roll: list[tuple[Entry, bool]]) -> None:
    assert canonical(to_data(counted(roll))) == canonical(to_data(counted(roll[::-1])))


@given(st.lists(entries, max_size=120), st.data())
def test_who_took_part_does_not_show_in_the_length(roll: list[Entry], data: st.DataObject) -> None:
    came = data.draw(st.lists(st.booleans(), min_size=len(roll), max_size=len(roll)))
    some = counted(list(zip(roll, came, strict=True)))
    lengths = {
        len(canonical(to_data(counted([(entry, everybody) for entry in roll]))))
        for everybody in (False, True)
    }
    assert lengths == {len(canonical(to_data(some)))}


@given(rolls)
def test_what_was_kept_before_there_were_margins_is_still_read(
    roll: list[tuple[Entry, bool]],
) -> None:
    found = counted(roll)
    read = from_data([[*cell, *pair] for cell, pair in found.cells.items()])
    assert (read.cells, read.margins) == (found.cells, {})
