"""Between whom a lot has to decide when people have equal votes."""

from collections.abc import Iterator, Sequence

from consult.elections.core.feasibility import Lawful
from consult.elections.core.search import Numbers

TRIES = 2_000


def contested(boards: Lawful, taken: Numbers, possible: Sequence[str]) -> tuple[str, ...]:
    """Those of ``possible`` whose election depends on the order in which they are taken.

    Each of them could be elected next; together they cannot all be. Somebody is contested when
    some of the others, elected first, shut them out. Who is not, is elected whatever the lot and
    takes no part in it. Beyond ``TRIES`` combinations somebody counts as contested: one name more
    in a lot changes nobody's election, one name less would.
    """
    pool = boards.pool
    numbers = pool.adding(pool.nobody, possible)
    losing = {
        kind
        for kind, number in enumerate(numbers)
        if number and can_lose(boards, taken, numbers, kind)
    }
    return tuple(candidate for candidate in possible if pool.kind_of[candidate] in losing)


def can_lose(boards: Lawful, taken: Numbers, numbers: Numbers, kind: int) -> bool:
    """Whether others of ``numbers`` can be elected so that one of ``kind`` no longer can.

    Beyond ``TRIES`` combinations the answer is yes.
    """
    others = _add(numbers, kind, -1)
    todo: list[tuple[int, Numbers]] = [(0, (0,) * len(numbers))]
    for _ in range(TRIES):
        if not todo:
            return False
        place, chosen = todo.pop()
        elected = _sum(taken, chosen)
        if not boards.exists(elected):
            continue
        if not boards.exists(_add(elected, kind, 1)):
            return True
        rest = (*chosen[:place], *others[place:])
        if not boards.exists(_add(_sum(taken, rest), kind, 1)):
            todo.extend(_choices(place, chosen, others))
    return True


def _choices(place: int, chosen: Numbers, others: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Every number of the kind at ``place``, the highest last: it is tried first."""
    for number in range(others[place] + 1):
        yield place + 1, (*chosen[:place], number, *chosen[place + 1 :])


def _add(numbers: Numbers, kind: int, more: int) -> Numbers:
    return (*numbers[:kind], numbers[kind] + more, *numbers[kind + 1 :])


def _sum(some: Numbers, more: Numbers) -> Numbers:
    return tuple(a + b for a, b in zip(some, more, strict=True))
