"""Dossiers in the database: begun once, never written past another, and kept for good."""

import pytest

from consult.actor import SYSTEM
from consult.clock import day_of
from consult.config import Settings
from consult.council.actions import dossiers
from consult.council.core.dossier import Said, Step
from consult.council.store import dossiers as store
from consult.db.session import Database
from consult.refusal import Refusal
from consult.surveys.actions import belonging
from consult.surveys.actions import dossiers as own
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.store import consultations
from tests.consultations import AFTER, OPENS, SECRETARY, SUBJECT, drafted, running

SAID = Said(day=day_of(AFTER), texts={"nl": "Gehoord."})


def test_a_dossier_begins_once(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = running(session, settings, people=12)
        asked = consultations.get(session, run.id)
        assert asked is not None
        own.begin(session, SYSTEM, AFTER, asked)
        (entry,) = store.dossier(session, run.id).entries
    assert (entry.step, entry.said.day) == (Step.ASKED, day_of(OPENS))
    assert entry.said.texts == {"nl": "Wij willen weten wat u vindt."}


def test_nobody_writes_past_another(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = running(session, settings, people=12)
        today = day_of(AFTER)
        dossiers.advance(
            session, SECRETARY, AFTER, today, run.id, step=Step.HEARD, said=SAID, seen=1
        )
        other = Said(day=today, texts={"nl": "Iets anders."})
        for seen in (0, 1, 9):
            with pytest.raises(Refusal) as refused:
                dossiers.correct(
                    session, SECRETARY, AFTER, today, run.id, number=2, said=other, seen=seen
                )
            assert refused.value.code == "council.dossier_changed"
        assert len(store.dossier(session, run.id).entries) == 2


def test_what_was_heard_is_noted_once_whatever_is_published_later(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, people=12)
        asked = consultations.get(session, run.id)
        assert asked is not None
        consultations.change(session, run.id, heard=asked.intro)
        heard = consultations.get(session, run.id)
        assert heard is not None
        for _ in range(2):
            own.hear(session, SECRETARY, AFTER, heard)
        steps = [entry.step for entry in store.dossier(session, run.id).entries]
    assert steps == [Step.ASKED, Step.HEARD]


def test_where_an_unknown_consultation_belongs_is_refused(database: Database) -> None:
    with database.write() as session, pytest.raises(Refusal, match=r"surveys\.unknown"):
        belonging.set_subject(session, SECRETARY, AFTER, "nothing", SUBJECT)


def test_a_draft_without_a_subject_has_something_in_its_way(database: Database) -> None:
    with database.write() as session:
        made = drafted(session)
        assert belonging.problem(session, made) is None
        assert belonging.problem(session, "another") == Problem("subject_missing")
