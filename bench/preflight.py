"""What the pre-flight costs with a long list: 200 candidates, 13 seats, crossing groups.

Run ``python bench/preflight.py``. It looks at every withdrawal of one and of two, which is 20,100
lists; the promise is at most 2 seconds, and at most 20 times one count of the same list, for
machines differ.
"""

import random
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial

from consult.council.core.rules import TENANT, Min, MinHard, Person, RuleSet, ShareGt
from consult.elections.core.count import count
from consult.elections.core.outcome import Contest
from consult.elections.core.preflight import preflight

CANDIDATES, SEATS, ROUNDS = 200, 13, 12
SECONDS, RATIO = 2.0, 20
GROUPS = {"young": 0.12, "oldest": 0.15, "north": 0.2, "south": 0.25, "west": 0.1, "arts": 0.05}
RULES = RuleSet(
    (
        ShareGt("share", TENANT, 7, 10),
        MinHard("executive", TENANT, 2),
        *(Min(name, name, 2) for name in GROUPS),
    )
)


def standing(draw: random.Random, number: int) -> tuple[Person, ...]:
    """People with groups as often as in the estate."""
    return tuple(
        Person(
            f"c{one}",
            frozenset(name for name, share in GROUPS.items() if draw.random() < share)
            | ({TENANT} if draw.random() < 0.75 else set()),
        )
        for one in range(number)
    )


def seconds(act: Callable[[], object]) -> float:
    """The seconds of processor that it takes: a busy machine slows nothing of that."""
    start = time.process_time()
    act()
    return time.process_time() - start


def main() -> int:
    """Measure, print, and fail when the promise is broken."""
    flights, counts = [], []
    for seed in range(ROUNDS):
        draw = random.Random(seed)
        number = CANDIDATES if seed % 2 else 14  # a list without room to spare is the hard one
        people = standing(draw, number)
        totals = {person.id: draw.randrange(1000) for person in people}
        lot = tuple(totals)
        contest = Contest(SEATS, (), people)
        counts.append(seconds(partial(count, contest, totals, RULES, lot)))
        flights.append(seconds(partial(preflight, people, (), RULES, SEATS)))
    ratio = statistics.median(flights) / statistics.median(counts)
    print(f"count      median {1000 * statistics.median(counts):7.1f} ms")
    print(f"pre-flight median {1000 * statistics.median(flights):7.1f} ms")
    print(f"pre-flight worst  {1000 * max(flights):7.1f} ms   (promise: {1000 * SECONDS:.0f})")
    print(f"ratio             {ratio:7.1f}      (promise: {RATIO} at most)")
    return 0 if max(flights) <= SECONDS and ratio <= RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
