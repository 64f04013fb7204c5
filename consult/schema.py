"""All tables, for whoever needs the whole schema: migrations and tests."""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules

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
        name = f"consult.{part}.tables"
        found = find_spec(name)
        if found is not None:
            import_module(name)
            for module in iter_modules(found.submodule_search_locations or ()):
                import_module(f"{name}.{module.name}")
    return Base.metadata
