"""Documents: what may stand on the site, and the bytes of which the fingerprint is taken."""

import hashlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult.refusal import Refusal
from consult.site import core
from consult.site.core import Bars, Document, Facts, Heading, Link, Paragraph, Table, Text

AT = datetime(2026, 11, 22, 10, 0, 7, 123456, tzinfo=UTC)
TEXT = Text(
    "Uitslag",
    (
        Heading("Wat u zei"),
        Paragraph("Eerste.\n\nTweede."),
        Table("Cijfers", ("Wijk", "Aantal"), (("Noord", 12), ("Zuid", "–")), (1,)),
        Bars("Oordeel", (("Goed", 60, "60 %", 600), ("Slecht", "–", "–", None))),
        Facts((("Gestemd", 100), ("Gesloten", "ja"))),
        Link("Het archief", "/verkiezingen/1/archief"),
    ),
)
DOCUMENT = Document("uitslag-2026", "election", {"nl": TEXT})


def refused(document: Document) -> str:
    with pytest.raises(Refusal) as caught:
        core.publication(document, AT, None)
    return caught.value.code


def test_a_document_comes_back_from_its_canonical_bytes_as_it_was() -> None:
    published = core.publication(DOCUMENT, AT, None)
    assert published.document == DOCUMENT
    assert published.version == 1
    assert published.published_at == AT.replace(microsecond=0)
    assert core.read(published.canonical) == published


def test_lists_and_tuples_give_the_same_bytes() -> None:
    tuples = Text("T", (Table("c", ("a",), (("b",),)),))
    lists = Text("T", [Table("c", ["a"], [["b"]])])  # type: ignore[arg-type] # what callers may do
    one, other = (
        core.publication(replace(DOCUMENT, texts={"nl": t}), AT, None) for t in (tuples, lists)
    )
    assert one.canonical == other.canonical


def test_the_fingerprint_is_the_sha256_of_compact_sorted_json() -> None:
    published = core.publication(DOCUMENT, AT, None)
    content = json.loads(published.canonical)
    assert published.sha256 == hashlib.sha256(published.canonical).hexdigest()
    again = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert again.encode() == published.canonical
    assert content["published_at"] == "2026-11-22T10:00:07+00:00"


def test_a_new_version_names_the_fingerprint_of_the_one_before() -> None:
    first = core.publication(DOCUMENT, AT, None)
    second = core.publication(DOCUMENT, AT + timedelta(days=1), first)
    assert second.version == 2
    assert json.loads(first.canonical)["previous_sha256"] is None
    assert json.loads(second.canonical)["previous_sha256"] == first.sha256


def test_a_document_is_the_same_only_when_every_text_is() -> None:
    published = core.publication(DOCUMENT, AT, None)
    assert core.same(DOCUMENT, published)
    assert not core.same(replace(DOCUMENT, kind="consultation"), published)
    assert not core.same(replace(DOCUMENT, texts={"nl": TEXT, "en": TEXT}), published)


@pytest.mark.parametrize(
    "slug",
    ["", "Uitslag", "uitslag 2026", "uitslag/2026", "-uitslag", "2026", "é", "a" * 81, "a\n"],
)
def test_a_slug_that_is_no_plain_address_is_refused(slug: str) -> None:
    assert refused(replace(DOCUMENT, slug=slug)) == "site.slug_unusable"


def test_a_document_without_dutch_is_refused() -> None:
    assert refused(replace(DOCUMENT, texts={"en": TEXT})) == "site.no_dutch"


def test_a_text_without_a_title_is_refused() -> None:
    assert refused(replace(DOCUMENT, texts={"nl": TEXT, "en": Text(" ")})) == "site.no_title"


@pytest.mark.parametrize(
    "href",
    [
        "javascript:alert(1)",
        "data:text/html,x",
        "http://voorbeeld.nl",
        "//elders.nl",
        "/\\elders.nl",
        "",
        "/a b",
    ],
)
def test_a_link_that_leads_nowhere_safe_is_refused(href: str) -> None:
    text = Text("T", (Link("hier", href),))
    assert refused(replace(DOCUMENT, texts={"nl": text})) == "site.link_unusable"


@pytest.mark.parametrize("href", ["/", "/uitslagen/a?versie=1", "https://voorbeeld.nl/x", "#deel"])
def test_a_link_to_this_site_or_an_https_address_is_kept(href: str) -> None:
    text = Text("T", (Link("hier", href),))
    assert core.publication(replace(DOCUMENT, texts={"nl": text}), AT, None).version == 1


def test_a_table_with_a_row_of_another_length_is_refused() -> None:
    text = Text("T", (Table("c", ("a", "b"), (("x",),)),))
    assert refused(replace(DOCUMENT, texts={"nl": text})) == "site.table_ragged"


def test_an_announcement_that_closes_before_it_opens_is_refused() -> None:
    upside_down = core.Announcement("x", "election", {"nl": TEXT}, "/stemmen", AT, AT)
    with pytest.raises(Refusal, match=r"site\.closes_before_opening"):
        core.check_period(upside_down)


def test_an_announcement_is_open_from_its_opening_until_its_closing() -> None:
    hour = timedelta(hours=1)
    found = core.Announcement("x", "election", {"nl": TEXT}, "/stemmen", AT, AT + hour)
    assert not found.is_open(AT - timedelta(microseconds=1))
    assert found.is_open(AT)
    assert not found.is_open(AT + hour)
