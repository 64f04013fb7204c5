"""The chain as one figure: how each stage is made up, from all customers to the board."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from consult.reports.core.chain import Stage
from consult.reports.core.edition import Body, Report, Seats, Table, Verdict
from consult.reports.figures.canvas import (
    NARROW,
    SIDE,
    SMALL,
    STEPS,
    Canvas,
    Frame,
    Key,
    Type,
)
from consult.reports.figures.figure import Figure
from consult.reports.figures.groups import NONE, joined, labelled, name, rows, unseen
from consult.reports.telling.wording import Wording
from consult.site.core import Cell
from consult.site.core import Table as TableBlock

MOST: Final = len(STEPS)
"""Groups that can be told apart in one bar."""
_LIGHT: Final = STEPS[:3]
_ROOM: Final = 30  # pixels that a number needs within its part of a bar


@dataclass(frozen=True, slots=True)
class Link:
    """One stage. ``parts``: the share of each group, ``said``: the same as it is told."""

    stage: Stage
    size: int
    parts: tuple[float, ...]
    said: tuple[str, ...]


def chain(report: Report, table: Table, words: Wording) -> Figure:
    """A bar per stage, parted into groups; what is known of no group is left open at its end."""
    _ = words.translate
    links = tuple(_links(report, table, words))
    return Figure(
        name=f"chain-{table.dimension.value}",
        title=_finding(report, table, words),
        caption=joined(
            _("Elke balk is een stap op weg, en telt op tot 100 procent."),
            _("Bij kandidaten en bestuur staan aantallen mensen.") if report.bodies else "",
            unseen(table, words),
        ),
        description=_("Per stap een balk die is verdeeld in groepen."),
        table=_table(table, links, words),
        drawn=_drawn(table, links, words),
    )


def fits(table: Table) -> bool:
    """Whether the groups of a table can be told apart in one bar."""
    return 1 < len(rows(table)) <= MOST


def _links(report: Report, table: Table, words: Wording) -> Iterator[Link]:
    found = rows(table)
    invited = [row.group.invited / max(1, report.total.invited) for row in found]
    sizes = report.total
    for stage, size, parts in (
        (Stage.BASE, sizes.base, [row.base_share for row in found]),
        (Stage.INVITED, sizes.invited, invited),
        (Stage.TOOK_PART, sizes.participants, [row.share.value for row in found]),
    ):
        yield Link(stage, size, tuple(parts), tuple(map(words.percent, parts)))
    for body in report.bodies:
        if table.dimension in body.seats:
            seated = _seated(table, body)
            parts = [(members or 0) / max(1, body.members) for members in seated]
            said = tuple(NONE if members is None else str(members) for members in seated)
            yield Link(body.stage, body.members, tuple(parts), said)


def _seated(table: Table, body: Body) -> list[int | None]:
    """Members of each row's group, as far as told; those of hidden groups count together."""
    members = {seats.label: seats.members for seats in body.seats[table.dimension]}
    found = [members.get(row.group.label) for row in table.rows]
    if table.together:
        hidden = [members.get(one.label) for one in table.hidden if one.label]
        told = [count for count in hidden if count is not None]
        found.append(sum(told) if told and len(told) == len(hidden) else None)
    return found


def _finding(report: Report, table: Table, words: Wording) -> str:
    _ = words.translate
    bodies = [body for body in report.bodies if body.seats.get(table.dimension)]
    if not bodies:
        return _(
            "Van %(all)s klanten deden er %(n)s mee",
            all=words.whole(report.total.base),
            n=words.whole(report.total.participants),
        )
    last = bodies[-1]
    return _seats(last, min(last.seats[table.dimension], key=_surprise), table, words)


def _surprise(seats: Seats) -> tuple[float, float]:
    return seats.chance, -abs(seats.members - seats.expected)


