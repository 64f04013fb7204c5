"""Who has the whole database after opening cannot tell whose answers are whose (security T7)."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any, Final

import pytest
from sqlalchemy import event, text

from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import closing
from consult.surveys.core.asking.questionnaire import Answers
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.sealed.sealing import mark, slot, take_out, unseal
from consult.surveys.jobs import proceed
from consult.surveys.store import consultations
from tests.consultations import (
    CLOSES,
    Running,
    agreed,
    answer,
    keys,
    opened,
    running,
    taken_apart,
    unsealed,
)
from tests.linkage import Order, Snapshot, best, orders, snapshot

PEOPLE: Final = 100
CHANCE: Final = 1
"""A random order joins one person rightly on average, of however many; with deviation 1."""
WANTED: Final = CHANCE + 3


@dataclass
class Story:
    """A consultation that everybody answered, each in a way of her own; and what an attacker has.

    ``told``: the label of each person by the code of the letter she has.
    """

    run: Running
    told: dict[str, str]
    people: dict[str, Order]
    answers: dict[str, Order]
    apart: dict[str, Order]


def given(number: int) -> Answers:
    """Answers that only this person gives, among a hundred."""
    several = ((), ("trees",), ("beds",), ("water",), ("trees", "beds"), ("beds", "water"))
    extra = (*several, ("trees", "water"))[number // 15 % 7]
    answers: Answers = {"q1": ("yes", "no", "unsure")[number % 3], "q3": 1 + number // 3 % 5}
    return {**answers, **({"q2": extra} if extra else {}), "q4": f"Tekst {number:03}"}


@pytest.fixture
def everything_logged(database: Database) -> Database:
    """The log of the embedded database keeps all that was written, as for who copies it all the
    time."""
    if database.engine.dialect.name == "sqlite":
        event.listen(
            database.engine,
            "connect",
            lambda connection, _: connection.execute("PRAGMA wal_autocheckpoint=0"),
        )
        database.engine.dispose()
    return database


def answered(database: Database, settings: Settings, people: int) -> Running:
    """Everybody answers, in an order of their own; the text says who it was."""
    with database.write() as session:
        run = running(session, settings, people=people)
    order = list(enumerate(run.codes))
    Random(people).shuffle(order)
    for number, code in order:
        with database.write() as session:
            answer(session, settings, run, code, given(number))
    return run


def told_story(database: Database, settings: Settings, people: int) -> Story:
    """All of it, with what was copied while it was open, after cutting, and after opening."""
    run = answered(database, settings, people)
    whose = _whose(database, settings, run)
    marks, slots = ({one[place]: who for who, one in whose.items()} for place in (0, 1))
    while_open = snapshot(database, "while open")
    known = orders(database, "participation", lambda row: marks.get(row["mark"]), [while_open])
    known |= orders(database, "envelope", lambda row: slots.get(row["slot"]), [while_open])
    bodies = _bodies(database, slots)
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    proceed(database, run.server.marks, run.id)
    after_cut = snapshot(database, "after cutting")
    seen = [while_open, after_cut]
    known |= orders(database, "shuffled_envelope", lambda row: bodies.get(bytes(row["body"])), seen)
    with database.write() as session:
        agreed(session, run)
        opened(session, run)
    written = snapshot(database, "after opening")
    proceed(database, run.server.marks, run.id)
    seen = [written, snapshot(database, "at the end")]

    def said(row: Mapping[str, Any]) -> str | None:
        return _said(run, row)

    answers, apart = (orders(database, name, said, seen) for name in ("answer", "apart_answer"))
    return Story(run, {who: who for who in whose}, known, answers, apart)


def _whose(database: Database, settings: Settings, run: Running) -> dict[str, tuple[str, str]]:
    """The mark and the slot of each person, for nothing."""
    from consult.register.actions.rolls import find_entry

    secret = keys(settings)
    found = {}
    with database.read() as session:
        asked = consultations.get(session, run.id)
        assert isinstance(asked, Consultation)
        for number, code in enumerate(run.codes):
            entry = find_entry(session, secret.codes, asked.roll_id or "", code)
            assert entry is not None
            found[_label(given(number))] = (
                mark(secret.marks, run.id, entry.id),
                slot(secret.slot, run.id, code.digits),
            )
    return found


def _bodies(database: Database, slots: Mapping[str, str]) -> dict[bytes, str]:
    with database.engine.connect() as connection:
        rows = connection.execute(text("SELECT slot, body FROM envelope"))
        return {bytes(row.body): slots[row.slot] for row in rows if row.slot in slots}


def _said(run: Running, row: Mapping[str, Any]) -> str | None:
    if row["consultation_id"] != run.id:
        return None
    kept = take_out(run.answers_key, bytes(row["body"]))
    return _label(kept["answers"] if "answers" in kept else {"q4": kept["answer"]})


def _label(answers: Mapping[str, Any]) -> str:
    """Who gave these answers: by the text or by the others."""
    if "q4" in answers and len(answers) == 1:
        return str(answers["q4"])
    rest = {key: answers.get(key) for key in ("q1", "q2", "q3")}
    rest["q2"] = list(rest["q2"] or ())
    return _LABELS[str(rest)]


_LABELS = {
    str(
        {
            "q1": given(number)["q1"],
            "q2": list(given(number).get("q2", ())),  # type: ignore[arg-type]
            "q3": given(number)["q3"],
        }
    ): str(given(number)["q4"])
    for number in range(PEOPLE)
}


def working(people: Mapping[str, Order], answers: Mapping[str, Order]) -> set[tuple[str, str, str]]:
    """The attacks that join more people than chance and three deviations explain."""
    return {how for how, hits in best(people, answers).items() if hits > WANTED}


def test_with_all_files_and_secrets_nobody_is_joined_to_answers_better_than_by_chance(
    everything_logged: Database, settings: Settings
) -> None:
    """An attack that works does so on both of two consultations; chance seldom does."""
    database = everything_logged
    one = told_story(database, settings, PEOPLE)
    tried = best(one.people, {**one.answers, **one.apart})
    assert len(one.people) >= 10
    assert len(tried) >= 200
    found = working(one.people, {**one.answers, **one.apart})
    inside = working(one.answers, one.apart)
    if not found and not inside:
        return
    other = told_story(database, settings, 0)
    assert found & working(other.people, {**other.answers, **other.apart}) == set()
    assert inside & working(other.answers, other.apart) == set()


def test_the_same_attacks_join_everybody_where_rows_are_kept_as_they_come(
    everything_logged: Database,
) -> None:
    """Random ids, two tables, no times: how surveys are usually kept (finding 1, I14)."""
    database = everything_logged
    with database.write() as session:
        session.execute(text("CREATE TABLE naive_person (mark VARCHAR(64) PRIMARY KEY)"))
        session.execute(text("CREATE TABLE naive_answer (id VARCHAR(64) PRIMARY KEY, body TEXT)"))
    for number in range(PEOPLE):
        with database.write() as session:
            for table, columns in (("naive_person", "mark"), ("naive_answer", "id, body")):
                values = {"id": _hashed(table, number), "body": _hashed("body", number)}
                wanted = ":id, :body" if "body" in columns else ":id"
                session.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({wanted})"), values)  # noqa: S608
    copied = [snapshot(database, "copied")]
    people, answers = (
        {_hashed(table, number): str(number) for number in range(PEOPLE)}
        for table in ("naive_person", "naive_answer")
    )
    found = best(
        orders(database, "naive_person", lambda row: people[row["mark"]], copied),
        orders(database, "naive_answer", lambda row: answers[row["id"]], copied),
    )
    whole = {(one, other) for (one, other, way), hits in found.items() if hits == PEOPLE}
    assert ("naive_person as rows lie", "naive_answer as rows lie") in whole
    if database.engine.dialect.name == "postgresql":
        assert ("naive_person by transaction", "naive_answer by transaction") in whole
    by_bytes = {pair for pair in whole if all("in the files" in one for one in pair)}
    logged = "naive_person by mark in the files copied", "naive_answer by id in the files copied"
    assert logged in by_bytes


def _hashed(table: str, number: int) -> str:
    return hashlib.sha256(f"{table}{number}".encode()).hexdigest()


def test_while_sealed_no_file_holds_an_answer_and_no_secret_of_the_server_opens_one(
    everything_logged: Database, settings: Settings
) -> None:
    database, said = everything_logged, "Kanarie 83bd1 in de Bloemhof"
    with database.write() as session:
        run = running(session, settings, people=12)
    for code in run.codes:
        with database.write() as session:
            answer(session, settings, run, code, {**given(1), "q4": said})
    copies = [snapshot(database, "while open")]
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    proceed(database, run.server.marks, run.id)
    copies.append(snapshot(database, "after cutting"))
    assert all(one.place(run.id.encode()) >= (0, 0) for one in copies)
    assert all(one.place(said.encode()) == (-1, -1) for one in copies)
    assert _rows(database, "answer") == _rows(database, "apart_answer") == []
    names = ("register.codes", "surveys.slot", "surveys.marks", "surveys.answers", "session")
    secrets = [settings.key(name) for name in names]
    with database.engine.connect() as connection:
        bodies = list(connection.scalars(text("SELECT body FROM shuffled_envelope")))
    assert len(bodies) == 12
    tries = [(bytes(body), one, place) for body in bodies for one in secrets for place in (0, 1)]
    assert {unseal(one, place, run.id, body) for body, one, place in tries} == {None}


def test_after_cutting_no_mark_slot_or_code_is_left_in_any_file(
    everything_logged: Database, settings: Settings
) -> None:
    database = everything_logged
    if database.engine.dialect.name != "sqlite":
        pytest.skip("its log is the server's to rotate (docs/running.md)")
    run = answered(database, settings, 20)
    whose = _whose(database, settings, run)
    with database.engine.connect() as connection:
        tags = list(connection.scalars(text("SELECT tag FROM roll_code")))
    before = snapshot(database, "while open")
    tokens = [one.encode() for pair in whose.values() for one in pair] + [t.encode() for t in tags]
    assert all(before.place(token) >= (0, 0) for token in tokens)
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    proceed(database, run.server.marks, run.id)
    after = snapshot(database, "after cutting")
    assert [token for token in tokens if after.place(token) >= (0, 0)] == []


def test_at_the_end_no_envelope_is_left_in_any_file(
    everything_logged: Database, settings: Settings
) -> None:
    database = everything_logged
    if database.engine.dialect.name != "sqlite":
        pytest.skip("its log is the server's to rotate (docs/running.md)")
    run = answered(database, settings, 20)
    with database.engine.connect() as connection:
        tokens = [bytes(b)[200:240] for b in connection.scalars(text("SELECT body FROM envelope"))]
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    proceed(database, run.server.marks, run.id)
    sealed = snapshot(database, "sealed")
    assert all(sealed.place(token) >= (0, 0) for token in tokens)
    with database.write() as session:
        agreed(session, run)
        opened(session, run)
    proceed(database, run.server.marks, run.id)
    ended = snapshot(database, "ended")
    assert [token for token in tokens if ended.place(token) >= (0, 0)] == []


def _rows(database: Database, table: str) -> list[list[str]]:
    """All rows of a table in the order in which the database keeps them."""
    with database.engine.connect() as connection:
        return [[str(v) for v in row] for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608 - fixed names


def test_who_has_the_database_reads_no_answer_also_after_opening(
    database: Database, settings: Settings
) -> None:
    run = answered(database, settings, 20)
    with database.write() as session:
        unsealed(session, run)
    with database.engine.connect() as connection:
        for table in ("answer", "apart_answer"):
            kept = list(connection.scalars(text(f"SELECT body FROM {table}")))  # noqa: S608
            assert len(kept) == 20
            assert all(b'"q1"' not in bytes(one) and b"Tekst" not in bytes(one) for one in kept)


def test_who_has_the_database_cannot_tell_who_took_part(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = running(session, settings, people=40)
    for code in run.codes[:20]:
        with database.write() as session:
            answer(session, settings, run, code)
    people = {cell for row in _rows(database, "roll_entry") for cell in row}
    people |= {cell for row in _rows(database, "roll_code") for cell in row}
    marks = {cell for row in _rows(database, "participation") for cell in row} - {run.id}
    assert len(marks) == 20
    assert marks & people == set()
    hashed = {hashlib.sha256(f"{run.id}:{one}".encode()).hexdigest() for one in people}
    hashed |= {hashlib.sha256(one.encode()).hexdigest() for one in people}
    assert marks & hashed == set()


def test_no_value_joins_what_is_kept_of_people_to_answers_or_answers_to_each_other(
    database: Database, settings: Settings
) -> None:
    run = answered(database, settings, 60)
    before = ("participation", "envelope", "roll_code")
    people = {cell for name in before for row in _rows(database, name) for cell in row}
    with database.write() as session:
        taken_apart(session, run)
    people |= {cell for row in _rows(database, "shuffled_envelope") for cell in row}
    with database.write() as session:
        agreed(session, run)
        opened(session, run)
    for name in ("participation", "envelope", "shuffled_envelope", "opened_part", "roll_code"):
        assert _rows(database, name) == []
    answers, apart = (
        {cell for row in _rows(database, name) for cell in row} - {run.id, "q4"}
        for name in ("answer", "apart_answer")
    )
    assert len(people) > 300
    assert people & answers == people & apart == answers & apart == set()


def test_nothing_that_is_logged_names_who_sent(database: Database, settings: Settings) -> None:
    with database.write() as session:
        run = running(session, settings, people=5)
    before = len(_rows(database, "audit_event"))
    for code in run.codes:
        with database.write() as session:
            answer(session, settings, run, code)
    assert len(_rows(database, "audit_event")) == before


def test_the_folder_of_the_database_holds_no_copy_that_was_forgotten(
    database: Database, settings: Settings
) -> None:
    if database.engine.dialect.name != "sqlite":
        pytest.skip("a server keeps its own files")
    run = answered(database, settings, 5)
    with database.write() as session:
        closing.pass_time(session, CLOSES, CLOSES.date())
    proceed(database, run.server.marks, run.id)
    path = Path(str(database.engine.url.database))
    kept = {one.name for one in path.parent.iterdir() if one.name.startswith(path.name)}
    assert kept <= {path.name + ending for ending in ("", "-wal", "-shm", "-writers")}


def test_the_finder_of_bytes_finds_them() -> None:
    one = Snapshot("x", (b"abc", b"abcdeab"))
    assert one.place(b"ab") == (0, 0)
    assert one.place(b"de") == (1, 3)
    assert one.place(b"z") == (-1, -1)
