"""Printing letters; following a consultation by mail, and telling those who do."""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache

import segno
from babel.dates import format_datetime
from jinja2 import Template
from sqlalchemy.orm import Session

from consult.clock import AMSTERDAM
from consult.config import ROOT
from consult.delivery import store
from consult.delivery.core import (
    Letter,
    LetterSheet,
    Mailing,
    Recipient,
    Square,
    name_of,
    seal,
    square,
    unseal,
)
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


def send(session: Session, now: datetime, key: bytes, mailing: Mailing, to: Recipient) -> None:
    """Put one mail in the outbox; the second of the same round to the same person is none.

    ``key`` is ``settings.key("delivery.addresses")``, here and below.
    """
    store.enqueue(session, now, mailing, [(to.id, _sealed(key, to))])


def follow(session: Session, key: bytes, consultation_id: str, address: str, language: str) -> None:
    """Keep an address of which somebody showed that it is hers; a second time adds nothing."""
    row = name_of(key, consultation_id, address)
    body = seal(key, {"address": address, "language": language})
    store.put_follower(session, consultation_id, (row, body))


def unfollow(session: Session, follower_id: str) -> None:
    """Erase an address."""
    store.drop_follower(session, follower_id)


def tell(session: Session, now: datetime, key: bytes, mailing: Mailing, stop: str) -> None:
    """Put a mail in the outbox for everybody who follows; the same round once, for each of them.

    ``stop`` is the address under which a follower ends it, before her hash.
    """
    found = store.followers(session, mailing.consultation_id)
    store.enqueue(session, now, mailing, list(_mails(key, found, stop)))


def _mails(key: bytes, found: Iterable[store.Row], stop: str) -> Iterator[store.Row]:
    for follower_id, body in found:
        held = unseal(key, body)
        if held is not None:
            link = f"{stop}{follower_id}"
            yield follower_id, _sealed(key, Recipient(follower_id, link=link, stop=link, **held))


def _sealed(key: bytes, to: Recipient) -> bytes:
    """What the outbox keeps of a person, without the hash that it stands under."""
    held = {"address": to.address, "language": to.language, "link": to.link, "stop": to.stop}
    return seal(key, held)
