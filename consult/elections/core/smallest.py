"""A smallest set of rules that rules something out, for the reason that a person hears."""

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, islice
from typing import TypeVar

T = TypeVar("T")

TRIES = 5_000


def smallest(rules: Sequence[T], forbid: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """The smallest part of ``rules`` that still forbids; of equally small ones the first.

    ``rules`` stand in order of precedence, all of them together forbid, and a larger set forbids
    whatever a smaller one does. Rules that one set leaves room for are never tried as a set again.
    Beyond ``TRIES`` sets the answer is one of which no rule can be left out (with twelve rules or
    fewer there are no more than 4,096).
    """
    kept = _irreducible(rules, forbid)
    everything = range(len(rules))
    for chosen in islice(_by_size(everything, len(kept)), TRIES):
        these = tuple(rules[place] for place in chosen)
        if forbid(these):
            return these
    return kept


def _by_size(places: range, most: int) -> Iterator[tuple[int, ...]]:
    for number in range(most + 1):
        yield from combinations(places, number)


def _irreducible(rules: Sequence[T], forbid: Callable[[tuple[T, ...]], bool]) -> tuple[T, ...]:
    """Leave out one rule after the other, the least important first, while the rest forbids."""
    kept = tuple(rules)
    for place in reversed(range(len(rules))):
        fewer = (*kept[:place], *kept[place + 1 :])
        if forbid(fewer):
            kept = fewer
    return kept
