"""The pages of an application: which there are, and what counts as an answer on each."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from consult.elections.core.asking import (
    LONGEST_ANSWER,
    LONGEST_NAME,
    LONGEST_WORDS,
    Asked,
    Kind,
    Page,
    Problem,
    Step,
    answered,
    reopened,
)
from consult.elections.core.nomination import BOARD, CHAIR, EXECUTIVE, Application, Standing
from consult.elections.core.profile import Attribute, Competence, Needs, Reserved

AT = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
LISTENS, COUNTS = Competence("c1", "Luisteren"), Competence("c2", "Rekenen")
BACKGROUND = Reserved("r1", Attribute.BACKGROUND, ("Turks", "Kaapverdisch"), 1)
YOUNG = Reserved("r2", Attribute.AGE, ("18-34",), 1)
ASKED = Asked(Needs((LISTENS, COUNTS), (BACKGROUND,)), (CHAIR, EXECUTIVE))
EMPTY = Application("a1", "e1", "")
FULL = replace(
    EMPTY,
    name="Anna Appel",
    statement="Ik luister.",
    answers={"c1": "Ja.", "c2": "Ook."},
    staff=False,
    committee=False,
    consented_at=AT,
)


def send(
    kind: Kind,
    given: Mapping[str, object],
    application: Application = EMPTY,
    about: Competence | None = None,
) -> Application | Problem:
    lists = {name: value if isinstance(value, list) else [value] for name, value in given.items()}
    return answered(application, Page(ASKED, Step(kind, about), lists, AT))  # type: ignore[arg-type]


def test_the_profile_decides_what_is_asked() -> None:
    assert [step.kind for step in ASKED.steps] == [
        Kind.NAME,
        Kind.STATEMENT,
        Kind.ANSWER,
        Kind.ANSWER,
        Kind.BACKGROUND,
        Kind.OFFICES,
        Kind.PHOTO,
        Kind.CONFLICTS,
        Kind.CONSENT,
    ]
    assert [step.competence for step in ASKED.steps[2:4]] == [LISTENS, COUNTS]


def test_nobody_is_asked_for_a_background_that_no_seat_is_reserved_for() -> None:
    kinds = {step.kind for step in Asked(Needs((), (YOUNG,))).steps}
    assert kinds == {Kind.NAME, Kind.STATEMENT, Kind.PHOTO, Kind.CONFLICTS, Kind.CONSENT}


def test_background_offices_and_photo_are_never_missing() -> None:
    assert ASKED.missing(None) == ASKED.missing(EMPTY) == (1, 2, 3, 4, 8, 9)
    assert ASKED.missing(FULL) == ()
    assert ASKED.missing(replace(FULL, answers={"c1": "Ja."})) == (4,)


@pytest.mark.parametrize(
    ("kind", "given", "problem"),
    [
        (Kind.NAME, {}, Problem("name_missing", "name")),
        (Kind.NAME, {"name": " \u200b "}, Problem("name_missing", "name")),
        (Kind.NAME, {"name": "🙂"}, Problem("name_missing", "name")),
        (Kind.NAME, {"name": "x" * 81}, Problem("name_long", "name", LONGEST_NAME)),
        (Kind.STATEMENT, {"statement": " "}, Problem("text_missing", "statement")),
        (
            Kind.STATEMENT,
            {"statement": "woord " * 151},
            Problem("text_words", "statement", LONGEST_WORDS),
        ),
        (Kind.STATEMENT, {"statement": "x" * 1501}, Problem("text_signs", "statement", 1500)),
        (Kind.ANSWER, {"answer": ""}, Problem("text_missing", "answer")),
        (Kind.ANSWER, {"answer": "woord " * 76}, Problem("text_words", "answer", LONGEST_ANSWER)),
        (Kind.BACKGROUND, {"background": ["Fries"]}, Problem("choice_unknown", "background")),
        (Kind.OFFICES, {"office": ["king"]}, Problem("choice_unknown", "office")),
        (Kind.CONFLICTS, {}, Problem("choice_missing", "staff")),
        (Kind.CONFLICTS, {"staff": "no"}, Problem("choice_missing", "committee")),
        (
            Kind.CONFLICTS,
            {"staff": "no", "committee": "no", "interests": "w " * 76},
            Problem("text_words", "interests", LONGEST_ANSWER),
        ),
        (Kind.CONSENT, {}, Problem("consent_missing", "consent")),
    ],
)
def test_what_cannot_stand_is_told_at_its_field(
    kind: Kind, given: Mapping[str, object], problem: Problem
) -> None:
    assert send(kind, given, about=LISTENS) == problem


@pytest.mark.parametrize(
    ("kind", "given", "after"),
    [
        (Kind.NAME, {"name": " Anna  Appel"}, {"name": "Anna Appel"}),
        (Kind.STATEMENT, {"statement": "Ik\r\nluister. "}, {"statement": "Ik\nluister."}),
        (Kind.ANSWER, {"answer": "Ja."}, {"answers": {"c1": "Ja."}}),
        (Kind.BACKGROUND, {"background": ["Turks"]}, {"backgrounds": frozenset({"Turks"})}),
        (Kind.BACKGROUND, {}, {"backgrounds": frozenset()}),
        (Kind.OFFICES, {"office": ["chair"]}, {"stands_for": frozenset({BOARD, CHAIR})}),
        (Kind.OFFICES, {}, {"stands_for": frozenset({BOARD})}),
        (
            Kind.CONFLICTS,
            {"staff": "yes", "committee": "no", "interests": "Mijn zus."},
            {"staff": True, "committee": False, "conflicts": "Mijn zus."},
        ),
        (Kind.CONSENT, {"consent": "y"}, {"consented_at": AT}),
    ],
)
def test_what_was_filled_in_is_kept(
    kind: Kind, given: Mapping[str, object], after: Mapping[str, object]
) -> None:
    assert send(kind, given, about=LISTENS) == replace(EMPTY, **after)  # type: ignore[arg-type]


def test_an_answer_leaves_the_others_alone() -> None:
    changed = send(Kind.ANSWER, {"answer": "Nee."}, FULL, COUNTS)
    assert isinstance(changed, Application)
    assert changed.answers == {"c1": "Ja.", "c2": "Nee."}


def test_whoever_changes_something_has_to_accept_again() -> None:
    accepted = replace(FULL, submitted_at=AT)
    changed = send(Kind.NAME, {"name": "Anna Peer"}, accepted)
    assert isinstance(changed, Application)
    assert changed.standing is Standing.DRAFT


def test_saving_the_same_once_more_changes_nothing() -> None:
    accepted = replace(FULL, submitted_at=AT)
    assert send(Kind.NAME, {"name": "Anna Appel"}, accepted) == accepted
    assert send(Kind.CONSENT, {"consent": "y"}, accepted) == accepted


def test_only_a_change_of_what_is_said_reopens_an_application() -> None:
    accepted = replace(FULL, submitted_at=AT)
    assert reopened(accepted, replace(accepted, conflicts="Mijn zus.")).submitted_at is None
    assert reopened(accepted, accepted) == accepted


def test_the_chair_is_stood_for_only_where_it_can_be() -> None:
    wanted = replace(FULL, stands_for=frozenset({BOARD, CHAIR, EXECUTIVE}))
    assert Asked(Needs(), (EXECUTIVE,)).stands_for(wanted) == {BOARD, EXECUTIVE}
