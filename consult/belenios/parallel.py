"""One piece of work over many items, on one core or on several."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")


def slices(items: Iterable[Item], size: int) -> Iterator[list[Item]]:
    """The items in lists of ``size``; the last may be shorter."""
    rest = iter(items)
    while part := list(islice(rest, size)):
        yield part


def spread(
    work: Callable[[Sequence[Item]], Result], items: Iterable[Item], jobs: int, size: int
) -> Iterator[Result]:
    """``work`` on slices of ``size`` items, in order, by ``jobs`` processes.

    ``work`` must be picklable (a module's function or a partial of one). Only a few slices are
    under way at any time, so that a large archive is never wholly in memory. Processes are
    spawned, not forked: the caller may have threads.
    """
    if jobs <= 1:
        yield from map(work, slices(items, size))
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        waiting: deque[Future[Result]] = deque()
        for part in slices(items, size):
            waiting.append(pool.submit(work, part))
            if len(waiting) > 3 * jobs:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
