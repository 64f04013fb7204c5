"""What the board breaks, or is about to break, what would mend it, and by when."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.council.core.agreement import Agreement, rules_on
from consult.council.core.board import (
    Check,
    Mandate,
    Part,
    Status,
    Verdict,
    ahead,
    changes,
    composition,
)
from consult.council.core.deadlines import HORIZON, due
from consult.council.core.remedies import Option, options


class Standing(StrEnum):
    """How an alarm stands: a rule is broken, will be, or can be kept once a post is filled."""

    BROKEN = "broken"
    COMING = "coming"
    VACANT = "vacant"


@dataclass(frozen=True, slots=True)
class Alarm:
    """A rule that is not kept ``since`` a day, or from that day on.

    ``check``: the rule on that day, or today when it is broken already. ``missing``: how many who
    count are too few, or for the size how many members too many. ``due`` is a default; the house
    rules decide.
    """

    standing: Standing
    check: Check
    since: date
    due: date
    missing: int
    options: tuple[Option, ...]

    def overdue(self, today: date) -> bool:
        """Whether the day by which it should have been mended is over."""
        return today > self.due


def alarms(
    mandates: Sequence[Mandate], agreements: Sequence[Agreement], today: date
) -> tuple[Alarm, ...]:
    """What is not kept today, then what is known to break within a year; each rule once."""
    if not any(one.start <= today for one in agreements):
        return ()
    now = composition(mandates, rules_on(agreements, today), today)
    later = [one for one in ahead(mandates, agreements, today) if one.day <= today + HORIZON]
    found = [_present(mandates, agreements, now, check) for check in _unkept(now)]
    seen = {one.check.rule for one in found}
    for status in later:
        for check in _unkept(status):
            if _is_broken(check) and check.rule not in seen:
                seen.add(check.rule)
                found.append(
                    _alarm(mandates, agreements, status, check, Standing.COMING, status.day)
                )
    return tuple(found)


def unlawful_since(
    mandates: Sequence[Mandate], agreements: Sequence[Agreement], today: date
) -> date | None:
    """The first day of the unlawful days in a row that ``today`` is one of."""
    since = None
    for day in reversed([*_past(mandates, agreements, today)]):
        if composition(mandates, rules_on(agreements, day), day).lawful:
            break
        since = day
    return since


def _is_broken(check: Check) -> bool:
    """A vacant chair is looked after beforehand too: somebody must be a tenant that very day."""
    return check.verdict is Verdict.BROKEN or check.part is Part.CHAIR


def _unkept(status: Status) -> list[Check]:
    """The rules that are not kept; of an empty board its size says everything."""
    checks = [one for one in status.checks if one.verdict is not Verdict.KEPT]
    return checks if status.size else [one for one in checks if one.of is None]


def _past(
    mandates: Sequence[Mandate], agreements: Sequence[Agreement], today: date
) -> Iterator[date]:
    """The days up to ``today`` on which something changed, ``today`` itself last."""
    seated = min((one.start for one in mandates), default=today)
    first = max(seated, min(one.start for one in agreements))
    yield from (day for day in changes(mandates, agreements) if first <= day < today)
    yield today


def _present(
    mandates: Sequence[Mandate], agreements: Sequence[Agreement], now: Status, check: Check
) -> Alarm:
    since = now.day
    for day in reversed([*_past(mandates, agreements, now.day)]):
        status = composition(mandates, rules_on(agreements, day), day)
        then = next((one for one in status.checks if one.rule == check.rule), None)
        if then is None or then.verdict is not check.verdict:
            break
        since = day
    standing = Standing.VACANT if check.verdict is Verdict.OPEN else Standing.BROKEN
    return _alarm(mandates, agreements, now, check, standing, since)


def _alarm(
    mandates: Sequence[Mandate],
    agreements: Sequence[Agreement],
    status: Status,
    check: Check,
    standing: Standing,
    since: date,
) -> Alarm:
    rules = rules_on(agreements, status.day)
    return Alarm(
        standing,
        check,
        since,
        due(check.part, since),
        max(check.least - check.have, check.have - check.most, 0),
        tuple(options(mandates, rules, status, check)),
    )
