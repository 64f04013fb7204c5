"""All consultations of a year, and which are open at once."""

from datetime import datetime

from flask import Blueprint, render_template

from consult.clock import AMSTERDAM, day_of, now
from consult.surveys.actions.calendar import periods
from consult.surveys.core.calendar import overlapping, year_of_bars
from consult.surveys.store import consultations
from consult.web.asked import asked_number
from consult.web.unit import reading, settings

blueprint = Blueprint("calendar", __name__)
FIRST_YEAR, LAST_YEAR = 2016, 2100


@blueprint.get("/raad/kalender")
def calendar() -> str:
    """A year as bars and as a table; drafts count as plans."""
    this = day_of(now()).year
    year = min(max(asked_number("jaar") or this, FIRST_YEAR), LAST_YEAR)
    with reading() as session:
        every = consultations.every(session)
    known = periods(every)
    begin, end = (datetime(one, 1, 1, tzinfo=AMSTERDAM) for one in (year, year + 1))
    bars = year_of_bars(known, begin, end)
    return render_template(
        "surveys/calendar/calendar.html",
        year=year,
        bars=[(bar, overlapping(bar.period, known)) for bar in bars],
        phases={one.id: one.phase(now()) for one in every},
        most=settings().most_open,
        before=year - 1 if year > FIRST_YEAR else None,
        after=year + 1 if year < LAST_YEAR else None,
    )
