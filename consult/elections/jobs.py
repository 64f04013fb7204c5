"""What happens to elections as time passes: ending the vote, and checking the whole archive."""

import os
from collections.abc import Mapping, Sequence
from typing import Any, Final

from sqlalchemy.orm import Session

from consult.belenios.verify import verify_archive
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import call, closing, public, publication
from consult.web.queue import Handler, Report, enqueue, states_of

VERIFY: Final = "elections.verify"
TRIES: Final = 3


def tick(database: Database, settings: Settings) -> None:
    """End every vote whose hour has come; put opened archives in line for checking; make letters
    due to who is late with an application; seal turnout that stands in clear."""
    with database.read() as session:
        due = closing.due(session, now())
        waiting = [one for one in publication.unchecked(session) if _may_check(session, one)]
        late = call.to_remind(session, now())
        clear = closing.in_clear(session)
    for election_id in due:
        with database.write() as session:
            closing.close(session, now(), settings.key("elections.marks"), election_id)
    for election_id in waiting:
        with database.write() as session:
            enqueue(session, now(), VERIFY, {"election": election_id})
    if late:
        with database.write() as session:
            call.remind(session, now())
    if clear:
        _seal_turnout(database, settings.key("elections.marks"), clear)


def verify(database: Database, settings: Settings, args: Mapping[str, Any], report: Report) -> None:
    """Check an opened archive as strictly as a stranger would; the result may then be published."""
    del settings
    election_id = str(args["election"])
    with database.read() as session:
        raw = b"".join(public.archive_blocks(session, election_id))
    found = verify_archive(raw, jobs=os.cpu_count() or 1, progress=report)
    with database.write() as session:
        head = found.figures.last_event or ""
        codes = [finding.code for finding in found.findings]
        publication.note_verified(session, election_id, head, codes)


def _seal_turnout(database: Database, key: bytes, election_ids: Sequence[str]) -> None:
    """Seal turnout that an earlier version kept in clear, and take it out of the files.

    Whatever breaks off is taken up again by the next run.
    """
    with database.write() as session:
        for election_id in election_ids:
            closing.seal_turnout(session, key, election_id)
    database.rewrite("turnout")
    with database.write() as session:
        for election_id in election_ids:
            closing.forget_in_clear(session, election_id)


def _may_check(session: Session, election_id: str) -> bool:
    """Whether nobody is at it, and it has not broken off too often to try once more."""
    states = states_of(session, VERIFY, {"election": election_id})
    return len(states) < TRIES and set(states) <= {"failed"}


HANDLERS: Final[Mapping[str, Handler]] = {VERIFY: verify}
