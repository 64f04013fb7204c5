"""Reading a file of several offices: every fault is refused, with the place where it stands."""

import json
import re
from typing import Any

import pytest

from consult.config import ROOT
from consult.elections.core import case, recount
from consult.elections.core.case import Case
from consult.elections.core.outcome import Contest, Count, DrawNeeded
from consult.elections.core.series import Series
from consult.elections.core.series_case import SeriesCase
from consult.elections.core.unopposed import Unopposed, Way
from consult.refusal import Refusal
from consult.wording import sentence
from tests.unit.elections.test_case import Change, drop, put
from tests.unit.elections.test_case import good as good_single


def good() -> dict[str, Any]:
    """A paper of three offices without faults."""
    tenant = {"id": "tenants", "type": "min_hard", "group": "tenant"}
    return {
        "id": "one",
        "kind": "series",
        "people": [
            {"id": "A", "groups": ["tenant"]},
            {"id": "B", "groups": ["tenant", "young"]},
            {"id": "C", "groups": []},
            {"id": "D", "groups": ["tenant"]},
        ],
        "sitting": [{"id": "S", "groups": ["tenant"]}, {"id": "R", "groups": ["tenant"]}],
        "contests": [
            {
                "id": "chair",
                "seats": 1,
                "candidates": [{"id": "A", "votes": 5}, {"id": "S", "votes": 4}],
                "rules": [tenant | {"value": 1}],
            },
            {
                "id": "executive",
                "seats": 3,
                "stays": ["R"],
                "candidates": [{"id": "A", "votes": 5}, {"id": "C", "votes": 9}],
                "rules": [tenant | {"value": 2}],
                "lot_order": ["C", "A"],
            },
            {
                "id": "board",
                "seats": 5,
                "candidates": [{"id": one, "votes": 3 + (one == "B")} for one in "ABCD"],
                "rules": [
                    {"id": "share", "type": "share_gt", "group": "tenant", "num": 7, "den": 10}
                ],
                "uncontested": "elect",
            },
        ],
    }


def read(shape: object) -> Case | SeriesCase:
    """Read a shape as a file would be read."""
    return recount.read(json.dumps(shape).encode())


C = "contests"
FAULTS: dict[str, tuple[Change, str, str]] = {
    "no people": (drop("people"), "reading.field_missing", "people"),
    "no seats": (drop(C, 0, "seats"), "reading.field_missing", "contests[0].seats"),
    "no rules": (drop(C, 2, "rules"), "reading.field_missing", "contests[2].rules"),
    "no candidates": (drop(C, 2, "candidates"), "reading.field_missing", "contests[2].candidates"),
    "a board size of the whole": (put(5, "max_board"), "reading.field_unknown", "max_board"),
    "two chairs": (put(2, C, 0, "seats"), "reading.not_whole", "contests[0].seats"),
    "a president": (put("president", C, 0, "id"), "reading.not_choice", "contests[0].id"),
    "the chair last but one": (put("chair", C, 1, "id"), "reading.not_choice", "contests[1].id"),
    "the board first": (put([good()[C][2]] * 2, C), "elections.case_board_last", "contests[1].id"),
    "no board": (drop(C, 2), "elections.case_board_last", "contests"),
    "nothing to count": (put([], C), "elections.case_board_last", "contests"),
    "contests in one word": (put("chair", C), "reading.not_list", "contests"),
    "a stranger stands": (
        put("Z", C, 0, "candidates", 1, "id"),
        "elections.case_person_unknown",
        "contests[0].candidates[1].id",
    ),
    "somebody stands twice": (
        put("A", C, 0, "candidates", 1, "id"),
        "elections.case_id_twice",
        "contests[0].candidates[1].id",
    ),
    "groups at a candidate": (
        put([], C, 0, "candidates", 1, "groups"),
        "reading.field_unknown",
        "contests[0].candidates[1].groups",
    ),
    "a member of the board stands for it": (
        put("S", C, 2, "candidates", 1, "id"),
        "elections.case_sits_already",
        "contests[2].candidates[1].id",
    ),
    "who keeps a post stands for it": (
        put("R", C, 1, "candidates", 1, "id"),
        "elections.case_sits_already",
        "contests[1].candidates[1].id",
    ),
    "a stranger keeps a post": (
        put(["Z"], C, 1, "stays"),
        "elections.case_person_unknown",
        "contests[1].stays[0]",
    ),
    "a post kept twice": (
        put(["R", "R"], C, 1, "stays"),
        "elections.case_id_twice",
        "contests[1].stays[1]",
    ),
    "a chair who stays": (
        put(["R"], C, 0, "stays"),
        "elections.case_stays_misplaced",
        "contests[0].stays",
    ),
    "a chair without candidates": (
        put([], C, 0, "candidates"),
        "elections.case_nobody",
        "contests[0].candidates",
    ),
    "negative votes": (
        put(-1, C, 1, "candidates", 0, "votes"),
        "reading.not_whole",
        "contests[1].candidates[0].votes",
    ),
    "more votes than ballots": (
        put(4, "ballots"),
        "reading.not_whole",
        "contests[0].candidates[0].votes",
    ),
    "confirming without ballots": (
        put("confirm", C, 2, "uncontested"),
        "reading.field_missing",
        "ballots",
    ),
    "a group with a typing error": (
        put("tennant", C, 2, "rules", 0, "group"),
        "elections.case_group_unknown",
        "contests[2].rules[0].group",
    ),
    "a group that is not declared": (
        put(["old"], "groups"),
        "elections.case_group_unknown",
        "people[1].groups",
    ),
    "three tenants in a chair": (
        put(3, C, 0, "rules", 0, "value"),
        "reading.not_whole",
        "contests[0].rules[0].value",
    ),
    "a lot for a stranger": (
        put(["D"], C, 1, "lot_order"),
        "elections.case_lot_unknown",
        "contests[1].lot_order[0]",
    ),
    "sitting and standing": (
        put("S", "people", 0, "id"),
        "elections.case_id_twice",
        "people[0].id",
    ),
    "a refill of something": (put("x", "refill_of"), "elections.case_not_hash", "refill_of"),
    "totals": (put("totals", "kind"), "reading.not_choice", "kind"),
}


