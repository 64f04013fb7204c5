"""Printing letters."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from functools import cache

import segno
from babel.dates import format_datetime
from jinja2 import Template

from consult.clock import AMSTERDAM
from consult.config import ROOT
from consult.delivery.core import Letter, LetterSheet, Square, square
from consult.wording import templates

_PIECES_AT_ONCE = 64


def letters(sheet: LetterSheet, rows: Iterable[Letter]) -> Iterator[str]:
    """A document to print, one letter on each page, in pieces of text as they are made.

    Letters are written in Dutch with a short part in English, whatever the language of the
    person who prints them. Memory does not grow with their number. The document carries its own
    style, for codes are handed over once, in a file that must print anywhere.
    """
    stream = _template().stream(
        sheet=sheet,
        style=_style(),
        letters=_with_squares(rows),
        deadline_nl=_moment(sheet, "EEEE d MMMM yyyy, HH:mm 'uur'", "nl"),
        deadline_en=_moment(sheet, "EEEE d MMMM yyyy, HH:mm", "en"),
    )
    stream.enable_buffering(_PIECES_AT_ONCE)
    return stream


def _with_squares(rows: Iterable[Letter]) -> Iterator[tuple[Letter, Square]]:
    """Each letter with the QR code of its link.

    Trying all eight masks takes four fifths of the time. Links of one sheet differ in the digits
    of the code only, so the mask that is best for the first serves all.
    """
    mask = None
    for letter in rows:
        made = segno.make(letter.link, error="m", micro=False, mask=mask)
        mask = made.mask
        yield letter, square([bytes(row) for row in made.matrix])


def _moment(sheet: LetterSheet, pattern: str, language: str) -> str:
    return format_datetime(sheet.deadline, pattern, tzinfo=AMSTERDAM, locale=language)


def _style() -> str:
    """The style sheet as a URL that holds it."""
    style = (ROOT / "consult" / "static" / "css" / "consult.css").read_bytes()
    return f"data:text/css;base64,{b64encode(style).decode()}"


@cache
def _template() -> Template:
    return templates(autoescape=True).get_template("delivery/_letters.html")
