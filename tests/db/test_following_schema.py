"""What the tables of followers and of the outbox may hold, column by column (security T34)."""

import pytest
from sqlalchemy import inspect

from consult.db.session import Database
from consult.schema import metadata

ALLOWED = {
    "follower": {"id", "consultation_id", "body"},
    "mail": {
        "mailing_id",
        "recipient",
        "body",
        "state",
        "tries",
        "due_at",
        "lease",
        "leased_until",
        "reply",
    },
}


@pytest.mark.parametrize("table", ALLOWED)
def test_a_table_of_addresses_has_no_column_beyond_the_list(database: Database, table: str) -> None:
    columns = {column["name"] for column in inspect(database.engine).get_columns(table)}
    assert columns == ALLOWED[table]


@pytest.mark.parametrize("table", ALLOWED)
def test_the_embedded_database_keeps_no_hidden_row_number_of_followers(table: str) -> None:
    assert metadata().tables[table].dialect_options["sqlite"]["with_rowid"] is False


def test_a_follower_shares_only_the_consultation_with_participation_and_answers() -> None:
    tables = metadata().tables
    others = ("participation", "envelope", "answer")
    shared = {c.name for name in others for c in tables[name].columns} & ALLOWED["follower"]
    assert shared == {"id", "consultation_id", "body"}  # each a random or a sealed one of its own
    assert not tables["follower"].foreign_keys
    assert {key.column.table.name for key in tables["mail"].foreign_keys} == {"mailing"}
