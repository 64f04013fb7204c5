"""What raking costs, beside the libraries that do the same: seconds, memory, and how it grows.

``python bench/raking.py`` measures ours. ``python bench/raking.py --peers FOLDER`` makes an
environment for each library there (kept for the next time) and measures all of them in one run: the
same samples, five margins, from raw strings, each met to 1e-6. Every measurement is a process of
its own; the median is told. R's survey takes part where ``Rscript`` has it. The promise: five times
as fast as the fastest peer at a million rows, on half of the memory of the leanest.
"""

import argparse
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE / "peers"
SIZES = (10_000, 100_000, 1_000_000)
LEVELS = (7, 75, 3, 6, 5)
"""Of age, neighbourhood, type of customer, dwelling and tenure."""
ROUNDS = 3
PATIENCE = 120
"""Seconds after which a library is given up."""
SLOW = 5
"""Who takes more seconds than this is measured once; ten times as many rows are not tried with who
would then need more than :data:`PATIENCE`."""
CLOSE = 1e-6
FASTER, LEANER = 5.0, 2.0


@dataclass(frozen=True, slots=True)
class Cost:
    """Medians of some runs.

    ``seconds`` on the clock, and ``cpu`` of all processors; ``kib``: the most memory beyond what
    was held before; ``missed``: by what share the worst margin is missed.
    """

    seconds: float
    cpu: float
    kib: float
    missed: float


