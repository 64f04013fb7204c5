"""The sheet of letters: what each letter holds, and that it comes in pieces."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import islice

import segno

from consult.delivery.actions import letters
from consult.delivery.core import QUIET_ZONE, Letter, LetterSheet, square

SHEET = LetterSheet(
    council="Klantenraad <Test>",
    title="Schone portieken",
    deadline=datetime(2026, 12, 1, 11, 0, tzinfo=UTC),
    address="raad.example/meedoen",
    helpline="010 000 00 00",
)
LETTER = Letter("=K-0001", "1234-5678-9012-3457", "https://raad.example/m#1234567890123457")


def test_a_letter_holds_number_code_deadline_help_and_a_line_in_english() -> None:
    text = "".join(letters(SHEET, [LETTER]))
    for part in (
        "=K-0001",
        "1234-5678-9012-3457",
        "dinsdag 1 december 2026, 12:00 uur",
        "Tuesday 1 December 2026, 12:00",
        "raad.example/meedoen",
        "010 000 00 00",
        "Klantenraad &lt;Test&gt;",
    ):
        assert part in text


def test_the_sheet_has_no_inline_style_or_script() -> None:
    text = "".join(letters(SHEET, [LETTER]))
    assert "style=" not in text
    assert "<script" not in text
    assert "<style" not in text


def test_the_sheet_asks_for_nothing_outside_itself() -> None:
    text = "".join(letters(SHEET, [LETTER]))
    assert re.findall(r'(?:href|src)="([a-z]+:)', text) == ["data:"]


def test_the_drawn_square_is_the_qr_code_of_the_link() -> None:
    made = segno.make(LETTER.link, error="m", micro=False)
    drawn = square([bytes(row) for row in made.matrix])
    dark = set()
    for part in drawn.path.split("z")[:-1]:
        corner, width = part.split("h")[0][1:], int(part.split("h")[1].split("v")[0])
        x, y = (int(number) for number in corner.split(" "))
        dark |= {(x + step, y) for step in range(width)}
    assert drawn.side == len(made.matrix) + 2 * QUIET_ZONE
    assert dark == {
        (x + QUIET_ZONE, y + QUIET_ZONE)
        for y, row in enumerate(made.matrix)
        for x, module in enumerate(row)
        if module
    }


def test_letters_are_made_as_they_are_read() -> None:
    asked = 0

    def rows() -> Iterator[Letter]:
        nonlocal asked
        while True:
            asked += 1
            yield LETTER

    assert all(islice(letters(SHEET, rows()), 3))
    assert asked < 100
