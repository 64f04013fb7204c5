"""Reading what stands in an address."""

from typing import Final

from flask import request

_LARGEST: Final = 2**31 - 1
"""The largest number that a column of whole numbers holds on both databases."""


def asked_number(name: str) -> int | None:
    """The whole number of that name in the query string; ``None`` for one that no row has."""
    number = request.args.get(name, type=int)
    return number if number is not None and 0 <= number <= _LARGEST else None