def main() -> int:
    """Print the tables; 1 when a promise is broken."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--peers", type=Path, metavar="FOLDER")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="consult-raking-") as folder:
        runners = dict(ready(asked.peers)) if asked.peers else {}
        runners = {"consult": [sys.executable, str(PEERS / "rake.py"), "consult"], **runners}
        told = compare(Path(folder), runners)
        grow(Path(folder), runners["consult"])
    good = all(
        cost.missed < CLOSE for (name, _), cost in told.items() if name == "consult" and cost
    )
    return 0 if good and promise(told) else 1


def ready(folder: Path) -> Iterator[tuple[str, list[str]]]:
    """Each peer that can run here, with the start of its command."""
    for line in (PEERS / "versions.txt").read_text().split():
        name = line.partition("==")[0]
        python = folder / name / "bin" / "python"
        if not python.exists():
            venv.create(folder / name, with_pip=True)
        install = [str(python), "-m", "pip", "install", "-q", line]
        if subprocess.run(install, check=False, capture_output=True).returncode:
            print(f"{name}: does not install")
            continue
        yield name, [str(python), str(PEERS / "rake.py"), name]
    there = shutil.which("Rscript")
    if (
        there
        and not subprocess.run(
            [there, "-e", "library(survey)"], check=False, capture_output=True
        ).returncode
    ):
        yield "R survey", [there, str(PEERS / "rake.R")]


def compare(folder: Path, runners: dict[str, list[str]]) -> dict[tuple[str, int], Cost | str]:
    """Measure everybody on every size. They take turns, so a busy machine slows all alike."""
    told: dict[tuple[str, int], Cost | str] = {}
    print(f"{'five margins':<14} {'rows':>9} {'seconds':>9} {'cpu':>8} {'MiB':>8} {'missed':>9}")
    for rows in SIZES:
        able = {name: one for name, one in runners.items() if not hopeless(told, name, rows)}
        for name, cost in turns(able, drawn(folder, rows, LEVELS)).items():
            told[name, rows] = cost
            print(f"{name:<14} {rows:>9,} {line(cost)}", flush=True)
    return told


def hopeless(told: dict[tuple[str, int], Cost | str], name: str, rows: int) -> bool:
    """Whether a tenth of the rows took so long that these would take more than our patience."""
    before = told.get((name, rows // 10))
    if before in {None, "crashes"} or (isinstance(before, Cost) and before.cpu * 10 < PATIENCE):
        return False
    print(f"{name:<14} {rows:>9,} {'not tried: see a tenth of it':>37}")
    return True


def turns(runners: dict[str, list[str]], sample: Path) -> dict[str, Cost | str]:
    """Medians for each runner, or why it has none. Who is slow runs once."""
    runs: dict[str, list[Cost]] = {name: [] for name in runners}
    lost: dict[str, str] = {}
    for turn in range(ROUNDS):
        for name, command in runners.items():
            if name in lost or (turn and runs[name][0].seconds > SLOW):
                continue
            cost = measured(command, sample)
            if isinstance(cost, str):
                lost[name] = cost
            else:
                runs[name].append(cost)
    return {name: lost.get(name) or median(runs[name]) for name in runners}


def measured(command: Sequence[str], sample: Path) -> Cost | str:
    """One run in a process of its own, or what went wrong."""
    margins = sample.with_suffix(".margins.csv" if command[-1].endswith(".R") else ".json")
    try:
        done = subprocess.run(
            [*command, str(sample), str(margins)],
            check=False,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            cwd=HERE.parent,
        )
    except subprocess.TimeoutExpired:
        return f"more than {PATIENCE} s"
    if done.returncode:
        print(done.stderr[-600:], file=sys.stderr)
        return "crashes"
    return Cost(**json.loads(done.stdout.splitlines()[-1]))


def median(costs: Sequence[Cost]) -> Cost:
    """The middle of each figure."""
    columns = zip(*map(astuple, costs), strict=True)
    return Cost(*map(statistics.median, columns))


def line(cost: Cost | str) -> str:
    """One measurement in a table."""
    if isinstance(cost, str):
        return f"{cost:>37}"
    return f"{cost.seconds:9.3f} {cost.cpu:8.3f} {cost.kib / 1024:8.1f} {cost.missed:9.1e}"


def grow(folder: Path, ours: list[str]) -> None:
    """How our cost grows with levels and with margins, at 100,000 rows."""
    print("\nconsult, 100,000 rows, by levels of each of five margins")
    for levels in (2, 5, 10, 20, 40, 80):
        print(f"{levels:>4} levels  {line(alone(folder, ours, [levels] * 5))}", flush=True)
    print("\nconsult, 100,000 rows, by margins of seven levels")
    for margins in (1, 2, 4, 6, 8, 10):
        print(f"{margins:>4} margins {line(alone(folder, ours, [7] * margins))}", flush=True)


def alone(folder: Path, ours: list[str], levels: Sequence[int]) -> Cost | str:
    """Ours on a sample of 100,000 rows."""
    return turns({"consult": ours}, drawn(folder, 100_000, levels))["consult"]


def promise(told: dict[tuple[str, int], Cost | str]) -> bool:
    """Whether we meet all margins, and are as fast and lean as promised at the largest size."""
    ours = [cost for (name, _), cost in told.items() if name == "consult"]
    if any(isinstance(cost, str) or cost.missed > CLOSE for cost in ours):
        return False
    peers = [
        cost
        for (name, rows), cost in told.items()
        if rows == SIZES[-1] and name != "consult" and isinstance(cost, Cost)
    ]
    best = told["consult", SIZES[-1]]
    if not peers or isinstance(best, str):
        return True
    faster = min(cost.seconds for cost in peers) / best.seconds
    less = min(cost.cpu for cost in peers) / best.cpu
    leaner = min(cost.kib for cost in peers) / best.kib
    print(f"\nat {SIZES[-1]:,} rows {faster:.1f} times as fast as the fastest peer ({FASTER:.0f}),")
    print(
        f"({less:.1f} times less work of processors), with {leaner:.1f} times less memory than the"
    )
    print(f"leanest ({LEANER:.0f})")
    return faster >= FASTER and leaner >= LEANER


def drawn(folder: Path, rows: int, levels: Sequence[int]) -> Path:
    """A sample whose levels hang together, and margins that weights like those of life can meet.

    The margins are sums of weights that differ by level and, a little, by person; so there are
    weights that meet them, and no library is asked for what cannot be.
    """
    chance = random.Random(rows)
    words = [[f"variable {n} level {k:03}" for k in range(many)] for n, many in enumerate(levels)]
    pulls = [{word: chance.uniform(0.4, 2.5) for word in some} for some in words]
    names = [f"variable_{place}" for place in range(len(levels))]
    sums: dict[str, dict[str, float]] = {name: {} for name in names}
    sample = folder / f"{rows}-{'-'.join(map(str, levels))}.csv"
    with sample.open("w") as file:
        print(*names, sep=",", file=file)
        for _ in range(rows):
            person = [
                some[place] for some, place in zip(words, places(chance, levels), strict=True)
            ]
            print(*person, sep=",", file=file)
            weight = 8 * chance.uniform(0.8, 1.25)
            for pull, word in zip(pulls, person, strict=True):
                weight *= pull[word]
            for total, word in zip(sums.values(), person, strict=True):
                total[word] = total.get(word, 0.0) + weight
    write(sample, sums)
    return sample


def places(chance: random.Random, levels: Sequence[int]) -> list[int]:
    """A level of each variable; who stands high in one often does in the others."""
    lean = chance.random()
    near = [min(max(lean + chance.uniform(-0.35, 0.35), 0.0), 0.999999) for _ in levels]
    return [int(one * many) for one, many in zip(near, levels, strict=True)]


def write(sample: Path, margins: dict[str, dict[str, float]]) -> None:
    """The margins beside a sample: as JSON, and as a table for R."""
    sample.with_suffix(".json").write_text(json.dumps(margins))
    with sample.with_suffix(".margins.csv").open("w") as file:
        print("variable,level,people", file=file)
        for name, total in margins.items():
            for level, people in total.items():
                print(name, level, repr(people), sep=",", file=file)


if __name__ == "__main__":
    sys.exit(main())
