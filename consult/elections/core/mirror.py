"""What a shortlist does to mirroring, and how much of that can be told in public.

The candidates' groups are public anyway: the seal names them beside each candidate. Those of the
applicants are not, for applicants minus candidates are the people who were refused, and they are
few: whoever knows that a neighbour applied in vain would learn her age. So a number of applicants
is told only where the refused fall, by that attribute, into groups of at least ten each.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from consult.elections.core.profile import Attribute, Needs, Reserved
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entitled, Entry

LEAST: Final = 10
"""The smallest group of the base, or of refused people, of which anything is told."""

_TENANTS: Final = Reserved("tenant", Attribute.KIND, (Kind.TENANT,), 0)
Groups = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mirror:
    """A group among customers, applicants and candidates.

    ``base``: its share of the customers, ``None`` where the register does not know or the group is
    too small to show. ``applicants``: ``None`` where the number would expose those refused.
    """

    group: str
    attribute: Attribute
    values: tuple[str, ...]
    base: Fraction | None
    applicants: int | None
    candidates: int


def spoken_of(needs: Needs) -> tuple[Reserved, ...]:
    """The groups that rules speak of: tenants of a dwelling, then those with reserved seats."""
    found = {one.group: one for one in (_TENANTS, *needs.reserved)}
    return tuple(found.values())


def base_of(entries: Iterable[Entry | Entitled], needs: Needs) -> tuple[int, dict[str, int]]:
    """How many customers there are, and how many in each group that the register knows."""
    return base_of_counts(
        Counter((one.kind, one.age_band, one.neighbourhood) for one in entries), needs
    )


def base_of_counts(
    strata: Mapping[tuple[Kind, AgeBand, str], int], needs: Needs
) -> tuple[int, dict[str, int]]:
    """The same, of customers that were counted by kind, age and neighbourhood."""
    place = {Attribute.KIND: 0, Attribute.AGE: 1, Attribute.NEIGHBOURHOOD: 2}
    counts = {
        group.group: sum(
            n for stratum, n in strata.items() if stratum[place[group.attribute]] in group.values
        )
        for group in spoken_of(needs)
        if group.attribute in place
    }
    return sum(strata.values()), counts


def mirrors(
    needs: Needs,
    base: tuple[int, Mapping[str, int]],
    candidates: Sequence[Groups],
    refused: Sequence[Groups],
) -> tuple[Mirror, ...]:
    """What can be told of each group that rules speak of."""
    size, counts = base
    told = {attribute for attribute in Attribute if _tellable(needs, attribute, refused)}
    found = []
    for one in spoken_of(needs):
        number = counts.get(one.group, 0)
        shown = number and (number == size or LEAST <= number <= size - LEAST)
        stand = sum(one.group in groups for groups in candidates)
        applied = stand + sum(one.group in groups for groups in refused)
        found.append(
            Mirror(
                group=one.group,
                attribute=one.attribute,
                values=one.values,
                base=Fraction(number, size) if shown else None,
                applicants=applied if one.attribute in told else None,
                candidates=stand,
            )
        )
    return tuple(found)


def tells_refused(refused: int) -> bool:
    """Whether so many were refused that their effect on the board points at nobody."""
    return refused == 0 or refused >= LEAST


def _tellable(needs: Needs, attribute: Attribute, refused: Sequence[Groups]) -> bool:
    """Whether every part into which the groups of an attribute cut the refused is large enough.

    The parts are all that can be found by adding and subtracting the numbers of these groups.
    Nobody refused leaves nothing to find out.
    """
    if not refused:
        return True
    groups = frozenset(one.group for one in spoken_of(needs) if one.attribute is attribute)
    parts = Counter(held & groups for held in refused)
    expected = {frozenset({one}) for one in groups} | {frozenset[str]()}
    return all(parts[part] >= LEAST for part in expected | parts.keys())
