"""Drafts: what is kept of what somebody fills in, for whom it opens, and when it is erased."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import inspect, select

from consult.actor import Role
from consult.app import create_app
from consult.config import Settings
from consult.db.session import Database
from consult.schema import metadata
from consult.surveys.actions import answering, closing, drafts
from consult.surveys.actions.answering import Entered
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Channel, Consultation, Phase
from consult.surveys.core.taking_part import locker
from consult.surveys.core.taking_part.filling import Draft
from consult.surveys.store import consultations, envelopes
from consult.surveys.store import drafts as store
from consult.surveys.store.drafts import Helped
from consult.surveys.tables import DraftRow, EnvelopeRow, HelpedRow
from tests.consultations import (
    ANSWERS,
    CLOSES,
    NOBODYS_CODE,
    WHILE_OPEN,
    Running,
    keys,
    person,
    running,
)

KEY = b"k" * 32
SLOT = "5" * 64


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return running(session, settings, people=3)


@pytest.fixture
def asked(database: Database, run: Running) -> Consultation:
    with database.read() as session:
        found = consultations.get(session, run.id)
    assert found is not None
    return found


def filled(database: Database, asked: Consultation, draft: Draft, slot: str = SLOT) -> None:
    with database.write() as session:
        drafts.begin(session, WHILE_OPEN, asked, slot, KEY)
        drafts.change(session, WHILE_OPEN, asked, slot, KEY, lambda _: draft)


def bodies(database: Database) -> list[bytes]:
    with database.read() as session:
        return list(session.scalars(select(DraftRow.body)))


@pytest.mark.parametrize(
    ("table", "columns"),
    [
        ("draft", {"slot", "consultation_id", "body"}),
        ("helped", {"slot", "consultation_id", "channel", "entered_by"}),
    ],
)
def test_a_table_of_drafts_has_no_column_beyond_the_list(
    database: Database, table: str, columns: set[str]
) -> None:
    assert {c["name"] for c in inspect(database.engine).get_columns(table)} == columns
    assert metadata().tables[table].dialect_options["sqlite"]["with_rowid"] is False


def test_a_draft_opens_with_its_key_alone(database: Database, asked: Consultation) -> None:
    filled(database, asked, Draft(ANSWERS))
    with database.read() as session:
        held = drafts.read(session, SLOT, KEY)
        assert held is not None
        assert held.answers == ANSWERS
        assert drafts.read(session, SLOT, b"x" * 32) is None
    assert b"Meer bomen" not in b"".join(bodies(database))


def test_nothing_is_begun_after_closing_for_nobody_would_erase_it(
    database: Database, asked: Consultation
) -> None:
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
        assert drafts.begin(session, CLOSES, asked, SLOT, KEY) is None
        assert drafts.begin(session, WHILE_OPEN, asked, SLOT, KEY) is None
    assert bodies(database) == []


def test_all_drafts_of_a_consultation_have_one_length(
    database: Database, asked: Consultation
) -> None:
    longest = {**ANSWERS, "q4": "\U0001f333" * 300}
    full = Draft(longest, quotes=frozenset({"q4"}), seen=frozenset({"q1", "q2", "q3", "q4"}))
    much = Draft(typed={"q1": ("a" * 100_000,)})
    for number, draft in enumerate((Draft(), Draft(ANSWERS), full, much)):
        filled(database, asked, draft, f"{number:064}")
    assert len(bodies(database)) == 4
    assert len({len(body) for body in bodies(database)}) == 1


def test_the_key_of_a_code_needs_the_code_and_the_secret_of_the_installation() -> None:
    key = locker.key_of(b"s" * 32, "c1", "1234567890123456")
    assert key == locker.key_of(b"s" * 32, "c1", "1234567890123456")
    others = {
        locker.key_of(b"t" * 32, "c1", "1234567890123456"),
        locker.key_of(b"s" * 32, "c2", "1234567890123456"),
        locker.key_of(b"s" * 32, "c1", "1234567890123457"),
    }
    assert len(others) == 3
    assert key not in others


def test_no_key_is_derived_for_a_code_that_nobody_has(
    database: Database, settings: Settings, run: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locker.argon2id, "kdf", lambda *_, **__: pytest.fail("derived"))
    app = create_app(settings, database)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with time_machine.travel(WHILE_OPEN, tick=False):
        for code in ("", "123", "1234567890123456", NOBODYS_CODE):
            page = app.test_client().post(f"/meedoen/{run.slug}", data={"code": code})
            assert page.status_code == 200


def test_two_devices_at_once_lose_nothing_of_each_other(
    database: Database, asked: Consultation
) -> None:
    filled(database, asked, Draft())
    given = list(ANSWERS.items()) * 5

    def put(one: tuple[str, object]) -> None:
        question = asked.questions.find(one[0])
        assert question is not None
        with database.write() as session:
            drafts.change(
                session,
                WHILE_OPEN,
                asked,
                SLOT,
                KEY,
                lambda held: held.past(question, one[1]),  # type: ignore[arg-type] # an answer
            )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(put, given))
    with database.read() as session:
        held = drafts.read(session, SLOT, KEY)
    assert held is not None
    assert held.answers == ANSWERS


def test_sending_erases_the_draft_and_only_that(
    database: Database, settings: Settings, run: Running, asked: Consultation
) -> None:
    with database.write() as session:
        entered = answering.enter(
            session, WHILE_OPEN, keys(settings), str(run.codes[0]), "net", [asked]
        )
    assert isinstance(entered, Entered)
    filled(database, asked, Draft(ANSWERS), entered.ticket.slot)
    filled(database, asked, Draft(ANSWERS), SLOT)
    with database.write() as session:
        sent = answering.send(session, WHILE_OPEN, asked, entered.ticket, KEY)
    assert sent is Phase.OPEN
    assert len(bodies(database)) == 1
    with database.write() as session:
        assert answering.send(session, WHILE_OPEN, asked, entered.ticket, KEY) is Phase.OPEN
        assert envelopes.count_envelopes(session, asked.id) == 1
        assert drafts.begin(session, WHILE_OPEN, asked, entered.ticket.slot, KEY) == Draft()


def test_nothing_is_sent_where_nothing_was_filled_in(
    database: Database, asked: Consultation
) -> None:
    ticket = answering.Ticket(None, SLOT)
    with database.write() as session:
        assert answering.send(session, WHILE_OPEN, asked, ticket, KEY) is None
    filled(database, asked, Draft({"q1": "no"}))
    with database.write() as session:
        found = answering.send(session, WHILE_OPEN, asked, ticket, KEY)
        assert found == Problem("answer_missing")
        assert answering.send(session, CLOSES, asked, ticket, KEY) is Phase.CLOSED
        assert envelopes.count_envelopes(session, asked.id) == 0


def test_closing_erases_every_draft(database: Database, asked: Consultation) -> None:
    filled(database, asked, Draft(ANSWERS))
    with database.write() as session:
        helper = person(session, Role.HELPER)
        waits = Helped(Channel.PAPER, helper.account_id)
        store.hand_over(session, SLOT, asked.id, waits)
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
        assert session.scalars(select(DraftRow.slot)).all() == []
        assert session.scalars(select(HelpedRow.slot)).all() == []
        after = CLOSES + timedelta(seconds=1)
        assert drafts.change(session, after, asked, SLOT, KEY, lambda held: held) is None
        early = CLOSES - timedelta(hours=1)
        assert drafts.change(session, early, asked, SLOT, KEY, lambda held: held) is None


def test_a_draft_that_a_changed_secret_made_unreadable_gives_way(
    database: Database, asked: Consultation
) -> None:
    filled(database, asked, Draft(ANSWERS))
    with database.write() as session:
        assert drafts.begin(session, WHILE_OPEN, asked, SLOT, b"n" * 32) == Draft()
        assert drafts.read(session, SLOT, KEY) is None


# At most one set of answers for each person


def at_once(database: Database, asked: Consultation, settings: Settings, code: str) -> set[object]:
    """Fifty devices with one code, each with another answer, send at the same moment."""
    choices = ("yes", "no", "unsure")

    def press(number: int) -> object:
        with database.write() as session:
            entered = answering.enter(session, WHILE_OPEN, keys(settings), code, "net", [asked])
            assert isinstance(entered, Entered)
            drafts.begin(session, WHILE_OPEN, asked, entered.ticket.slot, KEY)
        answers = {"q1": choices[number % 3], "q3": 1 + number % 5}
        with database.write() as session:
            drafts.change(
                session,
                WHILE_OPEN,
                asked,
                entered.ticket.slot,
                KEY,
                lambda _: Draft(answers, seen=frozenset(answers)),
            )
        with database.write() as session:
            return answering.send(session, WHILE_OPEN, asked, entered.ticket, KEY)

    with ThreadPoolExecutor(16) as pool:
        return set(pool.map(press, range(50)))


def test_fifty_different_sheets_at_once_with_one_code_give_one_envelope(
    database: Database, settings: Settings, run: Running, asked: Consultation
) -> None:
    outcomes = at_once(database, asked, settings, str(run.codes[0]))
    assert Phase.OPEN in outcomes
    with database.read() as session:
        assert envelopes.count_envelopes(session, asked.id) == 1
        assert envelopes.count_participants(session, asked.id) == 1
        assert len(session.scalars(select(EnvelopeRow.slot)).all()) == 1


def test_codes_of_two_people_never_share_a_slot(
    database: Database, settings: Settings, run: Running, asked: Consultation
) -> None:
    slots = set()
    for code in run.codes:
        with database.write() as session:
            entered = answering.enter(
                session, WHILE_OPEN, keys(settings), str(code), "net", [asked]
            )
        assert isinstance(entered, Entered)
        slots.add(entered.ticket.slot)
    assert len(slots) == len(run.codes)
