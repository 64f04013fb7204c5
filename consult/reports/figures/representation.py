"""The figure of the first reports, as the JSON that Plotly draws."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from math import log10
from textwrap import wrap
from typing import Any, Final

import plotly.graph_objects as go

from consult.reports.core.report import ORDINARY, Row, Table, Verdict

TICKS: Final = (0.125, 0.25, 0.5, 1, 2, 4, 8)
LEAST, MOST = 0.05, 20.0
"""The axis is logarithmic and never longer than this."""

_MARKS: Final = {
    Verdict.UNDER: ("triangle-left", "#a8370c"),
    Verdict.EQUAL: ("circle", "#484949"),
    Verdict.OVER: ("triangle-right", "#0f5257"),
}
_INK: Final = "#0b0c0c"
_QUIET: Final = "#cecece"
_BAND: Final = "#e8ecec"
_TEXT_SIZE: Final = 14
_ROW_HEIGHT: Final = 40
_LABEL_WIDTH: Final = 18


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a figure, in the language of the page.

    ``label`` names a group; ``together`` names the hidden groups together; ``verdicts`` explain
    the shapes; ``decimal`` is the decimal sign and the thousands separator, ``",."`` in Dutch.
    """

    label: Callable[[str], str]
    together: str
    axis: str
    verdicts: dict[Verdict, str]
    decimal: str


def representation_figure(table: Table, words: Words) -> dict[str, Any]:
    """The index of each group with its interval, on a line where 1 is an equal share.

    Groups stand in the order of the table, the first on top. What a group's verdict is shows in
    shape and colour both.
    """
    names = [_plain(words.label(row.group.label)) for row in table.rows]
    rows = list(table.rows)
    if table.together is not None:
        rows.append(table.together)
        names.append(_plain(words.together))
    placed = list(enumerate(rows))
    traces = [
        _dots([(place, row) for place, row in placed if row.verdict is verdict], verdict, words)
        for verdict in Verdict
    ]
    figure = go.Figure([*_ground(len(rows)), *traces], _layout(rows, names, words))
    drawn: dict[str, Any] = figure.to_plotly_json()
    return drawn


def _ground(rows: int) -> tuple[go.Scatter, go.Scatter]:
    """The band of ordinary indices and the line at 1.

    Traces and not shapes, since those lie below the grid or above the dots.
    """
    ends = [-0.5, rows - 0.5]
    low, high = ORDINARY
    still = {"showlegend": False, "hoverinfo": "skip", "mode": "lines"}
    band = go.Scatter(
        x=[low, high, high, low],
        y=[ends[0], ends[0], ends[1], ends[1]],
        fill="toself",
        fillcolor=_BAND,
        line={"width": 0},
        **still,
    )
    return band, go.Scatter(x=[1, 1], y=ends, line={"color": _INK, "width": 2}, **still)


def _dots(placed: list[tuple[int, Row]], verdict: Verdict, words: Words) -> go.Scatter:
    shape, colour = _MARKS[verdict]
    index = [_on_axis(row.index) for _, row in placed]
    low = [_on_axis(row.low) for _, row in placed]
    high = [_on_axis(row.high) for _, row in placed]
    return go.Scatter(
        x=index,
        y=[place for place, _ in placed],
        error_x={
            "type": "data",
            "symmetric": False,
            "array": [end - middle for end, middle in zip(high, index, strict=True)],
            "arrayminus": [middle - end for end, middle in zip(low, index, strict=True)],
            "color": colour,
            "thickness": 2,
            "width": 5,
        },
        mode="markers",
        marker={"symbol": shape, "color": colour, "size": 13},
        name=_plain(words.verdicts[verdict]),
        showlegend=True,
        hoverinfo="skip",
    )


def _layout(rows: list[Row], names: list[str], words: Words) -> dict[str, Any]:
    low = min([0.5, *(_on_axis(row.low) for row in rows)])
    high = max([2.0, *(_on_axis(row.high) for row in rows)])
    return {
        "template": "none",
        "height": 150 + _ROW_HEIGHT * len(rows),
        "margin": {"l": 8, "r": 16, "t": 8, "b": 8},
        "paper_bgcolor": "#ffffff",
        "plot_bgcolor": "#ffffff",
        "font": {"family": "system-ui, sans-serif", "size": _TEXT_SIZE, "color": _INK},
        "separators": words.decimal,
        "dragmode": False,
        "xaxis": {
            "type": "log",
            "range": [log10(low / 1.1), log10(high * 1.1)],
            "tickvals": list(TICKS),
            "tickangle": 0,
            "title": {
                "text": _plain(words.axis, width=24),
                "font": {"size": _TEXT_SIZE},
                "standoff": 12,
            },
            "gridcolor": _QUIET,
            "fixedrange": True,
            "automargin": True,
        },
        "yaxis": {
            "range": [len(rows) - 0.5, -0.5],
            "tickvals": list(range(len(rows))),
            "ticktext": names,
            "fixedrange": True,
            "automargin": True,
            "showgrid": False,
            "zeroline": False,
        },
        "legend": {"orientation": "h", "x": 0, "y": 1, "yanchor": "bottom", "yref": "paper"},
    }


def _on_axis(value: float) -> float:
    return min(max(value, LEAST), MOST)


def _plain(text: str, width: int = _LABEL_WIDTH) -> str:
    """Text that Plotly shows as it is, in lines that leave room on a phone.

    Plotly reads some HTML in texts, and names come from the register.
    """
    return "<br>".join(escape(line, quote=False) for line in wrap(text, width)) or " "
