"""Which numbers of a table stay hidden, so that nobody can be recognised in it.

Taking part is a fact about a person. A small count, a count that leaves few others, and a count
that follows by subtraction from the rest all give it away.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Final

from consult.reports.core.chain import Group, together

FEWEST: Final = 10
"""Fewer participants, or fewer others, than this are never shown."""

SMALLEST_BASE: Final = 30
"""Percentages of fewer people than this say nothing."""


def shows(group: Group) -> bool:
    """Whether all counts of a group may be seen.

    The stages of the chain are nested, so each difference between two of them is a count as well:
    it is nought or at least :data:`FEWEST`, and those who stayed away are never nought.
    """
    return (
        group.participants >= FEWEST
        and group.invited - group.participants >= FEWEST
        and group.base >= SMALLEST_BASE
        and _nought_or_many(group.base - group.invited)
    )


def shows_base(group: Group) -> bool:
    """Whether the base and the invited of a group may be seen, though not its participants."""
    return group.invited >= FEWEST and _nought_or_many(group.base - group.invited)


def conceal(groups: Sequence[Group]) -> frozenset[str]:
    """Labels of the groups whose participants stay hidden.

    Those that may not be seen, and then others until nothing about one of them follows from the
    total. Which others, depends on the base alone: were it the smallest number of participants,
    the choice itself would tell that the hidden numbers are smaller still. It is the largest base,
    because the sum of a large and a small group still tells nearly what the large one would.
    """
    return _extend(groups, shows, _uncertain)


def conceal_base(groups: Sequence[Group]) -> frozenset[str]:
    """Labels of the groups, among ``groups`` with hidden participants, whose base hides too."""
    return _extend(groups, shows_base, _several)


def _extend(
    groups: Sequence[Group],
    allowed: Callable[[Group], bool],
    enough: Callable[[Sequence[Group]], bool],
) -> frozenset[str]:
    hidden = [group for group in groups if not allowed(group)]
    others = sorted(
        (group for group in groups if allowed(group)), key=lambda group: (-group.base, group.label)
    )
    while hidden and others and not (allowed(together(hidden)) and enough(hidden)):
        hidden.append(others.pop(0))
    return frozenset(group.label for group in hidden)


def _several(hidden: Sequence[Group]) -> bool:
    return len(hidden) > 1


def _uncertain(hidden: Sequence[Group]) -> bool:
    """Whether each hidden number may differ by :data:`FEWEST`, for all that is shown.

    A reader who knows this rule must not find the hidden ones all just below the limit either.
    """
    whole = together(hidden)
    all_just_below = (FEWEST - 1) * len(hidden)
    return (
        whole.participants != all_just_below
        and whole.invited - whole.participants != all_just_below
        and all(
            high - low >= min(FEWEST, group.invited)
            for group, (low, high) in zip(hidden, bounds(hidden), strict=True)
        )
    )


def bounds(hidden: Sequence[Group]) -> Iterable[tuple[int, int]]:
    """The least and the most participants of each group that fit the sum and everybody's invited.

    What somebody can work out who knows the register and every number that is shown.
    """
    whole = together(hidden)
    for group in hidden:
        elsewhere = whole.invited - group.invited
        yield max(0, whole.participants - elsewhere), min(group.invited, whole.participants)


def _nought_or_many(count: int) -> bool:
    return count == 0 or count >= FEWEST