def test_a_good_series_is_read_whole() -> None:
    found = read(good())
    assert isinstance(found, SeriesCase)
    assert [race.office for race in found.races] == ["chair", "executive", "board"]
    assert found.races[1].stays == ("R",)
    assert found.races[2].unopposed == Unopposed(Way.ELECT)
    assert found.totals["executive"] == {"A": 5, "C": 9}
    assert found.draws == {"executive": ("C", "A")}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_series_is_refused_at_its_place(fault: str) -> None:
    change, code, field = FAULTS[fault]
    shape = good()
    change(shape)
    with pytest.raises(Refusal) as refused:
        read(shape)
    assert refused.value.code == code
    assert refused.value.facts["field"] == field
    assert field in sentence(refused.value).rpartition(" [")[0]


def test_a_paper_without_people_is_refused() -> None:
    shape = good() | {"people": [], "sitting": []}
    with pytest.raises(Refusal) as refused:
        read(shape)
    assert refused.value.code == "elections.case_nobody"
    assert refused.value.facts["field"] == "people"


def test_a_lot_of_an_office_that_leaves_out_a_tied_person_is_refused() -> None:
    shape = good()
    for one in shape["contests"][0]["candidates"]:
        one["votes"] = 5
    found = recount.counted(read(shape))
    assert isinstance(found, DrawNeeded)
    assert (found.office, found.tied) == ("chair", ("A", "S"))
    shape["contests"][0]["lot_order"] = ["S"]
    with pytest.raises(Refusal) as refused:
        recount.counted(read(shape))
    assert refused.value.code == "elections.case_lot_incomplete"
    assert refused.value.facts == {"field": "contests[0].lot_order", "missing": "A"}


WHOLE = (good_single(), good_single() | {"uncontested": "confirm", "ballots": 9}, good())


@pytest.mark.parametrize("shape", WHOLE, ids=("single", "confirming", "series"))
def test_what_is_written_is_read_as_the_same_case(shape: dict[str, Any]) -> None:
    first = read(shape | {"refill_of": "0" * 64})
    assert read(json.loads(recount.write(first))) == first
    assert recount.write(first) == recount.write(read(json.loads(recount.write(first))))


def test_what_is_written_declares_groups_that_nobody_is_in() -> None:
    shape = good_single() | {"groups": ["young", "old"]}
    shape["rules"][1]["group"] = "old"
    first = read(shape)
    assert json.loads(recount.write(first, {"title": "Bestuur"}))["groups"] == [
        "old",
        "tenant",
        "young",
    ]
    assert case.read(recount.write(first)) == first


def test_an_outcome_of_another_case_has_no_record_here() -> None:
    one, several = read(good_single()), read(good())
    outcome = recount.counted(several)
    assert isinstance(outcome, Series)
    with pytest.raises(ValueError, match="not the outcome of this case"):
        recount.record_of(one, outcome)
    assert isinstance(one, Case)
    assert isinstance(one.contest, Contest)


EXAMPLES = re.findall(
    r"```json\n(.*?)```", (ROOT / "docs" / "case-format.md").read_text(encoding="utf-8"), re.DOTALL
)


def test_the_examples_of_the_documentation_are_counted() -> None:
    one, several = (recount.counted(recount.read(raw.encode())) for raw in EXAMPLES)
    assert isinstance(one, Count)
    assert one.elected == ("A", "B")
    assert isinstance(several, Series)
    assert several.elected == ("A", "C", "B")
