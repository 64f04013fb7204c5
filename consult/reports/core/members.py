"""The traits of candidates and of a board, in totals, and for whom they are.

Who stands or sits is known by name, but not her age. Outside only the groups are told that stand
beside each name in the seal, which are those that rules speak of; the council sees kind and age.
Of applicants, most of whom stay unknown, a number is told only where those who are not on the list
fall into groups of at least ten: applicants less candidates are the people who were refused.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final

from consult.elections.core.mirror import LEAST, Mirror
from consult.elections.core.profile import Attribute
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entitled, Entry
from consult.register.core.tallying import Tally
from consult.reports.core.chain import Dimension

Groups = Mapping[Dimension, Mapping[str, int]]
Known = Entry | Entitled | None
"""Somebody as the register has her; ``None`` for who is not in the base."""

_BY: Final[Mapping[Attribute, Dimension]] = {
    Attribute.AGE: Dimension.AGE_BAND,
    Attribute.NEIGHBOURHOOD: Dimension.NEIGHBOURHOOD,
    Attribute.KIND: Dimension.KIND,
}
_INSIDE: Final = (Dimension.KIND, Dimension.AGE_BAND)


def totals(people: Iterable[Known]) -> Groups:
    """Kind and age of everybody; who is not in the base counts as unknown."""
    found = list(people)
    return {dimension: Counter(_label(one, dimension) for one in found) for dimension in _INSIDE}


def applied(listed: Sequence[Known], others: Sequence[Known], base: Tally) -> Groups:
    """Kind and age of applicants, as far as that points at none of the ``others``.

    ``others``: who applied and is not on the list. Each group of the base must hold
    :data:`~consult.elections.core.mirror.LEAST` of them, or there must be none of them at all.
    """
    labels: Mapping[Dimension, Collection[str]] = {
        Dimension.KIND: {kind for kind, _, _ in base.cells},
        Dimension.AGE_BAND: {band for _, band, _ in base.cells},
    }
    both, apart = totals([*listed, *others]), totals(others)
    return {
        dimension: both[dimension]
        for dimension in _INSIDE
        if not others or _many(apart[dimension], labels[dimension])
    }


def spoken_of(mirrors: Iterable[Mirror], *, applicants: bool) -> Groups:
    """The groups that rules speak of, among candidates or among applicants.

    Groups of several values are left out, as are those of a background, which no register knows,
    and those too small to show in the base.
    """
    found: dict[Dimension, dict[str, int]] = {}
    for one in mirrors:
        number = one.applicants if applicants else one.candidates
        dimension = _BY.get(one.attribute)
        if dimension is None or number is None or one.base is None or len(one.values) != 1:
            continue
        found.setdefault(dimension, {})[one.values[0]] = number
    return found


def _many(counts: Mapping[str, int], labels: Collection[str]) -> bool:
    return all(counts.get(label, 0) >= LEAST for label in {*labels, *counts})


def _label(one: Known, dimension: Dimension) -> str:
    if one is None:
        return AgeBand.UNKNOWN.value
    value: Kind | AgeBand = one.kind if dimension is Dimension.KIND else one.age_band
    return value.value
