"""What is wrong with a register, and where: for the person who has to mend the file."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

KEPT: Final = 200
"""So many problems are shown one by one; of the others only the number is told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. It never repeats what stands in the cell.

    ``code`` is worded in ``templates/register/_problems.html``. ``row`` is the row as a
    spreadsheet counts it, the header being 1; 0 means the whole file. ``column`` is the header as
    it stands in the file. ``fact`` is what the wording needs beside that: a limit, another row.
    """

    code: str
    row: int = 0
    column: str = ""
    fact: str = ""


@dataclass(slots=True)
class Problems:
    """The first problems in full, and how many there are in all."""

    kept: list[Problem] = field(default_factory=list)
    count: int = 0

    def add(self, problem: Problem) -> None:
        """Note one problem."""
        self.count += 1
        if len(self.kept) < KEPT:
            self.kept.append(problem)

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note several problems."""
        for problem in problems:
            self.add(problem)

    def merge(self, others: "Problems") -> None:
        """Note what others have noted."""
        self.kept = [*self.kept, *others.kept][:KEPT]
        self.count += others.count

    def __bool__(self) -> bool:
        """Whether anything is wrong."""
        return self.count > 0
