"""A publication of 25 questions of all kinds, as a whole."""

import random
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.surveys.core.cube import cube
from consult.surveys.core.deduction import Key
from consult.surveys.core.disclosure import INSIDE, OUTSIDE, Publication, audit, protect
from consult.surveys.core.results import views
from consult.surveys.core.tables import tally
from tests.large_publication import people, questionnaire


def publication(size: int, seed: int, least: int = OUTSIDE, questions: int = 25) -> Publication:
    asked = questionnaire(questions)
    return cube(tally(asked, *people(asked, size, random.Random(seed))), least)


def test_the_audit_of_25_questions_by_groups_finds_nothing() -> None:
    made = publication(4_600, 1)
    hidden = protect(made)
    assert len(made.cells) > 3_000
    assert audit(made, hidden) == ()


def test_hiding_small_counts_alone_is_caught_by_it() -> None:
    """The positive control: without further cells very many of them can be worked out."""
    made = publication(1_500, 1, questions=6)
    naive = {key for key, cell in made.cells.items() if cell.small}
    assert len(audit(made, naive)) > len(naive) // 20


def test_each_further_cell_was_needed_by_something() -> None:
    made = publication(4_600, 2, questions=9)
    hidden = protect(made)
    further = [key for key in hidden if made.cells[key].told and not made.cells[key].small]
    assert further
    assert any(audit(made, hidden - {key}) for key in further)


@given(
    st.integers(0, 10_000), st.sampled_from([60, 150, 1_000]), st.sampled_from([INSIDE, OUTSIDE])
)
@settings(max_examples=4, deadline=None)
def test_whatever_was_answered_nothing_can_be_worked_out(seed: int, size: int, least: int) -> None:
    made = publication(size, seed, least, questions=8)
    assert all(relation.holds(made.counts()) for relation in made.relations)
    assert audit(made, protect(made)) == ()


@given(st.integers(0, 10_000))
@settings(max_examples=4, deadline=None)
def test_nested_groups_that_are_shown_differ_by_nobody_or_by_ten(seed: int) -> None:
    """Security T32, over everything that is nested: who was asked, who answered, who said it."""
    made = publication(900, seed, questions=8)
    hidden = protect(made)
    shown = {key: cell.count for key, cell in made.cells.items() if key not in hidden}
    tried = 0
    for relation in made.relations:
        keys = [key for key, _ in relation.terms]
        if (relation.low, relation.high) != (0, 0) or keys[0] not in shown:
            continue
        for part in nested(keys[1:], shown):
            rest = shown[keys[0]] - sum(shown[key] for key in part)
            tried += 1
            harmless = rest == 0
            assert harmless or rest >= OUTSIDE, (keys[0], part)
    assert tried > 100


def nested(parts: list[Key], shown: dict[Key, int]) -> list[tuple[Key, ...]]:
    """Each part that is shown, and all of them together."""
    told = [part for part in parts if part in shown]
    return [*combinations(told, 1), tuple(told)]


@pytest.mark.parametrize("size", [9, 12, 45])
def test_few_people_are_no_trouble(size: int) -> None:
    asked = questionnaire(8)
    found = views(asked, *people(asked, size, random.Random(size)), self_selected=False)
    assert (found.outside.people is None) == (size < OUTSIDE)
