"""What one report costs for 60,000 customers: hiding, indicators, figures and the audit, in parts.

Run ``python bench/report.py``. Both editions are made of an estate like Rotterdam's (75
neighbourhoods, 7.7 % response), which needs the reference data. The audit is the one that knows
nothing of how numbers were hidden. The promise: under ten seconds of CPU in all.
"""

import json
import sys
import time
from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np
import pandas as pd
import pytest
import scipy.optimize  # noqa: F401 - its start is no part of what is measured

from consult.register.core.vera import dwelling
from consult.reports.core.chain import Cell, Chain, Dimension, Group, Members, Stage
from consult.reports.core.edition import Readers, Report, TooFew
from consult.reports.core.findings import findings
from consult.reports.core.geography import Boundaries, Ring
from consult.reports.core.hidden import attack
from consult.reports.core.hidden.hiding import Hiding, hide
from consult.reports.core.hidden.places import places
from consult.reports.core.making import edition
from consult.reports.core.response.represent import represent
from consult.reports.figures.drawing import picture
from consult.reports.figures.every import figures
from consult.reports.figures.figure import Figure
from consult.reports.telling.wording import Wording
from consult.surveys.core.counts.disclosure import audit
from tests.estate import estate, readiness, taking_part
from tests.reference import reference

SIZE = 60_000
RESPONSE = 0.077
SECONDS = 10
CROSSED = ("kind", "age_band", "neighbourhood")
ALONE = (Dimension.DWELLING, Dimension.TENANCY, Dimension.HOUSEHOLD)

_Made = TypeVar("_Made")


def main() -> int:
    """Print a line for each part; 1 when the promise is broken."""
    customers, came = people()
    spent: dict[str, float] = {}

    def timed(part: str, make: Callable[[], _Made]) -> _Made:
        start = time.process_time()
        made = make()
        spent[part] = time.process_time() - start
        return made

    chain = timed("counting the chain", lambda: counted(customers, came))
    hidden = timed("what hides, both editions", lambda: hide(chain, ()))
    made = timed("both editions", lambda: editions(chain, hidden))
    timed("findings", lambda: [findings(one) for one in made.values()])
    by = [*CROSSED, *map(str, ALONE)]
    timed("all indicators from the people", lambda: represent(customers, came, by))
    lines = boundaries(chain)
    drawn = timed("figures, both editions", lambda: drawings(made, lines))
    timed("the same as pictures", lambda: [picture(figure) for figure in drawn])
    timed("the audit, both editions", lambda: audited(chain, hidden))
    report(chain, hidden, len(drawn), spent)
    return 0 if sum(spent.values()) < SECONDS else 1


def people() -> tuple[pd.DataFrame, np.ndarray]:
    """Everybody, and who took part."""
    try:
        customers = estate(SIZE).assign(dwelling=lambda all_of: all_of["dwelling"].map(dwelling))
    except pytest.skip.Exception:
        sys.exit("the reference data are not here")
    random = np.random.default_rng(5)
    return customers, taking_part(random, readiness(customers, RESPONSE))


def counted(customers: pd.DataFrame, came: np.ndarray) -> Chain:
    """The chain as it is kept: crossed by three, and by the others alone."""
    with_came = customers.assign(came=came)

    def groups(by: list[str]) -> pd.DataFrame:
        return with_came.groupby(by, observed=True)["came"].agg(["size", "sum"])

    cells = tuple(
        Cell(str(kind), str(age), str(place), int(size), int(size), int(took))
        for (kind, age, place), size, took in groups(list(CROSSED)).itertuples(name=None)
    )
    margins = {
        dimension: tuple(
            Group(str(label), int(size), int(size), int(took))
            for label, size, took in groups([dimension]).itertuples(name=None)
        )
        for dimension in ALONE
    }
    ages = {"50-64": 3, "65-74": 4, "75+": 2}
    board = Members(Stage.BOARD, 9, {Dimension.AGE_BAND: ages})
    return Chain(cells, margins, (board,))


def editions(chain: Chain, hidden: Mapping[Readers, Hiding]) -> dict[Readers, Report]:
    """Both editions."""
    made = {readers: edition(chain, readers, hidden) for readers in Readers}
    return {readers: one for readers, one in made.items() if not isinstance(one, TooFew)}


def boundaries(chain: Chain) -> Boundaries:
    """The outlines of Rotterdam's neighbourhoods (CBS/Kadaster)."""
    file = json.loads(reference("rotterdam_buurten.geojson").read_text("utf-8"))
    names = {group.label for group in chain.margin(Dimension.NEIGHBOURHOOD)}
    areas: dict[str, tuple[Ring, ...]] = {}
    for feature in file["features"]:
        shape = feature["geometry"]
        parts = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
        rings = tuple(
            tuple((float(x), float(y)) for x, y, *_ in ring) for part in parts for ring in part
        )
        areas |= {str(one): rings for one in feature["properties"].values() if one in names}
    return Boundaries("CBS/Kadaster", areas)


def drawings(made: Mapping[Readers, Report], lines: Boundaries) -> list[Figure]:
    """All figures of both editions."""
    words = Wording.of("nl")
    return [figure for one in made.values() for figure in figures(one, words, lines)]


def audited(chain: Chain, hidden: Mapping[Readers, Hiding]) -> None:
    """Attack what both kinds of readers see."""
    found = places(chain)
    for readers, hiding in hidden.items():
        publication = attack.turnout(found, (), readers.least)
        keys = {(side, *one) for one in hiding.turnout for side in (attack.TOOK, attack.STAYED)}
        assert audit(publication, keys) == ()


def report(
    chain: Chain, hidden: Mapping[Readers, Hiding], drawn: int, spent: Mapping[str, float]
) -> None:
    """Print what was made and what it took."""
    shown = len(places(chain).groups)
    print(f"{SIZE:,} customers, {chain.total().participants:,} took part, {len(chain.cells)} cells")
    for readers, hiding in hidden.items():
        groups = sum(one[0] != "crossed" for one in hiding.turnout)
        print(f"{readers}: of {shown} numbers {len(hiding.turnout)} hide, {groups} of them groups")
    print(f"{drawn} figures\n")
    for part, seconds in spent.items():
        print(f"{part:32} {seconds:6.2f} s")
    print(f"{'in all':32} {sum(spent.values()):6.2f} s")


if __name__ == "__main__":
    sys.exit(main())
