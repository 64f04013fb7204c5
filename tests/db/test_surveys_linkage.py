"""Who has the whole database after opening cannot tell whose answers are whose (security T7)."""

import hashlib

from sqlalchemy import text

from consult.config import Settings
from consult.db.session import Database
from consult.surveys.core.questionnaire import Answers
from tests.consultations import Running, answer, opened_answers, running, unsealed

PEOPLE = 200


def _answered(database: Database, settings: Settings) -> Running:
    """Everybody answers, in the order of the codes; the text says in which order."""
    with database.write() as session:
        run = running(session, settings, people=PEOPLE)
    for number, code in enumerate(run.codes):
        given: Answers = {"q1": ("yes", "no", "unsure")[number % 3], "q3": 3, "q4": f"{number:03}"}
        with database.write() as session:
            answer(session, settings, run, code, given)
    return run


def _rows(database: Database, table: str) -> list[list[str]]:
    """All rows of a table in the order in which the database keeps them."""
    with database.engine.connect() as connection:
        return [[str(v) for v in row] for row in connection.execute(text(f"SELECT * FROM {table}"))]  # noqa: S608 - fixed names


def test_who_has_the_database_reads_no_answer_also_after_opening(
    database: Database, settings: Settings
) -> None:
    run = _answered(database, settings)
    with database.write() as session:
        unsealed(session, run)
    with database.engine.connect() as connection:
        kept = list(connection.scalars(text("SELECT body FROM answer")))
    assert len(kept) == PEOPLE
    assert all(b"q1" not in bytes(one) for one in kept)


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


def test_while_sealed_no_answer_stands_anywhere(database: Database, settings: Settings) -> None:
    run = _answered(database, settings)
    assert _rows(database, "answer") == []
    assert all('"answers"' not in cell for row in _rows(database, "envelope") for cell in row)
    assert {row[0] for row in _rows(database, "participation")} == {run.id}


def test_after_opening_no_value_joins_participation_to_answers(
    database: Database, settings: Settings
) -> None:
    run = _answered(database, settings)
    with database.write() as session:
        unsealed(session, run)
    assert _rows(database, "envelope") == []
    people = {cell for row in _rows(database, "participation") for cell in row} - {run.id}
    people |= {cell for row in _rows(database, "roll_code") for cell in row}
    answers = {cell for row in _rows(database, "answer") for cell in row} - {run.id}
    assert len(people) >= PEOPLE
    assert people & answers == set()
    assert all(person not in cell for person in people for cell in answers)


def test_after_opening_the_order_of_rows_is_that_of_random_ids(
    database: Database, settings: Settings
) -> None:
    run = _answered(database, settings)
    with database.write() as session:
        unsealed(session, run)
    kept = _rows(database, "answer")
    assert [row[0] for row in kept] == sorted(row[0] for row in kept)
    with database.read() as session:
        order = [int(given["q4"]) for given in opened_answers(session, run)]
    assert sorted(order) == list(range(PEOPLE))
    middle = (PEOPLE - 1) / 2
    spread = sum((n - middle) ** 2 for n in range(PEOPLE))
    together = sum((n - middle) * (was - middle) for n, was in enumerate(order))
    assert abs(together / spread) < 5 / PEOPLE**0.5
