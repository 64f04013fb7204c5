"""Cells of a spreadsheet that are what they are: numbers as numbers, texts never formulas."""

import unicodedata
from typing import Final

Cell = str | int | float | None

_STARTS: Final = frozenset("=+-@\t\r\n\0＝＋－＠")
"""What a spreadsheet may take for a formula (security T19)."""


def safe(cell: Cell) -> Cell:
    """The cell as it may be written to a file; a text that looks like a formula gets a quote."""
    if not isinstance(cell, str):
        return cell
    text = "".join(sign for sign in cell if sign in "\t\n\r" or _readable(sign))
    looks = cell[:1] in _STARTS or text.lstrip()[:1] in _STARTS
    return f"'{text}" if looks and text else text


def _readable(sign: str) -> bool:
    """Whether a file can hold it: no control sign, no half of a pair, no hole in Unicode."""
    return unicodedata.category(sign) not in {"Cc", "Cs", "Cn"}
