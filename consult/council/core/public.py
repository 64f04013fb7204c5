"""What everybody may know of the board: nothing of one person but name, offices and term.

Not who is a tenant, not why or when somebody leaves before the time, not what is only possible.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from consult.council.core.alarm import Alarm, Standing
from consult.council.core.board import Check, Mandate, Status

SCHEMA = "consult-board/1"


@dataclass(frozen=True, slots=True)
class Coming:
    """What is known of the time ahead, without names.

    ``breaks``: from which day on which rule is broken. ``ends``: how many terms end on a day.
    """

    breaks: tuple[tuple[date, Check], ...]
    ends: tuple[tuple[date, int], ...]


def coming(status: Status, alarms: Iterable[Alarm]) -> Coming:
    """What of the time ahead is decided and not private."""
    breaks = (
        (one.since, one.check)
        for one in alarms
        if one.standing is Standing.COMING and one.check.size
    )
    ends = Counter(one.term_end for one in status.members)
    return Coming(tuple(breaks), tuple(sorted(ends.items())))


def as_json(
    status: Status, largest: int, since: date | None, ahead: Coming, said: str
) -> dict[str, object]:
    """The public page for machines. Days are ISO 8601; ``until`` is the first day without."""
    day = status.day
    return {
        "schema": SCHEMA,
        "day": day.isoformat(),
        "lawful": status.lawful,
        "unlawful_since": since and since.isoformat(),
        "size": status.size,
        "tenants": status.tenants,
        "free_seats": max(0, largest - status.size),
        "members": [_member(one, day) for one in status.members],
        "checks": [_check(one) for one in status.checks],
        "spare": {"may_change": status.may_change, "may_leave": status.may_leave},
        "breaks_ahead": [
            {"day": when.isoformat(), "rule": check.rule, "article": check.article}
            for when, check in ahead.breaks
        ],
        "terms_end": [
            {"day": when.isoformat(), "members": members} for when, members in ahead.ends
        ],
        "council_says": said,
    }


def _member(member: Mandate, day: date) -> dict[str, object]:
    acting: Sequence[str] = member.acting(day)
    return {
        "name": member.name,
        "offices": [
            {"office": str(office), "acting": office in acting} for office in member.offices(day)
        ],
        "since": member.start.isoformat(),
        "until": member.term_end.isoformat(),
    }


def _check(check: Check) -> dict[str, object]:
    return {
        "rule": check.rule,
        "article": check.article,
        "verdict": str(check.verdict),
        "size": check.size,
        "have": check.have,
        "least": check.least,
        "most": check.most,
    }
