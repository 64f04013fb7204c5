"""Where dwelling, tenancy and household are kept, and in which shapes counts of them are."""

import json

import pytest
from sqlalchemy import select

from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import closing as ending
from consult.elections.store import voters
from consult.elections.tables.voters import SealedTurnout
from consult.register.core.base import Dwelling, Household, Tenancy
from consult.register.core.roll import Trait
from consult.schema import metadata
from consult.surveys.actions import participation
from consult.surveys.core.sealed.sealing import take_out
from consult.surveys.tables import TallyRow
from tests import consultations as asking
from tests import elections as voting
from tests.consultations import taken_apart

WORDS = ("dwelling", "tenancy", "household")
KNOWN = {
    "customer": {"household_size"},
    "contract": {"dwelling_type"},
    "roll_entry": {"dwelling", "tenancy", "household"},
}
COUNTS = {
    "turnout": {
        "election_id",
        "kind",
        "age_band",
        "neighbourhood",
        "invited",
        "participants",
    },
    "sealed_turnout": {"election_id", "participants", "body"},
    "tally": {"consultation_id", "name", "body"},
}


def test_no_other_table_has_a_column_for_any_of_them() -> None:
    found = {
        table.name: {one.name for one in table.columns if any(word in one.name for word in WORDS)}
        for table in metadata().sorted_tables
    }
    mine = {name: columns for name, columns in found.items() if columns}
    assert mine == KNOWN


@pytest.mark.parametrize("table", COUNTS)
def test_a_table_of_counts_has_no_column_beyond_the_list(table: str) -> None:
    assert {column.name for column in metadata().tables[table].columns} == COUNTS[table]


def test_nothing_refers_to_an_entry_but_its_code_and_the_mark_of_a_voter() -> None:
    named = {
        table.name
        for table in metadata().sorted_tables
        if "entry_id" in table.columns
        or any(key.column.table.name == "roll_entry" for key in table.foreign_keys)
    }
    assert named == {"roll_code", "voter_mark"}


def one_way(kept: object) -> None:
    """Whether a trait stands alone wherever it stands, and no cell knows one."""
    assert isinstance(kept, dict)
    assert kept.keys() == {"cells", "margins"}
    traits = {*Dwelling, *Tenancy, *Household} - {"unknown"}
    for kind, band, place, invited, came in kept["cells"]:
        assert traits.isdisjoint({kind, band, place})
        assert 0 <= int(came) <= invited
    assert kept["margins"].keys() == {Trait.DWELLING}  # all that this register knows
    for counts in kept["margins"].values():
        for value, pair in counts.items():
            assert value in traits | {"unknown"}
            assert all(str(number).isdigit() for number in pair)
            assert len(pair) == 2


def test_what_a_consultation_keeps_of_who_took_part_crosses_none_of_them(
    database: Database, settings: Settings
) -> None:
    with database.write() as session:
        run = asking.running(session, settings)
        for code in run.codes[:12]:
            asking.answer(session, settings, run, code)
        taken_apart(session, run)
        [kept] = session.scalars(select(TallyRow.body)).all()
    one_way(take_out(participation._tally_key(run.server.marks), kept))
    for clear in (b"flat", b"dwelling", b"tenant"):
        assert clear not in kept


def test_what_an_election_keeps_of_who_took_part_crosses_none_of_them(
    database: Database, settings: Settings
) -> None:
    key = settings.key("elections.marks")
    with database.write() as session:
        run = voting.tied(session, settings)
        assert session.scalars(select(SealedTurnout.election_id)).all() == [run.id]
        kept = voters.turnout(session, run.id)
    assert kept is not None
    one_way(json.loads(ending._seal(key).open(kept)))
