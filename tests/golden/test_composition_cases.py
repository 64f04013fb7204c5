"""Worked counts under composition rules, each with its published result and reason.

Source: the reference data composition_cases.json (checked by enumeration of every board); counts
run through the command line's door, as a stranger would run them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from consult.council.core.rules import ShareGt, lawful
from consult.elections import commands
from tests.people import board
from tests.reference import FOLDER, reference

SOURCE = Path(__file__).parents[2] / FOLDER / "composition_cases.json"
CASES: dict[str, Any] = json.loads(SOURCE.read_bytes()) if SOURCE.exists() else {}
TOTALS = [case for case in CASES.get("cases", []) if case["kind"] == "totals"]


def counted(case: dict[str, Any], folder: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """What ``consult count`` prints for the case."""
    path = folder / "case.json"
    path.write_text(json.dumps(case), encoding="utf-8")
    assert commands.count(path) == 0
    return json.loads(capsys.readouterr().out)


def test_the_worked_cases_are_there() -> None:
    reference("composition_cases.json")
    assert len(TOTALS) == 22


@pytest.mark.parametrize("case", TOTALS, ids=lambda case: case["id"])
def test_a_worked_case_counts_as_expected(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert counted(case, tmp_path, capsys) == case["expected"]


def test_a_decisive_tie_asks_for_a_draw_between_the_tied_alone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    reference("composition_cases.json")
    case = next(dict(case) for case in TOTALS if case["id"] == "tie-lot")
    del case["lot_order"]
    assert counted(case, tmp_path, capsys) == {"status": "draw_needed", "tied": ["T4", "T5"]}


@pytest.mark.parametrize("row", CASES.get("thresholds", []), ids=lambda row: f"of-{row['board']}")
def test_a_board_needs_more_than_seventy_percent_tenants(row: dict[str, Any]) -> None:
    rule = ShareGt("tenant_share", "tenant", 7, 10)
    size, least = row["board"], row["min_tenants"]
    assert rule.least(size) == least
    assert size - rule.least(size) == row["max_non_tenants"]
    assert lawful(*board(tenants=least, others=size - least, rules=[rule]))
    assert not lawful(*board(tenants=least - 1, others=size - least + 1, rules=[rule]))
