"""What the command line can do with elections."""

import json
from pathlib import Path

from consult.elections.core import case as single
from consult.elections.core.count import count as count_votes
from consult.elections.core.outcome import Count, DrawNeeded, Status
from consult.reading import parsed
from consult.refusal import Refusal


def count(path: Path) -> int:
    """Print the result of the case in ``path`` as JSON.

    Raises:
        Refusal: ``reading.*``, ``elections.case_*`` when the file is not a case,
            ``elections.count_too_hard``.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("elections.case_unreadable", path=str(path), found=reason) from error
    print(json.dumps(_counted(parsed(raw)), ensure_ascii=False, indent=2))
    return 0


def lot(path: Path) -> int:
    """Repeat the published lot in ``path``, and print the order that follows from it as JSON.

    Raises:
        Refusal: ``elections.lot_unreadable``, ``elections.lot_not_json``, ``elections.lot_field``.
    """
    from consult.elections.core import lotfile

    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("elections.lot_unreadable", path=str(path), found=reason) from error
    print(json.dumps(lotfile.read(raw).json(), ensure_ascii=False, indent=2))
    return 0


def _counted(value: object) -> dict[str, object]:
    if isinstance(value, dict) and "contests" in value:
        return _series(value)
    case = single.of(value)
    order = case.lot_order or ()
    outcome = count_votes(case.contest, case.totals, case.rules, order, unopposed=case.unopposed)
    if isinstance(outcome, DrawNeeded):
        single.check_lot(case, outcome.tied)
        return {"status": "draw_needed", "tied": outcome.tied}
    return _result(outcome)


def _series(value: object) -> dict[str, object]:
    """Several offices need more of the program than one count does: only they load it."""
    from consult.elections.core import series_case
    from consult.elections.core.recount import counted

    outcome = counted(series_case.of(value))
    if isinstance(outcome, DrawNeeded):
        return {"status": "draw_needed", "office": outcome.office, "tied": outcome.tied}
    if isinstance(outcome, Count):
        raise TypeError("a series gave one count")
    return {"offices": [{"id": one.office, **_result(one.result)} for one in outcome.races]}


def _result(outcome: Count) -> dict[str, object]:
    told: dict[str, object] = {
        "status": outcome.status,
        "board_size": outcome.board_size,
        "elected": outcome.elected,
    }
    if outcome.status is Status.NO_LAWFUL_BOARD:
        return told | {"provisional": outcome.provisional, "extra_needed": outcome.extra_needed}
    return told | {
        "vacant": outcome.vacant,
        "held": outcome.held,
        "effective_minima": outcome.effective_minima,
        "passed_over": outcome.passed_over,
    }
