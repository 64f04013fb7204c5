"""What the tables of answers may hold, column by column (security T34)."""

import pytest
from sqlalchemy import inspect

from consult.db.session import Database
from consult.schema import metadata

ALLOWED = {
    "participation": {"consultation_id", "mark"},
    "envelope": {"slot", "consultation_id", "body"},
    "shuffled_envelope": {"id", "consultation_id", "body"},
    "opened_part": {"id", "body"},
    "answer": {"id", "consultation_id", "body"},
    "apart_answer": {"id", "consultation_id", "question_id", "body"},
    "reading_text": {"id", "consultation_id", "question_id", "state", "reason"},
    "reading_mark": {"text_id", "coder", "consultation_id", "question_id", "body"},
    "reading_quote": {"text_id", "consultation_id", "question_id", "body"},
}


@pytest.mark.parametrize("table", ALLOWED)
def test_a_table_of_answers_has_no_column_beyond_the_list(database: Database, table: str) -> None:
    columns = {column["name"] for column in inspect(database.engine).get_columns(table)}
    assert columns == ALLOWED[table]


def test_participation_and_answers_share_nothing_but_the_consultation() -> None:
    shared = ALLOWED["participation"] & (ALLOWED["envelope"] | ALLOWED["answer"])
    assert shared == {"consultation_id"}
    for table in ("envelope", "shuffled_envelope", "answer", "apart_answer"):
        keys = metadata().tables[table].foreign_keys
        assert {key.column.table.name for key in keys} == {"consultation"}


@pytest.mark.parametrize("table", ALLOWED)
def test_the_embedded_database_keeps_no_hidden_row_number(table: str) -> None:
    assert metadata().tables[table].dialect_options["sqlite"]["with_rowid"] is False
