"""Two hundred real elections with several seats, against their official winners.

Source: House of Commons Library, local election results 2021 and 2022 (Open Parliament Licence).
"""

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from tests.golden.test_composition_cases import counted
from tests.reference import reference


def wards() -> list[dict[str, Any]]:
    """The wards of the reference data."""
    lines = gzip.decompress(reference("block_vote_totals_200.jsonl.gz").read_bytes())
    return [json.loads(line) for line in lines.splitlines()]


def case_of(ward: dict[str, Any]) -> dict[str, Any]:
    """A ward as a case: nobody stays, no rules; candidates are numbered from 1."""
    return {
        "max_board": ward["seats"],
        "sitting": [],
        "rules": [],
        "candidates": [
            {"id": str(number), "votes": votes, "groups": []}
            for number, votes in enumerate(ward["votes"], start=1)
        ],
    }


def test_every_ward_elects_its_official_winners(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = wards()
    assert len(found) == 200
    for ward in found:
        result = counted(case_of(ward), tmp_path, capsys)
        if ward["tie_for_last_seat"]:
            assert result["status"] == "draw_needed"
            continue
        assert sorted(map(int, result["elected"])) == sorted(ward["winners"]), ward["id"]
        assert (result["status"], result["passed_over"]) == ("full", [])


def test_a_tie_for_the_last_seat_is_left_to_the_lot(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (ward,) = [ward for ward in wards() if ward["tie_for_last_seat"]]
    tied = counted(case_of(ward), tmp_path, capsys)["tied"]
    last = min(ward["votes"][winner - 1] for winner in ward["winners"])
    assert [ward["votes"][int(one) - 1] for one in tied] == [last] * len(tied)
    (drawn,) = {int(one) for one in tied} & set(ward["winners"])
    for favoured in tied:
        order = sorted(tied, key=lambda one: one != favoured)
        result = counted({**case_of(ward), "lot_order": order}, tmp_path, capsys)
        assert favoured in result["elected"]
        official = sorted(map(int, result["elected"])) == sorted(ward["winners"])
        assert official == (int(favoured) == drawn)
