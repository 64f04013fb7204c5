"""What a figure is: a finding, a drawing, and the same numbers in a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from consult.site.core import Table

Asked = Callable[[str, str | None], str]
"""The words of a question (option ``None``) or of one of its options, by their codes."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One finding and how it looks.

    ``name``: for addresses and files, ASCII, unique within a report. ``title``: the finding in a
    sentence. ``caption``: numbers of people, and how to read it. ``description``: what there is to
    see, for who does not see it. ``table``: all numbers, also those that found no room in the
    drawing. ``drawn``: Plotly's data and layout, of the subset that
    :mod:`consult.reports.figures.canvas` makes.
    """

    name: str
    title: str
    caption: str
    description: str
    table: Table
    drawn: dict[str, Any]
