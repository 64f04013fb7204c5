"""An edition of a report on an activity: what some readers may see of it."""

import hashlib
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from consult.reports.actions.activities import Activity, Kind
from consult.reports.core.edition import Readers, Report, TooFew

if TYPE_CHECKING:
    from consult.reports.core.hidden.hiding import Hiding

_KEPT: Final = 24
_hidden: "OrderedDict[bytes, Mapping[Readers, Hiding]]" = OrderedDict()
_made: OrderedDict[bytes, Report | TooFew] = OrderedDict()
"""The latest of both, by what they were computed from: what hides takes seconds, most of it the
audit. Counts are frozen at closing, so both are found once; they stay in this process."""
_Kept = TypeVar("_Kept")


@dataclass(frozen=True, slots=True)
class Edition:
    """What ``readers`` may see of an activity."""

    activity: Activity
    readers: Readers
    report: Report | TooFew


def edition(activity: Activity, readers: Readers) -> Edition:
    """The edition of an activity that was loaded for the same readers."""
    known = _digest(readers, activity.kind, activity.chain, _told(activity), activity.results)
    return Edition(activity, readers, _kept(_made, known, lambda: _make(activity, readers)))


def _make(activity: Activity, readers: Readers) -> Report | TooFew:
    from consult.reports.core import making  # noqa: PLC0415 - pandas costs a second
    from consult.reports.core.hidden import hiding  # noqa: PLC0415 - pandas costs a second

    chain = activity.chain
    if activity.kind is Kind.BOARD:
        return making.seated(chain, readers)
    known = _digest(chain.cells, sorted(chain.margins.items()), _told(activity))
    hidden = _kept(_hidden, known, lambda: hiding.hide(chain, activity.told))
    return making.edition(chain, readers, hidden, activity.results)


def _kept(known: "OrderedDict[bytes, _Kept]", name: bytes, make: Callable[[], _Kept]) -> _Kept:
    found = known.get(name)
    if found is None:
        found = known[name] = make()
        while len(known) > _KEPT:  # another thread may have been here as well
            known.pop(next(iter(known)), None)
    return found


def _told(activity: Activity) -> list[tuple[str, list[str]]]:
    return sorted((by, sorted(groups)) for by, groups in activity.told.items())


def _digest(*on: object) -> bytes:
    """All that something depends on. It never leaves the process: small counts are in it."""
    return hashlib.sha256(repr(on).encode()).digest()
