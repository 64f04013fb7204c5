"""The fingerprint of the numbers of a report.

It is taken of what readers see, never of the counts behind it: those are few and
small, so whoever guesses them could try until the fingerprint fits.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, Final

from consult.canonical import canonical

PREFIX: Final = "sha256:"
_PRINTED: Final = re.compile(PREFIX.encode() + rb"([0-9a-f]{64})")
_DIGITS: Final = 9
"""Significant digits of numbers; the ones after these differ between machines."""


def fingerprint(edition: object) -> str:
    """``sha256:`` and 64 hex digits, of all values of an edition."""
    return PREFIX + hashlib.sha256(canonical(_data(edition))).hexdigest()


def printed(content: bytes) -> frozenset[str]:
    """The fingerprints that stand in the bytes of a publication."""
    return frozenset(PREFIX + found.decode() for found in _PRINTED.findall(content))


def _data(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: _data(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(_data(name)): _data(held) for name, held in value.items()}
    if isinstance(value, tuple | list):
        return [_data(held) for held in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, float):
        return f"{value:.{_DIGITS}g}"
    return value
