"""Keeping themes and working groups, and saying what a consultation belongs to."""

from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.audit.core import Payload
from consult.council.core import subject as subjects
from consult.council.core.powers import by_code
from consult.council.core.subject import Subject
from consult.council.core.themes import Theme, WorkingGroup, check_group, check_theme
from consult.council.store import board, powers
from consult.council.store import themes as store


def keep_theme(session: Session, who: Actor, now: datetime, theme: Theme) -> None:
    """Add a theme, or change the one with its id; closing it is a change.

    Raises:
        Refusal: as :func:`consult.council.core.themes.check_theme`.
    """
    check_theme(theme)
    store.put_theme(session, theme)
    record(session, who, now, "council.theme_kept", {"theme": theme.id, "year": theme.year})


def keep_group(session: Session, who: Actor, now: datetime, group: WorkingGroup) -> None:
    """Add a working group, or change the one with its id; closing it is a change.

    Raises:
        Refusal: as :func:`consult.council.core.themes.check_group`.
    """
    seats = [mandate.id for mandate in board.mandates(session)]
    check_group(group, store.themes(session), seats)
    store.put_group(session, group)
    facts: Payload = {"group": group.id, "members": len(group.members)}
    record(session, who, now, "council.group_kept", facts)


def set_subject(
    session: Session, who: Actor, now: datetime, consultation_id: str, subject: Subject
) -> None:
    """Say what a consultation belongs to, in the place of what was said before.

    Raises:
        Refusal: as :func:`consult.council.core.subject.check`.
    """
    subjects.check(
        subject,
        by_code(powers.matrices()).keys(),
        {theme.id for theme in store.themes(session)},
        {group.id for group in store.groups(session)},
    )
    store.put_subject(session, consultation_id, subject)
    facts: Payload = {"consultation": consultation_id, "topics": list(subject.topics)}
    record(session, who, now, "council.subject_set", facts)
