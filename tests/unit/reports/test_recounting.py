"""A printed report computed again: what agrees, what does not, and what is no report."""

import json
from pathlib import Path
from typing import Any

import pytest

from consult import cli
from consult.reports.core.chain import Cell, Chain, Dimension, Group
from consult.reports.core.edition import Readers, Report
from consult.reports.core.making import make
from consult.reports.telling.numbers import differences, groups
from consult.reports.telling.sheet import csv_of
from consult.reports.telling.wording import Wording
from consult.site.core import Text

CAME = {"Noord": (20, 40, 60), "Oost": (30, 50, 80), "Zuid": (24, 44, 81), "West": (25, 45, 3)}
HOMES = (Group("flat", 4000, 4000, 400), Group("room", 833, 833, 99), Group("house", 3, 3, 3))


def printed(readers: Readers, language: str) -> str:
    cells = tuple(
        Cell("tenant", age, place, 403, 403, came)
        for place, by_age in CAME.items()
        for age, came in zip(("18-34", "35-49", "50-64"), by_age, strict=True)
    )
    made = make(Chain(cells, {Dimension.DWELLING: HOMES}), readers)
    assert isinstance(made, Report)
    wording = Wording.of(language)
    tables = [shown for one in made.tables for shown in groups(one, made.total, wording)]
    return csv_of(Text("T", (differences(made, wording), *tables)), wording)


def checked(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> tuple[int, dict[str, Any]]:
    file = tmp_path / "rapport.csv"
    file.write_text(text, encoding="utf-8")
    code = cli.main(["check-report", str(file)])
    return code, json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("readers", Readers)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_printed_number_of_both_editions_follows_from_the_printed_counts(
    readers: Readers, language: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, told = checked(printed(readers, language), tmp_path, capsys)
    assert (code, told["agreed"]) == (0, True)
    assert len(told["tables"]) == 4
    assert sum(len(table["rows"]) for table in told["tables"].values()) > 8
    for table in told["tables"].values():
        assert table["dissimilarity"] >= 0
        assert sum(row["share"] for row in table["rows"]) == pytest.approx(1)


@pytest.mark.parametrize(
    ("row", "column"), [("Noord", "Index"), ("Noord", "Deelname"), ("Oost", "Kans door toeval")]
)
def test_a_number_that_was_changed_is_found_and_named(
    row: str, column: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(Readers.INSIDE, "nl").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if f'"{row}";"{column}"' in line)
    start = lines[place].rsplit(";", 1)[0]
    lines[place] = f'{start};"0,777"\r\n'
    code, told = checked("".join(lines), tmp_path, capsys)
    assert (code, told["agreed"]) == (1, False)
    (wrong,) = told["tables"]["Wijk"]["unequal"]
    assert (wrong["label"], wrong["printed"]) == (row, 0.777)


def test_a_changed_count_is_found_by_what_follows_from_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(Readers.INSIDE, "nl").replace(
        '"Alle aantallen: wijk";"Noord";"Deden mee";120',
        '"Alle aantallen: wijk";"Noord";"Deden mee";140',
    )
    code, told = checked(text, tmp_path, capsys)
    assert code == 1
    assert {wrong["name"] for wrong in told["tables"]["Wijk"]["unequal"]} >= {
        "index", "rate", "dissimilarity",
    }  # fmt: skip


def test_a_changed_dissimilarity_is_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(Readers.OUTSIDE, "nl").splitlines(keepends=True)
    place = next(n for n, line in enumerate(lines) if '"Leeftijd";"Verschil"' in line)
    lines[place] = lines[place].rsplit(";", 1)[0] + ';"0,999"\r\n'
    code, told = checked("".join(lines), tmp_path, capsys)
    assert code == 1
    assert [wrong["name"] for wrong in told["tables"]["Leeftijd"]["unequal"]] == ["dissimilarity"]


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"\xff\xfe\x00", "reports.printed_unreadable"),
        (b"", "reports.no_tables"),
        (b"a;b;c;d\r\n", "reports.no_tables"),
        (b"Tabel;Rij;Kolom;Waarde\r\n", "reports.no_tables"),
        (b"Tabel;Rij;Kolom;Waarde\r\nx;y\r\n", "reports.printed_line"),
        (b"x" * (16 * 1024 * 1024 + 1), "reports.printed_unreadable"),
    ],
)
def test_what_is_no_report_is_refused_with_its_place(
    content: bytes, refused: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "rapport.csv"
    file.write_bytes(content)
    assert cli.main(["check-report", str(file)]) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert refused in told.err
    assert "rapport.csv" in told.err


@pytest.mark.parametrize("count", ["0", "-5", "1,5", "1e308"])
def test_a_count_that_is_none_is_refused_with_its_table_and_row(
    count: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = printed(Readers.INSIDE, "nl").splitlines(keepends=True)
    at = next(at for at, line in enumerate(lines) if '"Klanten"' in line and "Noord" in line)
    table, row, column, _ = lines[at].split(";")
    lines[at] = f'{table};{row};{column};"{count}"\r\n'
    file = tmp_path / "rapport.csv"
    file.write_text("".join(lines), encoding="utf-8")
    assert cli.main(["check-report", str(file)]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    for part in ("reports.printed_count", table.strip('"'), row.strip('"')):
        assert part in said.err


@pytest.mark.parametrize("said", ["nan", "inf"])
def test_what_is_no_number_is_no_number(
    said: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = printed(Readers.INSIDE, "nl")
    line = next(one for one in text.splitlines() if '"Index"' in one)
    changed = text.replace(line, f'{line.rpartition(";")[0]};"{said}"', 1)
    _, told = checked(changed, tmp_path, capsys)
    json.dumps(told, allow_nan=False)


def test_a_file_that_is_not_there_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["check-report", str(tmp_path / "nergens.csv")]) == 1
    assert "reports.printed_unreadable" in capsys.readouterr().err
