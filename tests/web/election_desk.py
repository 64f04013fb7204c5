"""What the tests of the election desk share."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from html import unescape
from io import BytesIO

import time_machine
from flask.testing import FlaskClient
from pypdf import PdfReader
from werkzeug.test import TestResponse

from consult.config import Settings
from consult.db.session import Database
from tests import elections as story
from tests.elections import NAMES, Running

Staff = Callable[..., FlaskClient]
DESK = "/raad/verkiezingen"
PLAN = {
    "title": "Bestuur 2027",
    "profile": "Wij zoeken mensen die kunnen luisteren.",
    "max_board": "3",
    "max_choices": "2",
    "reference_date": "2026-10-01",
    "opens_at": "2026-11-09T09:00",
    "closes_at": "2026-11-30T23:59",
    "seats_from": "2027-01-01",
    "seats_until": "2031-01-01",
}
CLEAR = [NAMES[:2], NAMES[:1], NAMES[:2], NAMES[2:3]]
TIED = [NAMES[:2], NAMES[:2], NAMES[2:]]


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def words(page: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", page)).split())


def errors(page: str) -> list[tuple[str, str]]:
    """What the summary of errors says: the field that it leads to, and the words."""
    summary = page.partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    found = re.findall(r'<li>(?:<a href="#(\w*)">)?(.*?)(?:</a>)?</li>', summary)
    return [(field, unescape(said)) for field, said in found]


def agree(client: FlaskClient, page: str) -> TestResponse:
    """Approve what the page shows, if it offers that."""
    shown = re.search(r'name="shown" value="(\w+)"', client.get(page).text)
    return client.post(page, data={"act": "approve", "shown": shown[1] if shown else ""})


def on_paper(file: bytes) -> list[str]:
    """The sixteen groups of the fingerprint that a PDF of the official record prints."""
    return re.findall(r"\b[0-9a-f]{4}\b", paper_words(file).partition("Zestien groepen")[2])[:16]


def paper_words(file: bytes) -> str:
    """What a PDF says."""
    return " ".join(
        word for page in PdfReader(BytesIO(file)).pages for word in page.extract_text().split()
    )


def sign(client: FlaskClient, base: str) -> TestResponse:
    """Sign the official record: read the paper, and type what the page leaves blank."""
    paper = on_paper(client.get(f"{base}/proces-verbaal.pdf").data)
    page = client.get(f"{base}/ondertekenen").text
    blank = [int(number) for number in re.findall(r">Groep (\d+)</label>", page)]
    typed = dict(zip(("first", "second"), (paper[n - 1] for n in blank), strict=False))
    return client.post(f"{base}/ondertekenen", data=typed)


def counted(database: Database, settings: Settings, votes: Sequence[tuple[str, ...]]) -> Running:
    """An election of which the votes are opened."""
    with database.write() as session:
        run = story.running(session, settings)
        for code, names in zip(run.codes, votes, strict=False):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    return run
