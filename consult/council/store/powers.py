"""The lists of powers that the program ships with, oldest first."""

from functools import cache
from importlib.resources import files

from consult.council.core.powers import Matrix, read


@cache
def matrices() -> tuple[Matrix, ...]:
    """All lists, by their first day."""
    folder = files("consult.council") / "powers"
    names = sorted(file.name for file in folder.iterdir() if file.name.endswith(".json"))
    found = [read((folder / name).read_bytes()) for name in names]
    return tuple(sorted(found, key=lambda one: one.start))
