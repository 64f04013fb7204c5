"""What the command line can do with elections."""

import json
from pathlib import Path

from consult.elections.core import lotfile
from consult.elections.core.outcome import Count, DrawNeeded, Status
from consult.elections.core.recount import counted, read
from consult.elections.core.series import Series
from consult.refusal import Refusal


def count(path: Path) -> int:
    """Print the result of the case in ``path`` as JSON.

    Raises:
        Refusal: ``elections.case_*`` when the file is not a case, ``elections.count_too_hard``.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("elections.case_unreadable", path=str(path), found=reason) from error
    print(json.dumps(_told(counted(read(raw))), ensure_ascii=False, indent=2))
    return 0


def lot(path: Path) -> int:
    """Repeat the published lot in ``path``, and print the order that follows from it as JSON.

    Raises:
        Refusal: ``elections.lot_unreadable``, ``elections.lot_not_json``, ``elections.lot_field``.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise Refusal("elections.lot_unreadable", path=str(path), found=reason) from error
    print(json.dumps(lotfile.read(raw).json(), ensure_ascii=False, indent=2))
    return 0


def _told(outcome: Count | Series | DrawNeeded) -> dict[str, object]:
    if isinstance(outcome, Series):
        return {"offices": [{"id": one.office, **_result(one.result)} for one in outcome.races]}
    if isinstance(outcome, DrawNeeded):
        office = {"office": outcome.office} if outcome.office else {}
        return {"status": "draw_needed", **office, "tied": outcome.tied}
    return _result(outcome)


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
