"""A smallest set of rules that rules something out, for the reason that a person hears."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

T = TypeVar("T")

TRIES = 5_000

Kept = Callable[[tuple[T, ...]], int | None]
"""Asked for some rules: which of all rules can be kept with them, as bits by place; ``None`` when
even these cannot be kept."""


def smallest(rules: Sequence[T], kept: Kept[T], known: Iterable[int] = ()) -> tuple[T, ...]:
    """The smallest part of ``rules`` that cannot be kept; of equally small ones the first.

    ``rules`` stand in order of precedence, and all of them together cannot be kept. Whatever can
    be kept together (``known`` from the start, or found on the way) lacks at least one rule of the
    set that is looked for: so only sets that hold one of the missing rules each time are tried, the
    small ones first. Beyond ``TRIES`` sets the answer is one of which no rule can be left out
    (with twelve rules or fewer there are no more than 4,096).
    """
    everything = (1 << len(rules)) - 1
    missing = [everything & ~bits for bits in known]
    tries = 0
    for number in range(len(rules) + 1):
        for chosen in _hitting(missing, 0, len(rules), number, ()):
            these = tuple(rules[place] for place in chosen)
            bits = kept(these)
            if bits is None:
                return these
            missing.append(everything & ~bits)
            tries += 1
            if tries > TRIES:
                return _irreducible(rules, kept)
    raise ValueError("all rules can be kept together")


def keeping(rules: Sequence[T], forbid: Callable[[tuple[T, ...]], bool]) -> Kept[T]:
    """What :func:`smallest` asks, where only yes or no is known."""

    def kept(these: tuple[T, ...]) -> int | None:
        return None if forbid(these) else sum(1 << rules.index(rule) for rule in these)

    return kept


def _hitting(
    missing: Sequence[int], start: int, end: int, number: int, chosen: tuple[int, ...]
) -> Iterator[tuple[int, ...]]:
    """Sets of ``number`` more places that meet all of ``missing``, which may grow meanwhile."""
    bits = sum(1 << place for place in chosen)
    if number == 0:
        if all(bits & other for other in missing):
            yield chosen
        return
    for place in range(start, end - number + 1):
        unmet = [other for other in missing if not bits & other]
        if any(not other >> place for other in unmet):
            return
        if number == 1 and not all(other >> place & 1 for other in unmet):
            continue
        yield from _hitting(missing, place + 1, end, number - 1, (*chosen, place))


def _irreducible(rules: Sequence[T], kept: Kept[T]) -> tuple[T, ...]:
    """Leave out one rule after the other, the least important first, while the rest cannot be."""
    left = tuple(rules)
    for place in reversed(range(len(rules))):
        fewer = (*left[:place], *left[place + 1 :])
        if kept(fewer) is None:
            left = fewer
    return left
