"""Where everything stands in the drawing of a routing: rows from top to bottom, and a line from
each question to what is only asked because of its answer. In units of the drawing."""

from dataclasses import dataclass
from typing import Final

from consult.surveys.core.asking.conditions import Condition
from consult.surveys.core.asking.questionnaire import Questionnaire

WIDTH: Final = 400
ROW: Final = 46
BOX: Final = 36
RIGHT: Final = 320
_LANES: Final = 7
_INDENT: Final = 18


@dataclass(frozen=True, slots=True)
class Row:
    """A section (``is_section``) or a question, at ``x``, ``y`` and as wide as ``width``;
    ``depends``: whether not everybody comes by."""

    place: str
    is_section: bool
    depends: bool
    x: int
    y: int
    width: int


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a question to what depends on it, as the ``d`` of an SVG path."""

    source: str
    target: str
    path: str
    head: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """Rows and arrows, and how high all of it is."""

    rows: tuple[Row, ...]
    arrows: tuple[Arrow, ...]
    height: int


def drawing(questionnaire: Questionnaire) -> Drawing:
    """The drawing. Rules about what is not there, or comes later, have no arrow."""
    rows: list[Row] = []
    wanted: list[tuple[str, str]] = []
    for section in questionnaire.sections:
        outside = bool(section.when)
        rows.append(_row(len(rows), section.id, section=True, depth=0, depends=outside))
        wanted += _edges(section.when, section.id)
        for question in section.questions:
            depth = 1 + outside + bool(question.when)
            depends = outside or bool(question.when)
            rows.append(_row(len(rows), question.id, section=False, depth=depth, depends=depends))
            wanted += _edges(question.when, question.id)
    at = {row.place: row.y + BOX // 2 for row in rows}
    arrows = [
        _arrow(source, target, at[source], at[target], lane)
        for lane, (source, target) in enumerate(dict.fromkeys(wanted))
        if source in at and at[source] < at[target]
    ]
    return Drawing(tuple(rows), tuple(arrows), len(rows) * ROW + 8)


def _row(number: int, place: str, *, section: bool, depth: int, depends: bool) -> Row:
    x = 4 + depth * _INDENT
    return Row(place, section, depends, x, 4 + number * ROW, RIGHT - x)


def _edges(condition: Condition, target: str) -> list[tuple[str, str]]:
    return [(rule.question, target) for rule in condition.rules]


def _arrow(source: str, target: str, top: int, bottom: int, lane: int) -> Arrow:
    out = RIGHT + 18 + (lane % _LANES) * 9
    bend = min(12, (bottom - top) // 2)
    start, end = top + 4, bottom - 4
    path = (
        f"M{RIGHT} {start} H{out - bend} Q{out} {start} {out} {start + bend} "
        f"V{end - bend} Q{out} {end} {out - bend} {end} H{RIGHT + 8}"
    )
    head = f"M{RIGHT} {end} l9 -5 v10 z"
    return Arrow(source, target, path, head)
