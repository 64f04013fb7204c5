"""What a count costs: 13 seats, ten groups that cross, with every reason and every margin.

Run ``python bench/count.py [elections per row]`` (40; about three minutes). Times are of the CPU,
so that other work on the machine does not count. Beside each other, on the same elections: the
count with the reason for everybody who was passed over; the margins after it; a plain sort by
votes, as the floor; and HiGHS (scipy) as a peer, which only finds who is elected: no reasons, no
margins. The promise is a median of at most 2 s and no election over 20 s, and no refusal.
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from consult.elections.core.count import count
from consult.elections.core.ground import ground
from consult.elections.core.margin import margins
from consult.elections.core.outcome import Count
from tests.large_counts import Election, adversarial, exact, realistic

try:
    from tests.solver import elected_by
except ImportError:  # the peer is for developers; the promise needs no peer
    elected_by = None

MEDIAN, MOST = 2.0, 20.0
ROWS = ((realistic, 30), (realistic, 200), (adversarial, 30), (adversarial, 200), (exact, 200))


def seconds(act: Callable[[], object]) -> tuple[float, object]:
    """How long something takes, in seconds of the CPU, and what it gives."""
    start = time.process_time()
    result = act()
    return time.process_time() - start, result


def measured(election: Election) -> tuple[float, float, float, float]:
    """The count, its margins, a sort, and the peer, in seconds."""
    ground.cache_clear()
    counting, result = seconds(lambda: count(*election))
    assert isinstance(result, Count)
    close, _ = seconds(lambda: margins(*election, result))
    floor, _ = seconds(lambda: sorted(election.totals, key=election.totals.__getitem__))
    peer = 0.0
    if elected_by is not None:
        peer, elected = seconds(lambda: elected_by(*election))
        assert elected == (list(result.elected) if result.board_size else None)
    return counting, close, floor, peer


def main() -> int:
    """Measure, print, and fail when the promise is broken."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"{'median / slowest, ms':<22}count      margins         both    sort  HiGHS, count only")
    kept = True
    for profile, people in ROWS:
        times = [measured(profile(Random(seed), people)) for seed in range(number)]
        columns = list(zip(*times, strict=True))
        both = [counting + close for counting, close, _, _ in times]
        kept = kept and statistics.median(both) <= MEDIAN and max(both) <= MOST
        parts = [columns[0], columns[1], both, columns[3]]
        cells = [f"{1000 * statistics.median(p):6.0f} /{1000 * max(p):6.0f}" for p in parts]
        floor = f"{1000 * statistics.median(columns[2]):6.2f}"
        name = f"{profile.__name__} {people}"
        print(f"{name:<18}{cells[0]}{cells[1]}{cells[2]} {floor} {cells[3]}", flush=True)
    print(f"promise: median {MEDIAN:.0f} s, slowest {MOST:.0f} s: {'kept' if kept else 'BROKEN'}")
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
