"""What a report says: names, sentences, tables, and the file for a spreadsheet."""

import csv
import io

import pytest

from consult.reports.core.chain import Cell, Chain, Dimension
from consult.reports.core.report import Report, TooFew, report
from consult.reports.document import document_blocks, sections
from consult.reports.sheet import sheet
from consult.reports.wording import Wording
from consult.site.core import Bars, Block, Facts, Heading, Paragraph, Table


def plain(text: str, **facts: object) -> str:
    return text % facts if facts else text


WORDING = Wording(plain, "nl")
ENGLISH = Wording(plain, "en")


def cell(kind: str, age: str, place: str, base: int, participants: int) -> Cell:
    return Cell(kind, age, place, base, base, participants)


MADE = report(
    Chain(
        (
            cell("tenant", "18-34", "Noord", 1_500, 45),
            cell("tenant", "35-49", "Noord", 2_000, 210),
            cell("tenant", "75+", "Zuid", 500, 60),
            cell("tenant", "75+", "=Zuid+1", 40, 15),
            cell("owner", "unknown", "", 25, 4),
            cell("entrepreneur", "65-74", "Oost", 6, 3),
        )
    )
)
assert isinstance(MADE, Report)
AGES, PLACES, KINDS = sections(MADE, WORDING)


def test_the_finding_tells_who_is_missing_and_who_came_in_numbers_of_people() -> None:
    assert AGES.finding == (
        "Klanten van 18 t/m 34 jaar deden minder mee: "
        "13 van de 100 deelnemers, 37 van de 100 klanten. "
        "Niet getoonde groepen samen deden meer mee: "
        "64 van de 100 deelnemers, 50 van de 100 klanten. "
        "Ook meer: 75 jaar en ouder."
    )


def test_groups_that_are_all_hidden_have_no_finding() -> None:
    made = report(
        Chain((cell("tenant", "18-34", "A", 500, 60), cell("owner", "18-34", "A", 20, 5)))
    )
    assert isinstance(made, Report)
    kinds = sections(made, WORDING)[2]
    assert kinds.finding == "De groepen zijn te klein om te tonen."
    assert [row[0] for row in kinds.table.rows] == [
        "Kopers",
        "Huurders van een woning",
        "Niet getoonde groepen samen",
        "Iedereen",
    ]


def test_equal_groups_are_said_to_be_equal() -> None:
    made = report(
        Chain((cell("tenant", "18-34", "A", 500, 50), cell("owner", "35-49", "B", 500, 50)))
    )
    assert isinstance(made, Report)
    for section in sections(made, WORDING):
        assert section.finding == "Geen groep deed duidelijk meer of minder mee dan de andere."


@pytest.mark.parametrize(
    ("dimension", "label", "name", "people"),
    [
        (Dimension.AGE_BAND, "0-17", "Jonger dan 18 jaar", "Klanten jonger dan 18 jaar"),
        (
            Dimension.AGE_BAND,
            "50-64",
            "50 t/m 64 jaar",
            "Klanten van 50 t/m 64 jaar",
        ),
        (Dimension.AGE_BAND, "75+", "75 jaar en ouder", "Klanten van 75 jaar en ouder"),
        (Dimension.AGE_BAND, "unknown", "Leeftijd onbekend", "Klanten van onbekende leeftijd"),
        (Dimension.NEIGHBOURHOOD, "Feijenoord", "Feijenoord", "Klanten uit Feijenoord"),
        (Dimension.NEIGHBOURHOOD, "", "Wijk onbekend", "Klanten zonder wijk"),
        (Dimension.KIND, "tenant", "Huurders van een woning", "Huurders van een woning"),
        (Dimension.KIND, "owner", "Kopers", "Kopers"),
        (Dimension.KIND, "entrepreneur", "Ondernemers", "Ondernemers"),
    ],
)
def test_every_group_has_a_name_and_its_people_too(
    dimension: Dimension, label: str, name: str, people: str
) -> None:
    assert WORDING.group(dimension, label) == name
    assert WORDING.people(dimension, label) == people


def test_numbers_are_written_as_the_language_does() -> None:
    assert (WORDING.whole(12_345), WORDING.decimal(1.041), WORDING.percent(0.125)) == (
        "12.345",
        "1,04",
        "12,5\u00a0%",
    )
    assert (ENGLISH.whole(12_345), ENGLISH.decimal(1.041), ENGLISH.percent(0.125)) == (
        "12,345",
        "1.04",
        "12.5\u00a0%",
    )


def test_the_table_holds_the_numbers_of_each_group_and_of_everybody() -> None:
    young, *_, everybody = AGES.table.rows
    assert young == (
        "18 t/m 34 jaar",
        "1.500",
        "1.500",
        "45",
        "3,0\u00a0%",
        "36,8\u00a0%",
        "13,4\u00a0%",
        "0,36",
        "0,28 – 0,47",
    )
    assert everybody[:5] == ("Iedereen", "4.071", "4.071", "337", "8,3\u00a0%")


def test_a_hidden_group_has_a_dash_for_every_number_that_tells_on_it() -> None:
    rows = {row[0]: row for row in KINDS.table.rows}
    assert rows["Ondernemers"] == ("Ondernemers", *["–"] * 8)
    assert rows["Kopers"] == ("Kopers", "25", "25", *["–"] * 6)


def test_a_publication_tells_totals_findings_bars_and_tables() -> None:
    kinds = [type(block) for block in document_blocks(MADE, plain)]
    per_dimension: list[type[Block]] = [Heading, Paragraph, Bars, Table, Paragraph]
    assert kinds == [Facts, *per_dimension * 3, Heading, *[Paragraph] * 5]


def test_too_few_people_are_told_in_words_only() -> None:
    (only,) = document_blocks(TooFew(), plain)
    assert isinstance(only, Paragraph)
    assert "te weinig mensen" in only.text


def test_a_publication_is_the_same_in_another_language_but_for_words_and_signs() -> None:
    dutch, english = document_blocks(MADE, plain), document_blocks(MADE, plain, "en")
    assert [type(block) for block in dutch] == [type(block) for block in english]
    assert english[0] == Facts(
        (
            ("Klanten op de peildatum", "4,071"),
            ("Uitgenodigd", "4,071"),
            ("Deden mee", "337 (8.3\u00a0%)"),
        )
    )


def lines(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))


def test_the_file_has_a_line_for_each_group_and_the_same_hidden_cells() -> None:
    head, *rows = lines(sheet(MADE, WORDING))
    assert {len(row) for row in rows} == {len(head)}
    shown = [row for section in (AGES, PLACES, KINDS) for row in section.table.rows[:-1]]
    assert [row[1].lstrip("'") for row in rows] == [row[0] for row in shown]
    assert [[cell == "–" for cell in row[2:6]] for row in rows] == [
        [cell == "–" for cell in row[1:5]] for row in shown
    ]


def test_no_cell_of_the_file_can_be_taken_for_a_formula() -> None:
    names = [row[1] for row in lines(sheet(MADE, WORDING))]
    assert "'=Zuid+1" in names
    assert [name for name in names if name.startswith(("=", "+", "-", "@"))] == []


def test_the_file_opens_as_it_is_in_a_dutch_spreadsheet() -> None:
    text = sheet(MADE, WORDING)
    assert text.startswith('\ufeff"Verdeling";')
    assert '"1500";"1500";"45";"0,030000"' in text
    assert '"0.030000"' in sheet(MADE, ENGLISH)
