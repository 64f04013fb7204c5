"""Worked counts under composition rules, each with its published result and reason.

Source: the reference data composition_cases.json (checked by enumeration of every board); counts
run through the command line's door, as a stranger would run them.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from consult.council.core.rules import TENANT, Person, ShareGt, lawful
from consult.elections import commands
from consult.elections.core import recount
from consult.elections.core.case import Case
from consult.elections.core.outcome import Count
from consult.elections.core.refill import refill
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


def test_a_tie_is_drawn_for_only_where_it_decides(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The worked tie, with equal votes moved to places where no lot is needed, or another is."""
    reference("composition_cases.json")
    case = next(dict(case) for case in TOTALS if case["id"] == "tie-lot")
    order = case.pop("lot_order")

    def told(**votes: int) -> Any:
        moved = [one | {"votes": votes.get(one["id"], one["votes"])} for one in case["candidates"]]
        return counted(case | {"candidates": moved}, tmp_path, capsys)

    assert told(T1=70, T5=40)["status"] == "full"
    assert told(T1=70, T2=70, T3=70, T4=70, T5=40)["elected"] == ["T1", "T2", "T3", "T4"]
    assert told(T3=50)["tied"] == ["T3", "T4", "T5"]
    assert told(N1=50)["tied"] == ["T4", "T5", "N1"]
    whole = counted(case | {"lot_order": order}, tmp_path, capsys)
    assert whole["elected"] == ["T1", "T2", "T3", "T5"]
    turned = order[::-1]
    assert counted(case | {"lot_order": turned}, tmp_path, capsys)["elected"][-1] == "T4"


@pytest.mark.parametrize("case", TOTALS, ids=lambda case: case["id"])
def test_a_worked_case_written_and_read_again_has_the_same_record(case: dict[str, Any]) -> None:
    first = recount.read(json.dumps(case).encode())
    outcome = recount.counted(first)
    assert isinstance(outcome, Count)
    again = recount.read(recount.write(first))
    repeated = recount.counted(again)
    assert isinstance(repeated, Count)
    assert recount.record_of(again, repeated) == recount.record_of(first, outcome)


def test_the_worked_vacancy_is_what_a_refill_gives() -> None:
    reference("composition_cases.json")
    worked = next(case for case in TOTALS if case["id"] == "casual-vacancy")
    vacancy = recount.read(json.dumps(worked).encode())
    assert isinstance(vacancy, Case)
    sitting = vacancy.contest.sitting
    left = tuple(Person(f"T{n}", frozenset({TENANT})) for n in (8, 9, 10))
    contest = vacancy.contest._replace(
        sitting=(), candidates=(*sitting, *left, *vacancy.contest.candidates)
    )
    high = {person.id: 900 - n for n, person in enumerate((*sitting, *left))}
    before = vacancy._replace(contest=contest, totals={**high, **vacancy.totals})
    outcome = recount.counted(before)
    assert isinstance(outcome, Count)
    found = refill(before, outcome, "0" * 64, sitting, ()).outcome
    assert isinstance(found, Count)
    assert list(found.elected) == worked["expected"]["elected"]
    assert list(found.passed_over) == worked["expected"]["passed_over"]
    assert (found.board_size, found.vacant) == (12, 1)


@pytest.mark.parametrize("row", CASES.get("thresholds", []), ids=lambda row: f"of-{row['board']}")
def test_a_board_needs_more_than_seventy_percent_tenants(row: dict[str, Any]) -> None:
    rule = ShareGt("tenant_share", "tenant", 7, 10)
    size, least = row["board"], row["min_tenants"]
    assert rule.least(size) == least
    assert size - rule.least(size) == row["max_non_tenants"]
    assert lawful(*board(tenants=least, others=size - least, rules=[rule]))
    assert not lawful(*board(tenants=least - 1, others=size - least + 1, rules=[rule]))
