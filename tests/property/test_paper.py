"""What the paper asks, whoever stands and whoever keeps a post."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consult.council.core.agreement import Agreement, Elects, Office
from consult.council.core.rules import TENANT
from consult.elections.core.election import Candidate
from consult.elections.core.gaps import Gap, gaps
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE
from consult.elections.core.paper import offices, paper
from tests.agreements import AGREEMENT_2016
from tests.elections import PLAN
from tests.unit.elections.test_election import BEFORE, DRAFT

OFFICES = (CHAIR, EXECUTIVE, BOARD)
CANDIDATES = st.lists(
    st.builds(
        lambda number, more: Candidate(
            f"c{number}", f"Naam {number}", "", frozenset({TENANT}), frozenset({BOARD, *more})
        ),
        st.integers(0, 99),
        st.sets(st.sampled_from((CHAIR, EXECUTIVE))),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda one: one.id,
)
HELD = st.dictionaries(st.sampled_from(Office), st.sampled_from(["m1", "m2", "m3"]))
SETTINGS = st.builds(
    lambda chair, executive: replace(
        AGREEMENT_2016,
        settings=replace(AGREEMENT_2016.settings, chair_by=chair, executive_by=executive),
    ),
    st.sampled_from(Elects),
    st.sampled_from(Elects),
)


@given(candidates=CANDIDATES, held=HELD, rules=SETTINGS)
def test_every_question_names_exactly_those_who_stand_and_fills_exactly_what_is_empty(
    candidates: list[Candidate], held: dict[Office, str], rules: Agreement
) -> None:
    asked = paper("uuid", PLAN, candidates, rules, AGREEMENT_2016.board, held)
    names = [one.office for one in asked]
    assert names == [office for office in OFFICES if office in names]
    assert names[-1] == BOARD
    for one in asked:
        assert sorted(one.candidates) == sorted(
            who.id for who in candidates if one.office in who.stands_for
        )
        assert one.choices <= len(one.candidates)
        assert not set(one.posts) & set(held)
        assert all(member in held.values() for member in one.stays)
    by_office = {one.office: one for one in asked}
    if EXECUTIVE in by_office:
        executive = by_office[EXECUTIVE]
        elected_chair = int(CHAIR in by_office)
        assert executive.seats == len(set(held.values())) + len(executive.posts) + elected_chair
        assert executive.choices <= len(executive.posts)


@given(candidates=CANDIDATES, held=HELD, rules=SETTINGS)
def test_a_paper_without_gaps_has_somebody_to_choose_in_every_question(
    candidates: list[Candidate], held: dict[Office, str], rules: Agreement
) -> None:
    asked = paper("uuid", PLAN, candidates, rules, AGREEMENT_2016.board, held)
    missing = gaps(DRAFT, candidates, [], BEFORE, offices(rules, held))
    empty = {one.office for one in asked if not one.candidates}
    named = {Gap.NO_CHAIR: CHAIR, Gap.NO_EXECUTIVE: EXECUTIVE}
    assert {named[gap] for gap in missing if gap in named} == empty
