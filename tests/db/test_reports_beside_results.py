"""The report beside results by group: no difference of the two is a small group."""

from dataclasses import replace

import pytest
from sqlalchemy import update

from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal
from consult.register.tables import CustomerRow
from consult.reports.actions.consulted import consultation_made
from consult.reports.actions.editions import edition
from consult.reports.core.chain import Dimension
from consult.reports.core.edition import Readers, Report
from consult.surveys.actions import opening, publishing
from consult.surveys.core.consultation import Stratum
from consult.surveys.store import consultations
from tests.consultations import (
    PLAN,
    PREPARED,
    REGISTRAR,
    SECRETARY,
    TODAY,
    Running,
    agreed,
    answer,
    estate,
    opened,
    server_keys,
    taken_apart,
    with_key,
)

BY_AGE = replace(PLAN, strata=(Stratum.AGE,), groups=(Stratum.AGE,), expected_response=50)
BORN = {2000: (60, 30), 1980: (120, 60), 1955: (60, 30), 1945: (20, 7)}
"""Year of birth: how many are on the roll, and how many of them take part."""


@pytest.fixture
def closed(database: Database, settings: Settings) -> Running:
    """Seven people of 75 and older took part, thirty of 65 to 74; answers are told of 65+."""
    with database.write() as session:
        estate(session, sum(people for people, _ in BORN.values()))
        first = 0
        for year, (people, _) in BORN.items():
            these = CustomerRow.number.between(f"K{first:05}", f"K{first + people - 1:05}")
            session.execute(update(CustomerRow).where(these).values(birth_year=year))
            first += people
        made, file = with_key(session, BY_AGE)
        opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
        key = settings.key("register.codes")
        codes = list(opening.issue_codes(session, REGISTRAR, PREPARED, key, made))
        found = consultations.get(session, made)
        assert found is not None
        told = tuple(code for _, code in codes)
        run = Running(made, found.slug, file, told, server_keys(settings))
        bands = ("18-34", "35-49", "65-74", "75+")
        left = dict(zip(bands, (took_part for _, took_part in BORN.values()), strict=True))
        for entry, code in codes:
            if left[entry.age_band]:
                left[entry.age_band] -= 1
                answer(session, settings, run, code)
        taken_apart(session, run)
        agreed(session, run)
    return run


def test_a_report_tells_by_the_groups_of_the_results(database: Database, closed: Running) -> None:
    keys = closed.server
    with database.write() as session:
        with pytest.raises(Refusal, match=r"surveys\.sealed"):
            consultation_made(session, keys.marks, keys.answers, closed.id, Readers.OUTSIDE)
        opened(session, closed)
        results = publishing.public_results(session, keys.answers, closed.id)
        found = consultation_made(session, keys.marks, keys.answers, closed.id, Readers.OUTSIDE)
    made = edition(found, Readers.OUTSIDE).report
    assert isinstance(made, Report)
    by_age = next(table for table in made.tables if table.dimension is Dimension.AGE_BAND)
    told = {row.group.label: row.group.participants for row in by_age.rows}
    assert told == results.groups["age"] == {"18-34": 30, "35-64": 60, "65+": 37}
    assert by_age.hidden == ()
    places = next(table for table in made.tables if table.dimension is Dimension.NEIGHBOURHOOD)
    assert {row.group.label for row in places.rows} == {"Noord", "Zuid"}
