"""The sets of rules: the one that the program ships with, and those that the council adopted."""

from functools import cache
from importlib.resources import files

from sqlalchemy.orm import Session

from consult.council.core.agreement import Agreement
from consult.council.core.rule_file import read


@cache
def first() -> Agreement:
    """The agreement of 2016, with which every installation begins."""
    return read((files("consult.council") / "agreements" / "2016.json").read_bytes())


def agreements(session: Session) -> tuple[Agreement, ...]:
    """All sets, by their first day; of those with the same one the last adopted stands last."""
    del session
    return (first(),)
