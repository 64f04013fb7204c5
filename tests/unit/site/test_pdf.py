"""A document on paper: readable, tagged, in its own letters, and always the same bytes."""

from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from typing import Any

import pytest
from pypdf import PdfReader

from consult.site.core import Bars, Block, Facts, Heading, Link, Paragraph, Table, Text
from consult.site.pdf import Sheet, pdf

MOMENT = datetime(2026, 12, 1, 22, 59, tzinfo=UTC)
SHEET = Sheet("nl", "Klantenraad", MOMENT, "https://stem.example.nl")
LETTERS = "Ayşe İbrahim Işıl Ğönül Łukasz Żółć Święta Čapek Ñandú Æøå ëïü ÀÉÎÕÜ Ωμέγα Привет €½–“”"


def read(*blocks: Block, title: str = "Proces-verbaal", sheet: Sheet = SHEET) -> PdfReader:
    return PdfReader(BytesIO(pdf(Text(title, blocks), sheet)))


def words(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def tags(reader: PdfReader) -> list[tuple[str, list[Any]]]:
    """The kinds of the elements at the top of the tree, each with its children."""
    document = reader.trailer["/Root"]["/StructTreeRoot"]["/K"][0]
    return [(one.get_object()["/S"], list(one.get_object()["/K"])) for one in document["/K"]]


def inner(kids: list[Any]) -> Iterator[Any]:
    for kid in kids:
        made = kid.get_object()
        if isinstance(made, dict):
            yield made
            yield from inner(list(made["/K"]))


def test_every_letter_that_names_here_are_written_with_is_on_the_paper() -> None:
    assert LETTERS in words(read(Paragraph(LETTERS)))


def test_the_letters_are_in_the_file() -> None:
    reader = read(Paragraph("Gewoon"), Heading("Vet"))
    fonts = reader.pages[0]["/Resources"]["/Font"]
    for font in fonts.values():
        [made] = font["/DescendantFonts"]
        assert "/FontFile2" in made.get_object()["/FontDescriptor"]
        assert "NotoSans" in font["/BaseFont"]


def test_it_has_a_title_an_author_a_language_and_shows_its_title() -> None:
    reader = read(Paragraph("Tekst"))
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.author) == ("Proces-verbaal", "Klantenraad")
    assert reader.metadata.creation_date == MOMENT
    root = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"]) == ("nl", True)
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712 - pypdf's own kind


def test_the_same_document_gives_the_same_bytes() -> None:
    text = Text("Zo", (Paragraph("Tekst"), Facts((("Aantal", 12),))))
    first = pdf(text, SHEET)
    pdf.cache_clear()
    assert pdf(text, SHEET) == first
    assert pdf(text, SHEET) != pdf(Text("Anders", text.blocks), SHEET)


def test_headings_paragraphs_and_tables_are_tagged_as_such() -> None:
    table = Table("Stemmen", ("Kandidaat", "Stemmen"), (("Anna", 3), ("Bilal", 2000)), (1,))
    found = tags(read(Heading("Kop"), Paragraph("Eén.\n\nTwee."), table, Facts((("Leeg", 0),))))
    assert [kind for kind, _ in found] == [
        *("/H1", "/H2", "/P", "/P", "/Caption", "/Table", "/Table")
    ]
    rows = found[5][1]
    cells = [[kid["/S"] for kid in inner(list(row.get_object()["/K"]))] for row in rows]
    assert cells == [["/TH", "/TH"], ["/TH", "/TD"], ["/TH", "/TD"]]
    assert all("/Pg" in made for made in inner(rows)), "each part says on which page it is"


def test_each_piece_of_marked_text_belongs_to_one_tag_of_its_page() -> None:
    reader = read(
        *[Paragraph("Lang. " * 300)] * 4, Table("T", ("A",), tuple(("x",) for _ in range(80)))
    )
    assert len(reader.pages) > 3
    tree = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    owners = dict(zip(tree[::2], tree[1::2], strict=True))
    for page in reader.pages:
        marked = page.get_contents().get_data().count(b"/MCID")  # type: ignore[union-attr]
        assert marked == len(owners[page["/StructParents"]])


def test_a_long_table_repeats_its_head_on_every_page_and_loses_no_row() -> None:
    rows = tuple((f"Rij {number:03}", number) for number in range(120))
    reader = read(Table("Veel", ("Naam", "Aantal"), rows, (1,)))
    said = [page.extract_text() for page in reader.pages]
    assert len(said) > 3
    assert all("Naam" in page for page in said)
    found = [word for page in said for word in page.split("\n") if word.startswith("Rij")]
    assert [f"Rij {number:03}" for number in range(120)] == [one[:7] for one in found]


@pytest.mark.parametrize("length", [1, 60, 3000])
def test_no_word_of_a_long_paragraph_is_lost(length: int) -> None:
    said = " ".join(f"woord{number}" for number in range(length))
    found = words(read(Paragraph(said)))
    assert [word for word in found.split() if word.startswith("woord")] == said.split()


def test_a_fingerprint_without_a_space_stays_inside_its_column() -> None:
    fingerprint = "0123456789abcdef" * 4
    reader = read(Facts((("Controlegetal", fingerprint),)))
    assert fingerprint in words(reader).replace(" ", "")


def test_links_are_told_with_their_whole_address_and_numbers_with_separators() -> None:
    said = words(
        read(
            Link("Alles", "/verkiezing/x/bundel.zip"),
            Link("Elders", "https://drand.example"),
            Facts((("Mochten stemmen", 12345),)),
            Bars("Antwoorden", (("Ja", 1000, "50 %", 500), ("Nee", "–", "", None))),
        )
    )
    assert "Alles: https://stem.example.nl/verkiezing/x/bundel.zip" in said
    assert "Elders: https://drand.example" in said
    assert "12.345" in said
    assert "Ja 1.000 50 %" in said


def test_pages_are_numbered_in_the_language_of_the_sheet() -> None:
    long = [Paragraph("Lang. " * 500)] * 3
    assert "Bladzijde 2 van" in words(read(*long))
    assert "Page 2 of" in words(read(*long, sheet=Sheet("en", "Council", MOMENT, "")))


def test_no_word_of_a_table_breaks_when_all_of_them_just_fit() -> None:
    head = ("Wijk", "Klanten", "Uitgenodigd", "Deden mee", "Deelname")
    head += ("Deel van de klanten", "Deel van de deelnemers")
    row = ("Scheepmakershoek", "1.295", "1.295", "11", "0,8 %", "6,5 %", "2,3 %")
    told = words(read(Table("Alle aantallen", head, (row,), (1, 2, 3, 4, 5, 6))))
    assert not {word for name in (*head, *row) for word in name.split()} - set(told.split())
