"""Editions of reports with something of everything in them, for whatever is made of them."""

from math import sqrt

from consult.reports.core.chain import Dimension, Group, Stage
from consult.reports.core.edition import (
    Body,
    Crossed,
    Estimate,
    Hidden,
    Opinion,
    Opinions,
    Partial,
    Quality,
    Readers,
    Report,
    Row,
    Seats,
    Small,
    Table,
    Verdict,
)
from consult.reports.core.geography import Boundaries

AGES = ("18-34", "35-49", "50-64", "65-74", "75+")
PLACES = (
    "Noord",
    "Nieuw-Mathenesse en omstreken",
    "Oud-Charlois",
    "Groot-IJsselmonde Zuid en Reyeroord",
    "Feijenoord",
    "Bloemhof",
    "Hillesluis",
    "Delfshaven",
    "Het Lage Land",
)


def estimate(value: float, half: float) -> Estimate:
    """A value with an interval as wide at both sides."""
    return Estimate(value, value - half, value + half)


def row(label: str, base: int, took_part: int, total: Group) -> Row:
    """A row with a reckoned share and index, and a verdict by the index alone."""
    share, ground = took_part / total.participants, base / total.base
    half = 1.96 * sqrt(share * (1 - share) / total.participants)
    index = share / ground
    verdict = Verdict.UNDER if index < 0.8 else Verdict.OVER if index > 1.25 else Verdict.EQUAL
    return Row(
        group=Group(label, base, base, took_part),
        rate=took_part / base,
        base_share=ground,
        share=Estimate(share, max(share - half, 0), share + half),
        index=Estimate(index, max(share - half, 0.0001) / ground, (share + half) / ground),
        residual=(index - 1) * 10,
        p_value=0.001 if verdict is not Verdict.EQUAL else 0.6,
        verdict=verdict,
    )


def table(
    dimension: Dimension,
    groups: dict[str, tuple[int, int]],
    hidden: tuple[str, ...] = (),
    rest: tuple[int, int] | None = None,
) -> Table:
    """A table of these groups (base, took part), and the hidden ones together."""
    all_ = [*groups.values(), *([rest] if rest else [])]
    total = Group("", sum(b for b, _ in all_), sum(b for b, _ in all_), sum(t for _, t in all_))
    return Table(
        dimension=dimension,
        rows=tuple(row(label, base, took, total) for label, (base, took) in groups.items()),
        hidden=tuple(Hidden(label, None, None) for label in hidden),
        together=row("", *rest, total) if rest else None,
        dissimilarity=0.12,
        noise_floor=0.02,
        chi_square=120.5,
        freedom=len(groups) - 1,
        p_value=0.0001,
    )


TOTAL = Group("", 60_000, 60_000, 4_600)
BY_AGE = table(
    Dimension.AGE_BAND,
    dict(
        zip(
            AGES,
            ((16_200, 520), (14_400, 900), (13_800, 1_180), (9_000, 1_150), (6_600, 850)),
            strict=True,
        )
    ),
)
BY_PLACE = table(
    Dimension.NEIGHBOURHOOD,
    dict(
        zip(
            PLACES[:7],
            (
                (9_000, 900),
                (4_000, 90),
                (11_000, 850),
                (6_500, 260),
                (8_000, 640),
                (9_500, 380),
                (8_500, 1_250),
            ),
            strict=True,
        )
    ),
    hidden=PLACES[7:],
    rest=(3_500, 230),
)
BY_KIND = table(
    Dimension.KIND, {"tenant": (54_000, 4_150), "owner": (4_200, 310), "entrepreneur": (1_800, 140)}
)
CROSSED = Crossed(
    rows_by=Dimension.NEIGHBOURHOOD,
    columns_by=Dimension.AGE_BAND,
    columns=AGES,
    overall=(0.032, 0.063, 0.086, 0.128, 0.129),
    rows=tuple(
        Small(
            label,
            (
                None if place == 1 else 0.02 + place * 0.004,
                0.05 + place * 0.006,
                0.09 - place * 0.004,
                0.11,
                None if place in {1, 4} else 0.15 - place * 0.01,
            ),
            (2400, 2100, 2000, 1300, None if place in {1, 4} else 900),
        )
        for place, label in enumerate(PLACES[:7])
    ),
)
QUALITY = Quality(
    dimensions=(Dimension.AGE_BAND, Dimension.NEIGHBOURHOOD, Dimension.KIND),
    cv=estimate(0.61, 0.03),
    r=estimate(0.907, 0.004),
    lowest_r=0.467,
    partials=(
        Partial(Dimension.AGE_BAND, estimate(0.45, 0.03), estimate(0.41, 0.03), {"18-34": -0.3}),
        Partial(Dimension.NEIGHBOURHOOD, estimate(0.35, 0.04), estimate(0.31, 0.04), {}),
        Partial(Dimension.KIND, Estimate(0.02, 0, 0.05), Estimate(0.01, 0, 0.04), {}),
    ),
)


