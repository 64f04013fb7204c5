"""No text of a questionnaire becomes a formula in an export."""

import csv
import io
import zipfile

from hypothesis import given, settings
from hypothesis import strategies as st
from odf import table as odf_table
from odf.opendocument import load
from openpyxl import load_workbook

from consult.surveys.actions.exporting import write
from consult.surveys.core.counts.cells import safe

STARTS = "=+-@\t\r\n\0＝＋－＠"
hostile = st.one_of(
    st.text(max_size=30),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", " ", "\u00a0", "\ufeff", "\n"]),
        st.sampled_from(STARTS),
        st.text(max_size=20),
    ),
    st.sampled_from(["=cmd|'/c calc'!A1", '=HYPERLINK("http://x")', "@SUM(1)", "-1+1", "\0=1"]),
)


@given(hostile)
def test_no_text_starts_as_a_formula_does(text: str) -> None:
    told = safe(text)
    assert isinstance(told, str)
    assert not told or told[0] not in STARTS
    assert not told.strip() or told.strip()[0] not in STARTS
    assert "\0" not in told


@given(st.one_of(st.integers(), st.floats(allow_nan=False), st.none()))
def test_numbers_stay_numbers(number: float | None) -> None:
    assert safe(number) == number
    assert type(safe(number)) is type(number)


@given(st.lists(hostile, min_size=1, max_size=4))
@settings(max_examples=30, deadline=None)
def test_every_kind_of_file_holds_texts_as_texts_and_numbers_as_numbers(texts: list[str]) -> None:
    row = [*(safe(text) for text in texts), 7, -0.25]
    made = {"cijfers": [row]}
    sheet = load_workbook(io.BytesIO(write("xlsx", made)))["cijfers"]
    [cells] = list(sheet.iter_rows())
    assert all(cell.data_type != "f" for cell in cells)
    assert [cell.value for cell in cells[-2:]] == [7, -0.25]
    kept = load(io.BytesIO(write("ods", made))).getElementsByType(odf_table.TableCell)
    assert all(cell.getAttribute("formula") is None for cell in kept)
    assert [cell.getAttribute("value") for cell in kept[-2:]] == ["7", "-0.25"]
    with zipfile.ZipFile(io.BytesIO(write("csv", made))) as archive:
        told = archive.read("cijfers.csv").decode("utf-8-sig")
    [line] = csv.reader(io.StringIO(told, newline=""), strict=True)
    assert line[-2:] == ["7", "-0.25"]
    assert line[:-2] == row[:-2]
