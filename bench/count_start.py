"""What starting ``consult count`` costs: its time on a small case over that of a bare Python.

Run ``python bench/count_start.py``. The two take turns, so that a busy machine slows both alike;
the medians are compared. The promise is a ratio of at most 6.
"""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 30
MOST = 6.0
CASE = {
    "max_board": 4,
    "rules": [{"id": "tenants", "type": "share_gt", "group": "tenant", "num": 7, "den": 10}],
    "candidates": [
        {"id": f"c{n}", "votes": 100 - n, "groups": ["tenant"] if n % 2 else []} for n in range(10)
    ],
}


def seconds(command: list[str]) -> float:
    """How long the command takes, in seconds."""
    start = time.perf_counter()
    subprocess.run(command, check=True, capture_output=True)
    return time.perf_counter() - start


def main() -> int:
    """Measure, print, and fail when the promise is broken."""
    consult = Path(sys.executable).with_name("consult")
    with tempfile.TemporaryDirectory() as folder:
        case = Path(folder) / "case.json"
        case.write_text(json.dumps(CASE))
        bare, count = [sys.executable, "-c", "pass"], [str(consult), "count", str(case)]
        pairs = [(seconds(bare), seconds(count)) for _ in range(ROUNDS)]
    base, cost = (statistics.median(times) for times in zip(*pairs, strict=True))
    print(f"python -c pass {1000 * base:6.1f} ms")
    print(f"consult count  {1000 * cost:6.1f} ms")
    print(f"ratio          {cost / base:6.2f}   (promise: {MOST:.0f} at most)")
    return 0 if cost <= MOST * base else 1


if __name__ == "__main__":
    sys.exit(main())