def _seats(body: Body, seats: Seats, table: Table, words: Wording) -> str:
    _ = words.translate
    facts = {
        "people": words.people(table.dimension, seats.label),
        "share": words.percent(seats.base_share),
        "members": seats.members,
        "of": body.members,
    }
    told = {
        Stage.CANDIDATES: _(
            "%(people)s: %(share)s van de klanten, %(members)s van %(of)s kandidaten", **facts
        ),
        Stage.SHORTLIST: _(
            "%(people)s: %(share)s van de klanten, %(members)s van %(of)s op de lijst", **facts
        ),
    }.get(
        body.stage,
        _("%(people)s: %(share)s van de klanten, %(members)s van %(of)s bestuursleden", **facts),
    )
    unsure = _("Dat kan toeval zijn.")
    return f"{told}. {unsure}" if seats.verdict is Verdict.EQUAL else told


def stages(words: Wording) -> Mapping[Stage, str]:
    """What the stages are called."""
    _ = words.translate
    return {
        Stage.BASE: _("Alle klanten"),
        Stage.INVITED: _("Uitgenodigd"),
        Stage.DELIVERED: _("Uitnodiging bezorgd"),
        Stage.TOOK_PART: _("Deden mee"),
        Stage.CANDIDATES: _("Kandidaten"),
        Stage.SHORTLIST: _("Voorselectie"),
        Stage.BOARD: _("Bestuur"),
        Stage.MEETING: _("Vergadering"),
    }


def _drawn(table: Table, links: Sequence[Link], words: Wording) -> dict[str, object]:
    canvas = Canvas()
    found = rows(table)
    looks = _spread(len(found))
    canvas.legend(
        Key("square", look, name(table, row, words)) for look, row in zip(looks, found, strict=True)
    )
    canvas.frame(Frame((0, 1)))
    called = stages(words)
    for link in links:
        labelled(canvas, called[link.stage], words.whole(link.size))
        _bar(canvas, link, looks)
        canvas.y += 8
    return canvas.drawn()


def _bar(canvas: Canvas, link: Link, looks: Sequence[str]) -> None:
    top, end = canvas.y + 2, canvas.y + 28
    start = 0.0
    for part, said, look in zip(link.parts, link.said, looks, strict=True):
        if part:
            ring = [(start, top), (start + part, top), (start + part, end), (start, end)]
            canvas.area([ring], look, outline="ground")
        if part * (NARROW - 2 * SIDE) >= _ROOM:
            kind = Type("light" if look in _LIGHT else "dark", "center", SMALL)
            canvas.said(_brief(said), start + part / 2, (top + end) / 2, kind, frame=2)
        start += part
    canvas.line([[(0, top), (1, top), (1, end), (0, end), (0, top)]], "quiet", 1)
    canvas.y = end


def _brief(said: str) -> str:
    """``27,0 %`` is ``27 %`` within a bar: the table has the decimals."""
    number, percent, sign = said.partition("\u00a0")
    if not percent:
        return said
    return f"{float(number.replace(',', '.')):.0f}{percent}{sign}"


def _spread(count: int) -> list[str]:
    """As many steps as there are groups, as far apart as can be."""
    last = len(STEPS) - 1
    return [STEPS[round(place * last / max(1, count - 1))] for place in range(count)]


def _table(table: Table, links: Sequence[Link], words: Wording) -> TableBlock:
    _ = words.translate
    called = stages(words)
    head = (words.dimension(table.dimension), *(called[link.stage] for link in links))
    found: list[tuple[Cell, ...]] = [
        (name(table, row, words), *(link.said[place] for link in links))
        for place, row in enumerate(rows(table))
    ]
    if any(hidden.label for hidden in table.hidden):
        found[len(table.rows) : len(table.rows)] = [
            (words.group(table.dimension, one.label), *[NONE] * len(links)) for one in table.hidden
        ]
    found.append((_("Samen"), *(link.size for link in links)))
    caption = _("Van alle klanten tot het bestuur: %(by)s", by=head[0].lower())
    return TableBlock(caption, head, tuple(found), tuple(range(1, len(head))))
