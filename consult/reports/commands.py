"""Statistics for analysts on the command line: weights, and who took part, of any file.

Both read files and print JSON; neither knows a database, a person or an election. The libraries of
numbers are imported when there is something to compute: a mistake in a file is told at once.
"""

import codecs
import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from consult.refusal import Refusal
from consult.reports import files
from consult.reports.core.analysts import margins_file
from consult.reports.core.analysts.columns import Sheet, opened, records

if TYPE_CHECKING:
    from consult.reports.core.analysts.weigh import Done

WEIGHT: Final = "weight"
"""The column that is added to a sample."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What ``consult weigh`` was asked; ``cap`` in mean weights, ``bounds`` in base weights."""

    sample: Path
    margins: Path
    out: Path
    method: str = "raking"
    bounds: tuple[float, float] | None = None
    base_weight: str | None = None
    cap: float | None = None


def weigh(asked: Weighing) -> int:
    """Write the sample with a column of weights, and print diagnostics as JSON.

    Raises:
        Refusal: ``reports.*``, ``reading.*``, ``weighing.*``. Nothing is written then, and what
            stood in the place of the output stays.
    """
    files.check_writable(asked.out, (asked.sample, asked.margins))
    sample, margins = files.content(asked.sample), files.content(asked.margins)
    sheet = opened(str(asked.sample), sample)
    if WEIGHT in sheet.header:
        raise Refusal("reports.column_taken", file=sheet.name, column=WEIGHT)
    done = _weighed(sheet, margins_file.read(margins), asked)
    inputs = {"sample": (asked.sample, sample), "margins": (asked.margins, margins)}
    diagnostics = _json(done.told, inputs)
    mark = codecs.BOM_UTF8 if sample.startswith(codecs.BOM_UTF8) else b""
    files.write(asked.out, _with_weights(sheet, done.weights.tolist()), mark)
    print(diagnostics)
    return 0


def represent(base: Path, took_part: str, by: Sequence[str]) -> int:
    """Print how those who took part compare with the base, as JSON.

    Raises:
        Refusal: ``reports.*``.
    """
    content = files.content(base)
    sheet = opened(str(base), content)
    from consult.reports.core.analysts.participants import compared

    print(_json(compared(sheet, took_part, by), {"base": (base, content)}))
    return 0


def _weighed(sheet: Sheet, margins: margins_file.Margins, asked: Weighing) -> "Done":
    from consult.reports.core.analysts import weigh as work

    wish = work.Wish(work.Way(asked.method), asked.bounds, asked.base_weight, asked.cap)
    return work.weigh(sheet, margins, wish)


def _with_weights(sheet: Sheet, weights: Iterable[float]) -> Iterator[str]:
    """Each record as it stood, with a weight before its line end; blank ones stay blank."""
    column = iter([WEIGHT, *map(repr, weights)])
    for text, cells in records(sheet):
        body = text.rstrip("\r\n")
        yield f"{body}{sheet.delimiter}{next(column)}{text[len(body) :]}" if cells else text


def _json(told: dict[str, Any], inputs: dict[str, tuple[Path, bytes]]) -> str:
    """With what makes it possible to get the same again: fingerprints and versions."""
    made = {
        "inputs": {
            name: {"file": str(path), "sha256": hashlib.sha256(content).hexdigest()}
            for name, (path, content) in inputs.items()
        },
        "versions": {
            "python": platform.python_version(),
            **{name: version(name) for name in ("consult", "numpy", "pandas", "scipy")},
        },
    }
    return json.dumps(told | made, ensure_ascii=False, indent=2, allow_nan=False)
