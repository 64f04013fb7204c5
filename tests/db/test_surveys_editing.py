"""What changing the questions of a draft refuses."""

import pytest

from consult.db.session import Database
from consult.refusal import Refusal
from consult.surveys.actions import editing
from tests.consultations import PREPARED, SECRETARY, drafted


def test_a_section_with_questions_is_not_taken_out(database: Database) -> None:
    with database.write() as session:
        made = drafted(session)
        with pytest.raises(Refusal, match=r"surveys\.section_full"):
            editing.drop_section(session, SECRETARY, PREPARED, made, "s1")


def test_a_version_that_is_not_there_is_not_put_back(database: Database) -> None:
    with database.write() as session:
        made = drafted(session)
        with pytest.raises(Refusal, match=r"surveys\.version_unknown"):
            editing.restore(session, SECRETARY, PREPARED, made, 99)
