"""Rake one sample with one library, and tell what it cost: run by ``bench/raking.py``, never alone.

``python rake.py LIBRARY SAMPLE.csv MARGINS.json`` under the interpreter that has the library. The
clock runs from the strings of the sample, as the library likes to be given them, to a weight for
every row. Printed as JSON: seconds, those of all
processors together, the most memory beyond what was held before, and how far the
worst margin is missed.
"""

import csv
import ctypes
import gc
import json
import logging
import sys
import time
import warnings
from itertools import pairwise
from pathlib import Path

WARM = 200
CLOSE = 1e-6


def frame(columns):
    import pandas as pd

    return pd.DataFrame({name: pd.Series(words, dtype=object) for name, words in columns.items()})


class Ours:
    def given(self, columns, margins):
        return frame(columns), margins

    def raked(self, sample, margins):
        from consult.weighing.calibration import calibrate
        from consult.weighing.cells import cross
        from consult.weighing.targets import Targets

        cells = cross({name: sample[name] for name in sample})
        return calibrate(cells, Targets(margins)).spread()


class Balance:
    def given(self, columns, margins):
        import pandas as pd

        size = sum(next(iter(margins.values())).values())
        rows, weights = self._target(margins, size)
        return frame(columns), (pd.DataFrame(rows), pd.Series(weights, dtype=float))

    def _target(self, margins, size):
        """A population with exactly these margins: cut the people at the borders of all levels."""
        cuts, ends = {0.0}, {}
        for name, levels in margins.items():
            reached, ends[name] = 0.0, []
            for level, people in levels.items():
                reached += people
                ends[name].append((reached, level))
                cuts.add(min(reached, size))
        border = sorted(cuts)
        rows, weights = [], []
        for low, high in pairwise(border):
            middle = (low + high) / 2
            rows.append(
                {
                    name: next(
                        (level for end, level in ends[name] if middle < end), ends[name][-1][1]
                    )
                    for name in margins
                }
            )
            weights.append(high - low)
        return rows, weights

    def raked(self, sample, target):
        import pandas as pd
        from balance.weighting_methods.rake import rake

        people, weights = target
        done = rake(
            sample,
            pd.Series(1.0, index=sample.index),
            people.copy(),
            weights.copy(),
            variables=list(sample),
            transformations=None,
            max_iteration=1000,
            convergence_rate=1e-9,
            rate_tolerance=1e-14,
        )
        return done["weight"].to_numpy()


class Svy:
    def given(self, columns, margins):
        import polars as pl

        return pl.DataFrame(columns).with_columns(pl.lit(1.0).alias("d")), margins

    def raked(self, sample, margins):
        import svy

        done = svy.Sample(sample, svy.Design(wgt="d")).weighting.rake(
            controls=margins, tol=CLOSE / 10, max_iter=1000
        )
        return done.data["rk_wgt"].to_numpy()


class Weightipy:
    def given(self, columns, margins):
        return frame(columns), margins

    def raked(self, sample, margins):
        import weightipy

        scheme = weightipy.scheme_from_dict(
            margins, rim_params={"convcrit": CLOSE / 100, "max_iterations": 1000}
        )
        return weightipy.weight_dataframe(sample, scheme)["weights"].to_numpy()


class Samplics:
    def given(self, columns, margins):
        return frame(columns), margins

    def raked(self, sample, margins):
        import numpy as np
        from samplics.weighting import SampleWeight

        return SampleWeight().rake(
            samp_weight=np.ones(len(sample)),
            margins={name: sample[name].to_numpy() for name in sample},
            control=margins,
            tol=CLOSE / 10,
            ctrl_tol=CLOSE / 10,
            max_iter=1000,
        )


class Ipfn:
    def given(self, columns, margins):
        return frame(columns), margins

    def raked(self, sample, margins):
        import pandas as pd
        from ipfn import ipfn

        totals = [pd.Series(levels, name="total") for levels in margins.values()]
        for name, total in zip(margins, totals, strict=True):
            total.index.name = name
        people = sample.assign(total=1.0)
        fitted = ipfn.ipfn(
            people, totals, [[name] for name in margins], "total", CLOSE / 10, 1000, 0, 1e-14
        ).iteration()
        return fitted["total"].to_numpy()


LIBRARIES = {
    "consult": Ours,
    "balance": Balance,
    "svy": Svy,
    "weightipy": Weightipy,
    "samplics": Samplics,
    "ipfn": Ipfn,
}


def read(path):
    """The columns of a sample; every cell a text of its own, as a file gives it."""
    with path.open(newline="") as file:
        rows = csv.reader(file)
        names = next(rows)
        return dict(zip(names, map(list, zip(*rows, strict=True)), strict=True))


def memory(field):
    """Kibibytes of memory that this process holds, or held at most since :func:`settle`."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(field):
            return int(line.split()[1])
    raise LookupError(field)


def settle():
    """Give back what is not used, and begin the peak anew."""
    gc.collect()
    ctypes.CDLL("libc.so.6").malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")


def missed(columns, margins, weights):
    """How far the worst level is from its margin, as a share of it; scale left out."""
    scale = sum(next(iter(margins.values())).values()) / float(sum(weights))
    worst = 0.0
    for name, levels in margins.items():
        sums = dict.fromkeys(levels, 0.0)
        for level, weight in zip(columns[name], weights, strict=True):
            sums[level] += weight * scale
        worst = max(worst, *(abs(sums[level] / levels[level] - 1) for level in levels))
    return worst


def main():
    library, sample, margins = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])
    logging.disable()
    warnings.simplefilter("ignore")
    columns, wanted = read(sample), json.loads(margins.read_text())
    work = LIBRARIES[library]()
    some = {name: words[:WARM] for name, words in columns.items()}
    counts = {
        name: {word: float(words.count(word)) for word in words} for name, words in some.items()
    }
    work.raked(*work.given(some, counts))  # what is imported at first use is no part of it
    given = work.given(columns, wanted)
    settle()
    before, start, spent = memory("VmRSS"), time.perf_counter(), time.process_time()
    weights = work.raked(*given)
    seconds, cpu = time.perf_counter() - start, time.process_time() - spent
    most = memory("VmHWM")
    found = missed(columns, wanted, weights.tolist())
    print(json.dumps({"seconds": seconds, "cpu": cpu, "kib": most - before, "missed": found}))


if __name__ == "__main__":
    main()
