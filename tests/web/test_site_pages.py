"""The public pages."""

import gzip
import hashlib
import re
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient

from consult.actor import SYSTEM
from consult.clock import now
from consult.db.session import Database
from consult.site.actions import announce, publish
from consult.site.core import (
    Bars,
    Block,
    Document,
    Facts,
    Heading,
    Link,
    Paragraph,
    Publication,
    Table,
    Text,
    read,
)

HOSTILE = "<script>alert(1)</script>{{ 7*7 }}"
PAGES = ("/", "/uitslagen", "/privacy", "/toegankelijkheid", "/hoe-werkt-het")


def put(
    database: Database, *blocks: Block, at: datetime, english: bool = True, title: str = "Uitslag"
) -> Publication:
    texts = {"nl": Text(title, blocks)}
    if english:
        texts["en"] = Text("Result", (Paragraph("In English."),))
    with database.write() as session:
        return publish(session, SYSTEM, at, Document("uitslag", "consultation", texts))


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_a_public_page_opens_in_each_language(
    client: FlaskClient, path: str, language: str
) -> None:
    answer = client.get(path, query_string={"taal": language})
    assert answer.status_code == 200
    assert f'<html lang="{language}" dir="ltr">' in answer.text
    assert answer.text.count("<h1") == 1
    assert 'href="tel:' in answer.text


def test_the_language_switch_keeps_the_page(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    put(database, at=at)
    page = client.get("/uitslagen/uitslag?versie=1").text
    assert 'href="?versie=1&amp;taal=en" lang="en"' in page


def test_the_first_page_shows_what_is_open_and_what_comes(
    client: FlaskClient, database: Database
) -> None:
    day = timedelta(days=1)
    with database.write() as session:
        for slug, title, href, opens, kind in (
            ("tuin", "Denk mee over de tuin", "/meedoen", -day, "consultation"),
            ("raad", "Kies de raad", "/stemmen", -day, "election"),
            ("straks", "Straks aan de beurt", "/straks", day, "consultation"),
        ):
            texts = {"nl": Text(title, (Paragraph("Eerste regel."), Paragraph("Tweede regel.")))}
            announce(session, slug, texts, href, now() + opens, now() + 2 * day, kind)
    page = client.get("/").text
    assert 'href="/meedoen">Meedoen</a>' in page
    assert 'href="/stemmen">Stemmen</a>' in page
    assert "Straks aan de beurt" in page
    assert 'href="/straks"' not in page
    assert "Eerste regel." in page
    assert "Tweede regel." not in page


def test_the_first_page_says_so_when_nothing_is_open(client: FlaskClient) -> None:
    page = client.get("/").text
    assert "Er is nu niets open." in page
    assert "Er zijn nog geen uitslagen." in page


def test_a_document_shows_each_kind_of_block_and_escapes_it(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    put(
        database,
        Heading(HOSTILE),
        Paragraph(f"{HOSTILE}\n\nTweede alinea"),
        Table(HOSTILE, (HOSTILE, HOSTILE), ((HOSTILE, 3),), (1,)),
        Bars(HOSTILE, ((HOSTILE, 60, HOSTILE, 600),)),
        Facts(((HOSTILE, HOSTILE),)),
        Link(HOSTILE, "/ergens"),
        at=at,
        title=HOSTILE,
    )
    page = client.get("/uitslagen/uitslag").text
    assert "<script" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7*7 }}") == 14
    assert "<p>Tweede alinea</p>" in page
    assert '<a href="/ergens">' in page


def test_a_folded_table_is_shown_when_asked_to(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    plain = Table("Open", ("Groep", "Mensen"), (("Noord", 30),), (1,))
    made = put(database, plain, replace(plain, caption="Gevouwen", folded=True), at=at)
    page = client.get("/uitslagen/uitslag").text
    before, _, inside = page.partition("<details")
    assert "Open" in before
    assert "Gevouwen" in inside.partition("</details>")[0]
    assert page.count("<details") == 1
    assert read(made.canonical) == made


def test_a_document_is_read_in_the_language_of_the_reader(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    put(database, at=at)
    assert "In English." in client.get("/uitslagen/uitslag?taal=en").text
    assert "In English." not in client.get("/uitslagen/uitslag?taal=nl").text


def test_a_document_that_is_in_dutch_only_says_so_in_other_languages(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    put(database, Paragraph("Alleen Nederlands."), at=at, english=False)
    page = client.get("/uitslagen/uitslag?taal=en").text
    assert '<article lang="nl" dir="ltr">' in page
    assert "Alleen Nederlands." in page
    assert "notice--info" in page


def test_an_old_version_stays_and_says_that_it_is_old(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    first = put(database, Paragraph("Eerst zo."), at=at)
    second = put(database, Paragraph("Nu zo."), at=at + timedelta(days=1))
    old = client.get("/uitslagen/uitslag?versie=1").text
    assert "Eerst zo." in old
    assert first.sha256 in old
    assert "Dit is een oude versie" in old
    newest = client.get("/uitslagen/uitslag").text
    assert "Nu zo." in newest
    assert second.sha256 in newest
    assert "Dit is een oude versie" not in newest
    assert 'href="/uitslagen/uitslag?versie=1"' in newest


def test_the_file_of_a_document_has_the_fingerprint_that_its_page_shows(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    first = put(database, Paragraph("Eerst zo."), at=at)
    put(database, Paragraph("Nu zo."), at=at + timedelta(days=1))
    answer = client.get("/uitslagen/uitslag.json?versie=1")
    assert answer.mimetype == "application/json"
    assert hashlib.sha256(answer.data).hexdigest() == first.sha256


@pytest.mark.parametrize(
    "path",
    ["/uitslagen/anders", "/uitslagen/anders.json", "/uitslagen/uitslag?versie=3", "/nergens"],
)
def test_what_is_not_there_is_not_found(
    client: FlaskClient, database: Database, at: datetime, path: str
) -> None:
    put(database, at=at)
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Deze pagina is er niet" in answer.text


def test_the_list_shows_the_newest_version_of_each_document(
    client: FlaskClient, database: Database, at: datetime
) -> None:
    put(database, at=at, title="Oude titel")
    put(database, at=at + timedelta(days=1), title="Nieuwe titel")
    page = client.get("/uitslagen").text
    assert "Nieuwe titel" in page
    assert "Oude titel" not in page


def test_the_first_page_is_small(client: FlaskClient) -> None:
    """At most 20 kB in 5 requests: the page, its style sheet and its icon, as a phone gets them."""
    page = client.get("/")
    parts = re.findall(r'<(?:link|script|img)\b[^>]* (?:href|src)="(/static/[^"]+)"', page.text)
    assert len(parts) + 1 <= 5
    size = len(gzip.compress(page.data))
    for part in parts:
        with client.get(part) as answer:
            size += len(gzip.compress(answer.data))
    assert size < 20_000
