"""The reports of the demo, on the site: who took part, for whom the board speaks, and the year."""

from consult.actor import Role
from consult.demo.office import Office
from consult.reports.actions.activities import Keys
from consult.reports.actions.listing import listed
from consult.reports.actions.publishing import publish_report
from consult.reports.actions.subjects import made
from consult.reports.core.edition import Readers
from consult.reports.telling.site import data_of, document


def published(office: Office) -> tuple[str, ...]:
    """The chair puts every report that there is on the site; their slugs."""
    key, chair = office.settings.key, office.staff[Role.CHAIR]
    keys = Keys(key("surveys.marks"), key("surveys.answers"), key("elections.marks"))
    at = office.calendar.at(0, 8)
    with office.database.write() as session:
        for one in reversed(listed(session, at)):
            found = made(session, keys, one.subject, one.key, at, Readers.OUTSIDE)
            publish_report(session, chair, at, document(found), data_of(found))
        return tuple(one.slug for one in listed(session, at) if one.published)
