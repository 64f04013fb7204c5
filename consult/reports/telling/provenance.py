"""Where an edition comes from: its roll, its numbers by fingerprint, and who computed them."""

import platform
from collections.abc import Mapping
from importlib.metadata import version
from typing import Final

from consult.reports.actions.activities import Kind
from consult.reports.actions.editions import Edition
from consult.reports.core.fingerprint import fingerprint
from consult.reports.telling.explaining import Origin

_PROGRAMS: Final = ("consult", "numpy", "pandas", "scipy")


def origin(edition: Edition) -> Origin:
    """The origin of an edition, as its appendix says it."""
    found = edition.activity
    return Origin(
        reference_date=found.reference_date,
        closed_at=None if found.kind is Kind.BOARD else found.closed_at,
        roll=found.roll_fingerprint,
        roll_size=found.roll_size,
        register_serial=found.register_serial,
        data=fingerprint((found.kind, found.slug, edition.report)),
        versions=versions(),
    )


def versions() -> Mapping[str, str]:
    """The programs that matter for the numbers, with their versions."""
    found = {name: version(name) for name in _PROGRAMS}
    return {**found, "Python": platform.python_version()}
