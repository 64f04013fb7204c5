"""What of a person goes along with her answers, and what of that stays.

Attributes go into the envelope as coarse values and are shown to her before she sends. They serve
to weigh the answers. After that at most two of them stay as groups, with small bins merged so that
every crossed cell holds ten respondents (security T33, finding 7).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consult.register.core.base import AgeBand, Kind
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import MOST_GROUPS, Stratum

LEAST: Final = 10
"""The fewest people in a cell."""
LONGEST_VALUE: Final = 60
"""Signs; so many of a long name go along, so that all envelopes have one length."""
MOST_SMALL: Final = 0.01
"""The largest share of expected respondents that a plan may leave in cells under ten."""
OTHER: Final = "other"

Cell = tuple[str, ...]
"""One value for each of some attributes, in their order."""


_AGES: Final[Mapping[AgeBand, str]] = {
    AgeBand.YOUNG: "18-34",
    AgeBand.EARLY_MIDDLE: "35-64",
    AgeBand.LATE_MIDDLE: "35-64",
    AgeBand.OLDER: "65+",
    AgeBand.OLDEST: "65+",
}
AGES: Final = tuple(dict.fromkeys(_AGES.values()))
"""The known values of an age, from young to old."""
UNKNOWN: Final = "unknown"


def coarse_age(band: AgeBand) -> str:
    """``18-34``, ``35-64``, ``65+`` or ``unknown``."""
    return _AGES.get(band, UNKNOWN)


def going_along(
    attributes: Iterable[Stratum], kind: Kind, band: AgeBand, neighbourhood: str
) -> dict[str, str]:
    """The values of one person that go into her envelope."""
    every = {
        Stratum.KIND: str(kind),
        Stratum.AGE: coarse_age(band),
        Stratum.NEIGHBOURHOOD: neighbourhood[:LONGEST_VALUE] or UNKNOWN,
    }
    return {str(one): every[one] for one in attributes}


def told_as(value: str, groups: Collection[str]) -> str:
    """The group in which results tell of somebody with this value, if these are all groups."""
    return value if value in groups else OTHER


def cell_of(values: Mapping[str, str], attributes: Iterable[Stratum]) -> Cell:
    """The cell of these values; what is not there is unknown."""
    return tuple(values.get(one, UNKNOWN) for one in attributes)


def counted(
    counts: Mapping[tuple[Kind, AgeBand, str], int], attributes: Sequence[Stratum]
) -> dict[Cell, int]:
    """Counts by kind, age band and neighbourhood, as counts by the cells of these attributes."""
    found: Counter[Cell] = Counter()
    for stratum, people in counts.items():
        found[cell_of(going_along(attributes, *stratum), attributes)] += people
    return dict(found)


def spread(invited: Mapping[Cell, int], response: float) -> float:
    """The share of expected respondents that would be in a cell of fewer than ten.

    ``response`` is the share of the invited that is expected to take part.
    """
    expected = [people * response for people in invited.values()]
    small = sum(people for people in expected if people < LEAST)
    return small / sum(expected) if sum(expected) else 0.0


def plan_problem(
    invited: Mapping[tuple[Kind, AgeBand, str], int], kept: Sequence[Stratum], response: float
) -> Problem | None:
    """Why these attributes cannot stay as groups with so many invited, or ``None``.

    The code names the remedy: the attribute to leave out (``strata_without_…``), or to leave out
    all of them (``strata_without_any``); its limit is the share that is too small, in hundredths,
    rounded up.
    """
    if len(kept) > MOST_GROUPS:
        return Problem("strata_many", MOST_GROUPS)
    share = spread(counted(invited, kept), response)
    if not kept or share <= MOST_SMALL:
        return None
    hundredths = -int(-share * 100 // 1)
    fewer = {
        one: spread(counted(invited, [other for other in kept if other is not one]), response)
        for one in kept
        if len(kept) > 1
    }
    remedy = min(fewer, key=lambda one: (fewer[one], one), default=None)
    helps = remedy is not None and fewer[remedy] <= MOST_SMALL
    return _without(remedy if helps else None, hundredths)


def _without(remedy: Stratum | None, hundredths: int) -> Problem:
    match remedy:
        case Stratum.KIND:
            return Problem("strata_without_kind", hundredths)
        case Stratum.AGE:
            return Problem("strata_without_age", hundredths)
        case Stratum.NEIGHBOURHOOD:
            return Problem("strata_without_neighbourhood", hundredths)
    return Problem("strata_without_any", hundredths)


@dataclass(frozen=True, slots=True)
class Grouping:
    """Which attributes stay as groups, and which group each of their values belongs to."""

    bins: Mapping[Stratum, Mapping[str, str]]

    def groups(self, values: Mapping[str, str]) -> dict[str, str]:
        """The groups of somebody with these values: what stays with her answers."""
        return {
            str(attribute): bins.get(values.get(attribute, UNKNOWN), OTHER)
            for attribute, bins in self.bins.items()
        }


def grouping(respondents: Mapping[Cell, int], attributes: Sequence[Stratum]) -> Grouping:
    """Groups of which every crossed cell that has anybody holds ten respondents or more.

    ``respondents`` are counted by cells of ``attributes``. The smallest bin among those of a cell
    that is too small goes into ``other``, again and again; an attribute of which one bin is left
    says nothing and is dropped.
    """
    bins = {
        attribute: {cell[place]: cell[place] for cell in sorted(respondents)}
        for place, attribute in enumerate(attributes)
    }
    while True:
        held = tuple(bins)
        crossed = _crossed(respondents, attributes, bins)
        bins = {one: of for one, of in bins.items() if len(set(of.values())) > 1}
        if tuple(bins) != held:
            continue
        small = [cell for cell, people in crossed.items() if people < LEAST]
        if not small or not bins:
            return Grouping(bins)
        attribute, name = _smallest(crossed, small, held)
        bins[attribute] = {
            value: OTHER if group == name else group for value, group in bins[attribute].items()
        }


def _crossed(
    respondents: Mapping[Cell, int],
    attributes: Sequence[Stratum],
    bins: Mapping[Stratum, Mapping[str, str]],
) -> Counter[Cell]:
    crossed: Counter[Cell] = Counter()
    for cell, people in respondents.items():
        values = dict(zip(attributes, cell, strict=True))
        crossed[tuple(of[values[one]] for one, of in bins.items())] += people
    return crossed


def _smallest(
    crossed: Mapping[Cell, int], small: Collection[Cell], held: Sequence[Stratum]
) -> tuple[Stratum, str]:
    """The bin to put with the others: the smallest that a small cell has; and when those are the
    others themselves, the smallest besides them of that attribute."""
    sizes: Counter[tuple[Stratum, str]] = Counter()
    for cell, people in crossed.items():
        for named in zip(held, cell, strict=True):
            sizes[named] += people
    touched = {named for cell in small for named in zip(held, cell, strict=True)}
    attribute, name = min(touched, key=lambda named: (sizes[named], named))
    if name != OTHER:
        return attribute, name
    beside = [named for named in sizes if named[0] is attribute and named[1] != OTHER]
    return min(beside, key=lambda named: (sizes[named], named))
