"""All tables, for whoever needs the whole schema: migrations and tests."""

from importlib import import_module
from importlib.util import find_spec

from sqlalchemy import MetaData

from consult.db.types import Base

PARTS = (
    "web",
    "audit",
    "site",
    "delivery",
    "accounts",
    "register",
    "council",
    "surveys",
    "elections",
    "reports",
)


def metadata() -> MetaData:
    """The schema that the code expects."""
    for part in PARTS:
        if find_spec(f"consult.{part}.tables") is not None:
            import_module(f"consult.{part}.tables")
    return Base.metadata
