"""A finished document on paper: a PDF with its own letters, a title, a language and tags.

Tags say what is a heading, a paragraph, a table with its cells, so that a screen reader can read
it. The same document gives the same bytes: nothing in the file depends on the clock.
"""

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple

from babel.numbers import format_decimal
from fpdf import FPDF, ViewerPreferences
from fpdf.enums import Align, MethodReturnValue
from fpdf.structure_tree import StructElem

from consult.site import drawn
from consult.site.core import Bars, Block, Cell, Facts, Heading, Link, Paragraph, Table, Text
from consult.site.pictures import Picture
from consult.site.tags import Tags
from consult.wording import gettext

_FONTS: Final = Path(__file__).parent / "fonts"
_FONT: Final = "NotoSans"
_MARGIN: Final = 20.0
_FOOT: Final = 22.0
_SIZE: Final = 10.5
_BETWEEN: Final = 2  # millimetres between columns
_LINE: Final = 5.4  # millimetres between lines of running text
_INK: Final = (20, 32, 38)
_RULE: Final = (150, 158, 160)

logging.getLogger("fontTools").setLevel(logging.ERROR)  # it tells every table that it leaves out


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands around the text: in which language it is, who made it, for which moment.

    ``address`` is put before links to this site: paper leads nowhere by itself.
    """

    language: str
    author: str
    moment: datetime
    address: str


@lru_cache(maxsize=8)
def pdf(text: Text, sheet: Sheet) -> bytes:
    """The document as a file of A4 pages.

    The last few are kept: choosing the letters for a file takes longer than all the rest.
    """
    paper = _Paper(text.title, sheet)
    with paper.tagged("H1"):
        paper.lines(text.title, size=20, bold=True, after=4)
    for block in text.blocks:
        _put(paper, block)
    return bytes(paper.output())


class _Columns(NamedTuple):
    """The columns of a table; an empty head is none."""

    head: tuple[str, ...]
    widths: Sequence[float]
    numeric: Sequence[int] = ()

    def align(self, place: int) -> Align:
        """Numbers stand to the right."""
        return Align.R if place in self.numeric else Align.L


class _Paper(FPDF):
    """Pages, each thing on them with its tag; a footer that screen readers pass over."""

    def __init__(self, title: str, sheet: Sheet) -> None:
        super().__init__(format="A4", unit="mm")
        self.sheet = sheet
        self.words = gettext(sheet.language)
        self.struct_builder = self.tags = Tags()
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(auto=False)
        self.set_title(title)
        self.set_author(sheet.author)
        self.set_producer("Consult")
        self.set_lang(sheet.language)
        self.set_creation_date(sheet.moment.astimezone(UTC))
        self.viewer_preferences = ViewerPreferences(display_doc_title=True)
        self.add_font(_FONT, "", _FONTS / "NotoSans-Regular.ttf")
        self.add_font(_FONT, "B", _FONTS / "NotoSans-Bold.ttf")
        self.set_text_color(*_INK)
        self.set_draw_color(*_RULE)
        self.add_page()

    def footer(self) -> None:
        """The title and the number of the page; no part of the text."""
        _ = self.words
        number = _("Bladzijde %(number)s van %(all)s") % {"number": self.page_no(), "all": "{nb}"}
        self._out("/Artifact BMC")
        self.set_y(-_FOOT + 6)
        self.set_font(_FONT, "", 8)
        self.cell(0, 4, f"{self.title} – {number}", align=Align.C)
        self._out("EMC")

    @property
    def room(self) -> float:
        """Millimetres that are left on this page."""
        return float(self.h - _FOOT - self.y)

    @contextmanager
    def tagged(
        self, kind: str, inside: StructElem | None = None, instead: str = ""
    ) -> Iterator[None]:
        """What is written now is one thing of this kind. It must stay on its page.

        ``instead``: what is read out where it cannot be seen.
        """
        place = self.tags.mark(self.page, kind, inside, instead)
        self.pages[self.page].struct_parents = self.tags.page(self.page)
        self._out(f"/{kind} <</MCID {place}>> BDC")
        yield
        self._out("EMC")

    def split(
        self, said: str, width: float, *, size: float = _SIZE, bold: bool = False
    ) -> list[str]:
        """The lines that a text takes up in a column."""
        self.set_font(_FONT, "B" if bold else "", size)
        found: Any = self.multi_cell(
            width, _LINE, said, dry_run=True, output=MethodReturnValue.LINES, align=Align.L
        )
        return [str(line) for line in found] or [""]

    def longest_word(self, said: str) -> float:
        """The width in millimetres below which a word of a cell would break, even in bold."""
        self.set_font(_FONT, "B", _SIZE)
        return max((float(self.get_string_width(word)) for word in said.split(" ")), default=0.0)

    def lines(
        self, said: str, *, size: float = _SIZE, bold: bool = False, after: float = 2.5
    ) -> None:
        """Running text over the whole width, from the margin down."""
        height = _LINE * size / _SIZE
        for line in self.split(said, self.epw, size=size, bold=bold):
            self.set_x(self.l_margin)
            self.cell(0, height, line)
            self.y += height
        self.y += after

    def paragraph(self, said: str, kind: str = "P") -> None:
        """A paragraph; what does not fit goes on, as a paragraph of its own, on the next page."""
        lines = self.split(said, self.epw)
        while lines:
            fits = int(self.room // _LINE)
            if fits < min(2, len(lines)):
                self.add_page()
                continue
            with self.tagged(kind):
                self.lines("\n".join(lines[:fits]))
            lines = lines[fits:]

    def row(self, cells: Sequence[str], columns: _Columns, table: StructElem) -> None:
        """One row of a table, with a line below it."""
        made, top, left = self.tags.within(table, "TR"), self.y + 1, float(self.l_margin)
        for place, (said, width) in enumerate(zip(cells, columns.widths, strict=True)):
            with self.tagged("TH" if place == 0 or cells is columns.head else "TD", made):
                lines = self.split(said, width - _BETWEEN, bold=cells is columns.head)
                for number, line in enumerate(lines):
                    self.set_xy(left, top + number * _LINE)
                    self.cell(width - _BETWEEN, _LINE, line, align=columns.align(place))
            left += width
        self.y = top + self.tall(cells, columns) - 1
        self._out("/Artifact BMC")
        self.line(self.l_margin, self.y, left, self.y)
        self._out("EMC")

    def tall(self, cells: Sequence[str], columns: _Columns) -> float:
        """The height of a row."""
        bold = cells is columns.head
        pairs = zip(cells, columns.widths, strict=True)
        return (
            max(len(self.split(said, width - _BETWEEN, bold=bold)) for said, width in pairs) * _LINE
            + 2
        )

    def rows(self, rows: Sequence[Sequence[str]], columns: _Columns) -> None:
        """A table; on every page that it reaches its head is repeated."""
        head = self.tall(columns.head, columns) if columns.head else 0
        table = None
        for row in rows:
            tall = self.tall(row, columns)
            if table is None or self.room < tall:
                if self.room < tall + head:
                    self.add_page()
                table = self.tags.top(self.page, "Table")
                if columns.head:
                    self.row(columns.head, columns, table)
            self.row(row, columns, table)
        self.y += 4


def _put(paper: _Paper, block: Block) -> None:
    match block:
        case Heading():
            _heading(paper, block)
        case Paragraph():
            _paragraph(paper, block)
        case Link():
            _link(paper, block)
        case Facts():
            _facts(paper, block)
        case Table():
            _table(paper, block)
        case Bars():
            _bars(paper, block)
        case Picture():
            _picture(paper, block)


def _heading(paper: _Paper, block: Heading) -> None:
    if paper.room < 6 * _LINE:
        paper.add_page()
    paper.y += 3
    with paper.tagged("H2"):
        paper.lines(block.text, size=14, bold=True, after=2)


def _paragraph(paper: _Paper, block: Paragraph) -> None:
    for part in block.text.split("\n\n"):
        if part.strip():
            paper.paragraph(part)


def _link(paper: _Paper, block: Link) -> None:
    href = block.href if block.href.startswith("https://") else paper.sheet.address + block.href
    paper.paragraph(f"{block.text}: {href}")


def _facts(paper: _Paper, block: Facts) -> None:
    rows = [(name, _shown(value, paper)) for name, value in block.rows]
    paper.rows(rows, _Columns((), (paper.epw * 0.4, paper.epw * 0.6)))


def _table(paper: _Paper, block: Table) -> None:
    rows = [[_shown(cell, paper) for cell in row] for row in block.rows]
    _captioned(paper, block.caption, block.head, rows, block.numeric)


def _bars(paper: _Paper, block: Bars) -> None:
    _ = paper.words
    rows = [[label, _shown(count, paper), share] for label, count, share, _bar in block.rows]
    _captioned(paper, block.caption, (_("Antwoord"), _("Aantal"), _("Deel")), rows, (1, 2))


def _picture(paper: _Paper, block: Picture) -> None:
    """Title, drawing and caption on one page, however tall the drawing is."""
    title = len(paper.split(block.title, paper.epw, bold=True)) * _LINE + 2
    caption = len(paper.split(block.caption, paper.epw)) * _LINE + 2
    most = float(paper.h - paper.t_margin - _FOOT) - title - caption - 1
    tall = drawn.height(block, most)
    if paper.room < title + tall + caption:
        paper.add_page()
    with paper.tagged("Caption"):
        paper.lines(block.title, bold=True, after=2)
    with paper.tagged("Figure", instead=f"{block.title}. {block.description}"):
        drawn.draw(paper, block, _FONT, most)
    paper.set_text_color(*_INK)
    paper.y += tall + 2
    if block.caption:
        paper.paragraph(block.caption)


def _captioned(
    paper: _Paper,
    caption: str,
    head: tuple[str, ...],
    rows: Sequence[Sequence[str]],
    numeric: Sequence[int],
) -> None:
    _caption(paper, caption)
    paper.rows(rows, _Columns(head, _widths(paper, [head, *rows]), numeric))


def _caption(paper: _Paper, caption: str) -> None:
    if paper.room < 5 * _LINE:
        paper.add_page()
    with paper.tagged("Caption"):
        paper.lines(caption, bold=True, after=1)


def _widths(paper: _Paper, rows: Sequence[Sequence[str]]) -> list[float]:
    """Columns in which no word or number breaks, and the wider the longer their texts are.

    Together as wide as the page; where not even the words fit, they shrink alike.
    """
    columns = list(zip(*rows, strict=True))
    around = _BETWEEN + 2 * float(paper.c_margin) + 0.1
    least = [max(map(paper.longest_word, column)) + around for column in columns]
    wishes = [min(max(map(len, column)) + 3, 40) for column in columns]
    left = float(paper.epw) - sum(least)
    if left < 0:
        return [width * float(paper.epw) / sum(least) for width in least]
    return [width + left * wish / sum(wishes) for width, wish in zip(least, wishes, strict=True)]


def _shown(value: Cell, paper: _Paper) -> str:
    if isinstance(value, int):
        return str(format_decimal(value, locale=paper.sheet.language))
    return value
