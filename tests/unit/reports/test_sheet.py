"""Files of a report: what is printed, as numbers, and never a formula."""

import csv
import io

import pytest
from openpyxl import load_workbook

from consult.reports.telling.sheet import csv_of, number_of, table_csv, xlsx_of
from consult.reports.telling.wording import Wording
from consult.site.core import Facts, Heading, Paragraph, Table, Text

DUTCH, ENGLISH = Wording.of("nl"), Wording.of("en")
AGES = Table(
    "Klanten en deelnemers: leeftijd",
    ("Leeftijd", "Klanten", "Deelname", "Index"),
    (
        ("18 t/m 34 jaar", 12345, "12,3\u00a0%", "0,56"),
        ("=HYPERLINK(1)", 20, "–", "–"),
    ),
    (1, 2, 3),
)
TEXT = Text(
    "Wie deden mee?",
    (
        Paragraph("Vooral ouderen deden mee."),
        Paragraph("Het kan toeval zijn."),
        Heading("In het kort"),
        Facts((("Uitgenodigd", 12345), ("Deden mee", "1.234 (10,0\u00a0%)"))),
        AGES,
        Heading("Zo is dit rapport gemaakt"),
        Facts((("Programma’s", "consult 1"),)),
    ),
)


def read(text: str) -> list[list[str]]:
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))


@pytest.mark.parametrize(
    ("said", "language", "number"),
    [
        ("1.234", "nl", 1234),
        ("1,234", "en", 1234),
        ("0,56", "nl", 0.56),
        ("12,3\u00a0%", "nl", 0.123),
        ("12.3\u00a0%", "en", 0.123),
        ("-2,1", "nl", -2.1),
        ("+2,1", "nl", 2.1),
        ("–", "nl", None),
        ("<\u00a00,1\u00a0%", "nl", None),
        ("18 t/m 34 jaar", "nl", None),
        ("", "nl", None),
    ],
)
def test_a_printed_number_is_that_number(said: str, language: str, number: float | None) -> None:
    assert number_of(said, language) == number


def test_the_file_has_a_line_for_every_number_of_every_table() -> None:
    head, *lines = read(csv_of(TEXT, DUTCH))
    assert head == ["Tabel", "Rij", "Kolom", "Waarde"]
    assert ["Klanten en deelnemers: leeftijd", "18 t/m 34 jaar", "Deelname", "0,123"] in lines
    assert ["In het kort", "Uitgenodigd", "In het kort", "12345"] in lines
    assert len(lines) == 2 + 6 + 1


def test_a_name_from_the_register_is_no_formula_in_any_file() -> None:
    assert "'=HYPERLINK(1)" in csv_of(TEXT, DUTCH)
    assert ';"=' not in csv_of(TEXT, DUTCH)
    book = load_workbook(io.BytesIO(xlsx_of(TEXT, DUTCH)))
    cells = [cell for sheet in book for row in sheet for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_the_table_of_a_figure_is_a_file_as_it_stands() -> None:
    assert read(table_csv(AGES, DUTCH)) == [
        ["Leeftijd", "Klanten", "Deelname", "Index"],
        ["18 t/m 34 jaar", "12345", "0,123", "0,56"],
        ["'=HYPERLINK(1)", "20", "–", "–"],
    ]


def test_an_english_file_has_points() -> None:
    table = Table("Ages", ("Age", "Rate"), (("75+", "12.3\u00a0%"),), (1,))
    assert read(table_csv(table, ENGLISH))[1] == ["75+", "0.123"]


def test_the_workbook_has_findings_tables_and_method_and_numbers_are_numbers() -> None:
    book = load_workbook(io.BytesIO(xlsx_of(TEXT, DUTCH)))
    assert book.sheetnames == ["Bevindingen", "Klanten en deelnemers  leeftijd", "Methode"]
    findings, ages, method = (list(sheet.values) for sheet in book)
    assert [row[0] for row in findings] == [
        "Wie deden mee?",
        "Vooral ouderen deden mee.",
        "Het kan toeval zijn.",
    ]
    assert ages[2] == ("18 t/m 34 jaar", 12345, 0.123, 0.56)
    assert ("Uitgenodigd", 12345) in method


def test_tables_whose_names_are_too_long_for_a_sheet_get_different_names() -> None:
    long = "Hoeveel van de klanten deden mee, per "
    text = Text("T", tuple(Table(f"{long}{by}", ("a", "b"), ()) for by in ("wijk", "leeftijd")))
    names = load_workbook(io.BytesIO(xlsx_of(text, DUTCH))).sheetnames
    assert len(set(names)) == len(names) == 4
    assert all(len(name) <= 31 for name in names)
