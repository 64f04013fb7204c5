"""An edition of a report on an activity: what some readers may see of it."""

import hashlib
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from consult.reports.actions.activities import Activity, Kind
from consult.reports.core.edition import Readers, Report, TooFew

_KEPT: Final = 24
_made: OrderedDict[tuple[bytes, Readers], Report | TooFew] = OrderedDict()
"""The latest editions, by what they were computed from: that takes seconds, most of it the audit.
Counts are frozen at closing, so an edition is made once; it is kept in this process alone."""


@dataclass(frozen=True, slots=True)
class Edition:
    """What ``readers`` may see of an activity."""

    activity: Activity
    readers: Readers
    report: Report | TooFew


def edition(activity: Activity, readers: Readers) -> Edition:
    """The edition of an activity that was loaded for the same readers."""
    known = (_digest(activity), readers)
    if known in _made:
        _made.move_to_end(known)
    else:
        _made[known] = _make(activity, readers)
        if len(_made) > _KEPT:
            _made.popitem(last=False)
    return Edition(activity, readers, _made[known])


def _make(activity: Activity, readers: Readers) -> Report | TooFew:
    from consult.reports.core.making import (  # noqa: PLC0415 - pandas costs a second at start
        make,
        seated,
    )

    if activity.kind is Kind.BOARD:
        return seated(activity.chain, readers)
    return make(activity.chain, readers, told=activity.told, results=activity.results)


def _digest(activity: Activity) -> bytes:
    """All that an edition depends on. It never leaves the process: small counts are in it."""
    told = sorted((by, sorted(groups)) for by, groups in activity.told.items())
    said = repr((activity.chain, told, activity.results))
    return hashlib.sha256(said.encode()).digest()
