"""Building the demo: a made-up landlord, its council, and what happened there until today."""

import os
import secrets
import shutil
from datetime import datetime
from pathlib import Path

from consult.clock import day_of
from consult.db import migrate
from consult.db.session import Database
from consult.demo import boardroom, consultations, elections, landlord, reporting, standing
from consult.demo.calendar import Calendar
from consult.demo.chance import SEED, Chance
from consult.demo.files import BUILDING, COMPLETE, SECRET, keep
from consult.demo.office import Office, Size, Step
from consult.demo.state import Open, State, save, settings


def build(directory: Path, now: datetime, step: Step, size: Size | None = None) -> State:
    """Build a whole demo in ``directory``; what it remembers.

    It is made in a folder of its own and moved at the end, the state last: a demo that was
    stopped halfway leaves nothing that a next start could take for a whole one.
    """
    folder = directory / BUILDING
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    try:
        made = _build(folder, now, step, size or Size())
        save(folder, made)
        for path in sorted(folder.iterdir(), key=lambda one: one.name == COMPLETE):
            path.replace(directory / path.name)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return made


def _build(folder: Path, now: datetime, step: Step, size: Size) -> State:
    keep(folder / SECRET, secrets.token_urlsafe(48).encode())
    used = settings(folder, port=0)
    calendar = Calendar(day_of(now))
    with step("Database"):
        migrate.upgrade(used.database_url)
    database = Database(used.database_url)
    password = landlord.new_password()
    try:
        with step("Medewerkers"):
            hired = landlord.hire(database, used, calendar, password)
            committee = landlord.hire_committee(database, used, calendar, password)
        staff = {role: who for role, (who, _) in hired.items()}
        jobs = os.cpu_count() or 1
        office = Office(database, used, folder, staff, calendar, Chance(SEED), size, jobs, step)
        with step("Een jaar van het bestuur, en het klantenbestand"):
            boardroom.begin(office)
            landlord.import_register(office)
            landlord.draw_map(office)
        with step("Raadpleging met uitslag"):
            published = consultations.published(office)
        finished = elections.finished(office)
        with step("Een plaats opnieuw gevuld"):
            boardroom.refilled(office, finished.id)
        with step("Kandidaten die zich melden, en een commissie die kiest"):
            standing.assessed(office, [who for who, _ in committee])
            called, to_stand = standing.called(office)
        with step("Raadpleging die open is"):
            asked, to_answer = consultations.running(office)
        contest, to_vote = elections.running(office)
        with step("Rapporten: namens wie spreekt de raad"):
            reports = reporting.published(office)
    finally:
        database.dispose()
    return State(
        password=password,
        staff=tuple(told for _, told in (*hired.values(), *committee)),
        published=published,
        finished=finished.uuid,
        reports=reports,
        consultation=Open(
            asked.path, str(asked.title), asked.closes_at.isoformat(), tuple(to_answer)
        ),
        election=Open(
            f"/stemmen/{contest.uuid}/",
            contest.plan.title,
            contest.plan.closes_at.isoformat(),
            tuple(to_vote),
        ),
        call=Open(
            f"/kandidaat/{called.uuid}",
            called.plan.title,
            str(called.plan.nominate_until),
            to_stand,
        ),
        rooms={one.name: f"/sleutelhouder/{one.id}#token={one.token}" for one in contest.holders},
    )