def body(stage: Stage, members: int, by_age: tuple[int, ...]) -> Body:
    """A small body, by age."""
    seats = tuple(
        Seats(one.group.label, one.base_share, seated, members * one.base_share, 0.3, Verdict.EQUAL)
        for one, seated in zip(BY_AGE.rows, by_age, strict=True)
    )
    return Body(stage, members, {Dimension.AGE_BAND: seats})


BODIES = (
    body(Stage.CANDIDATES, 24, (1, 4, 9, 7, 2)),
    body(Stage.SHORTLIST, 14, (1, 2, 6, 4, 1)),
    body(Stage.BOARD, 9, (0, 2, 4, 2, 1)),
)
OPINIONS = Opinions(
    effective=3_200,
    lines=(
        Opinion(
            "q1", "yes", estimate(0.481, 0.014), estimate(0.523, 0.019), {1.25: 0.47, 1.5: 0.42}
        ),
        Opinion("q1", "no", estimate(0.402, 0.014), estimate(0.371, 0.018), {1.25: 0.42}),
        Opinion("q1", "unsure", estimate(0.117, 0.009), estimate(0.106, 0.012), {1.25: 0.12}),
        Opinion("q2", "more", estimate(0.655, 0.013), estimate(0.651, 0.017), {1.25: 0.6}),
        Opinion("q2", "less", estimate(0.345, 0.013), estimate(0.349, 0.017), {1.25: 0.4}),
    ),
)
WORDS = {
    ("q1", None): "Vindt u dat de huur eerlijk is verdeeld?",
    ("q1", "yes"): "Ja",
    ("q1", "no"): "Nee, dat moet echt anders worden geregeld dan het nu is",
    ("q1", "unsure"): "Weet ik niet",
    ("q2", None): "Wilt u meer of minder groen?",
    ("q2", "more"): "Meer groen",
    ("q2", "less"): "Minder groen",
}


def asked(question: str, option: str | None) -> str:
    """The words of a question or an option."""
    return WORDS[question, option]


REPORT = Report(
    readers=Readers.INSIDE,
    total=TOTAL,
    tables=(BY_AGE, BY_PLACE, BY_KIND),
    crossed=CROSSED,
    quality=QUALITY,
    bodies=BODIES,
    opinions=OPINIONS,
)
"""An election and a consultation in one: everything that an edition can have."""


def _block(place: int) -> tuple[tuple[tuple[float, float], ...], ...]:
    """A five-cornered neighbourhood in a row of three."""
    x, y = 4.4 + place % 3 * 0.05, 51.9 + place // 3 * 0.025
    up, right = y + 0.025, x + 0.05
    return (((x, y), (right, y), (right, up), (x + 0.02, up - 0.003), (x, up), (x, y)),)


BOUNDARIES = Boundaries(
    "CBS en Kadaster", {label: _block(place) for place, label in enumerate(PLACES)}
)
