"""Reading one case: every fault is refused, with the place where it stands."""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consult.council.core.rules import IfShort, Min
from consult.elections import commands
from consult.elections.core import case, recount
from consult.elections.core.outcome import Count
from consult.elections.core.unopposed import Unopposed, Way
from consult.refusal import Refusal
from consult.wording import sentence

Change = Callable[[dict[str, Any]], object]


def good() -> dict[str, Any]:
    """A case without faults."""
    return {
        "id": "one",
        "title": "A board of three",
        "kind": "totals",
        "max_board": 3,
        "sitting": [{"id": "S", "groups": ["tenant"]}],
        "candidates": [
            {"id": "A", "votes": 5, "groups": ["tenant", "young"]},
            {"id": "B", "votes": 3, "groups": ["tenant"]},
            {"id": "C", "votes": 3, "groups": []},
        ],
        "rules": [
            {"id": "share", "type": "share_gt", "group": "tenant", "num": 7, "den": 10},
            {"id": "young", "type": "min", "group": "young", "value": 1},
            {"id": "cap", "type": "max", "group": "young", "value": 2},
            {"id": "hard", "type": "min_hard", "group": "tenant", "value": 2},
        ],
        "lot_order": ["B", "C", "A"],
    }


def read(shape: object) -> case.Case:
    """Read a shape as a file would be read."""
    return case.read(json.dumps(shape).encode())


def put(value: object, *path: str | int) -> Change:
    """The change that puts a value at a place of the case."""

    def change(shape: dict[str, Any]) -> None:
        spot: Any = shape
        for step in path[:-1]:
            spot = spot[step]
        spot[path[-1]] = value

    return change


def drop(*path: str | int) -> Change:
    """The change that takes a field away."""

    def change(shape: dict[str, Any]) -> None:
        spot: Any = shape
        for step in path[:-1]:
            spot = spot[step]
        del spot[path[-1]]

    return change


FAULTS: dict[str, tuple[Change, str, str]] = {
    "no board": (drop("max_board"), "reading.field_missing", "max_board"),
    "no candidates": (drop("candidates"), "reading.field_missing", "candidates"),
    "no rules": (drop("rules"), "reading.field_missing", "rules"),
    "no votes": (drop("candidates", 1, "votes"), "reading.field_missing", "candidates[1].votes"),
    "no groups": (drop("candidates", 1, "groups"), "reading.field_missing", "candidates[1].groups"),
    "no rule type": (drop("rules", 0, "type"), "reading.field_missing", "rules[0].type"),
    "no share": (drop("rules", 0, "den"), "reading.field_missing", "rules[0].den"),
    "sitting without id": (drop("sitting", 0, "id"), "reading.field_missing", "sitting[0].id"),
    "a typing error": (put([], "canditates"), "reading.field_unknown", "canditates"),
    "a name": (put("An", "candidates", 0, "name"), "reading.field_unknown", "candidates[0].name"),
    "votes of a sitting member": (
        put(3, "sitting", 0, "votes"),
        "reading.field_unknown",
        "sitting[0].votes",
    ),
    "if_short on a cap": (
        put("hold", "rules", 2, "if_short"),
        "reading.field_unknown",
        "rules[2].if_short",
    ),
    "negative votes": (
        put(-1, "candidates", 2, "votes"),
        "reading.not_whole",
        "candidates[2].votes",
    ),
    "half votes": (put(2.5, "candidates", 2, "votes"), "reading.not_whole", "candidates[2].votes"),
    "votes as a float": (
        put(2.0, "candidates", 2, "votes"),
        "reading.not_whole",
        "candidates[2].votes",
    ),
    "true votes": (put(True, "candidates", 2, "votes"), "reading.not_whole", "candidates[2].votes"),
    "votes as text": (
        put("2", "candidates", 2, "votes"),
        "reading.not_whole",
        "candidates[2].votes",
    ),
    "no seats": (put(0, "max_board"), "reading.not_whole", "max_board"),
    "a stadium": (put(10**9, "max_board"), "reading.not_whole", "max_board"),
    "a share of everything": (put(10, "rules", 0, "num"), "reading.not_whole", "rules[0].num"),
    "a share of nothing": (put(0, "rules", 0, "den"), "reading.not_whole", "rules[0].den"),
    "a cap below nobody": (put(-1, "rules", 2, "value"), "reading.not_whole", "rules[2].value"),
    "another kind": (put("stv", "kind"), "reading.not_choice", "kind"),
    "an unknown rule": (put("share", "rules", 0, "type"), "reading.not_choice", "rules[0].type"),
    "an unknown way out": (
        put("keep", "rules", 1, "if_short"),
        "reading.not_choice",
        "rules[1].if_short",
    ),
    "an empty id": (put(" ", "candidates", 0, "id"), "reading.not_text", "candidates[0].id"),
    "a number as id": (put(7, "candidates", 0, "id"), "reading.not_text", "candidates[0].id"),
    "a line break in an id": (put("a\nb", "rules", 0, "id"), "reading.not_text", "rules[0].id"),
    "an empty group": (put("", "rules", 0, "group"), "reading.not_text", "rules[0].group"),
    "candidates by name": (put({}, "candidates"), "reading.not_list", "candidates"),
    "one group as text": (
        put("tenant", "sitting", 0, "groups"),
        "reading.not_list",
        "sitting[0].groups",
    ),
    "a bare candidate": (put("A", "candidates", 0), "reading.not_object", "candidates[0]"),
    "a bare rule": (put(3, "rules", 0), "reading.not_object", "rules[0]"),
    "two of one id": (
        put("A", "candidates", 1, "id"),
        "elections.case_id_twice",
        "candidates[1].id",
    ),
    "sitting and standing": (
        put("S", "candidates", 0, "id"),
        "elections.case_id_twice",
        "candidates[0].id",
    ),
    "two rules of one id": (
        put("share", "rules", 1, "id"),
        "elections.case_id_twice",
        "rules[1].id",
    ),
    "a group twice": (
        put(["tenant", "tenant"], "candidates", 0, "groups"),
        "elections.case_id_twice",
        "candidates[0].groups[1]",
    ),
    "a lot for a stranger": (
        put(["B", "Z"], "lot_order"),
        "elections.case_lot_unknown",
        "lot_order[1]",
    ),
    "a lot for who stays": (put(["S"], "lot_order"), "elections.case_lot_unknown", "lot_order[0]"),
    "a lot drawn twice": (put(["B", "B"], "lot_order"), "elections.case_id_twice", "lot_order[1]"),
    "a lot in one word": (put("BCA", "lot_order"), "reading.not_list", "lot_order"),
    "a group with a typing error": (
        put("tennant", "rules", 0, "group"),
        "elections.case_group_unknown",
        "rules[0].group",
    ),
    "a reserved seat for a group of nobody": (
        put("yuong", "rules", 1, "group"),
        "elections.case_group_unknown",
        "rules[1].group",
    ),
    "a hard minimum for a group of nobody": (
        put("tennant", "rules", 3, "group"),
        "elections.case_group_unknown",
        "rules[3].group",
    ),
    "somebody in a group that is not declared": (
        put(["tenant"], "groups"),
        "elections.case_group_unknown",
        "candidates[0].groups",
    ),
    "groups in one word": (put("young", "groups"), "reading.not_list", "groups"),
    "no list of groups": (put(None, "groups"), "reading.not_list", "groups"),
    "a group declared twice": (
        put(["young", "young"], "groups"),
        "elections.case_id_twice",
        "groups[1]",
    ),
    "a hard minimum above the board": (
        put(4, "rules", 3, "value"),
        "reading.not_whole",
        "rules[3].value",
    ),
    "half a share": (put(0.5, "rules", 0, "num"), "reading.not_whole", "rules[0].num"),
    "uncontested in another way": (
        put("hope", "uncontested"),
        "reading.not_choice",
        "uncontested",
    ),
    "confirming without ballots": (
        put("confirm", "uncontested"),
        "reading.field_missing",
        "ballots",
    ),
    "more votes than ballots": (put(4, "ballots"), "reading.not_whole", "candidates[0].votes"),
    "negative ballots": (put(-4, "ballots"), "reading.not_whole", "ballots"),
    "a refill of something": (put("abc", "refill_of"), "elections.case_not_hash", "refill_of"),
    "a refill of capitals": (put("A" * 64, "refill_of"), "elections.case_not_hash", "refill_of"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_case_is_refused_at_its_place(fault: str) -> None:
    change, code, field = FAULTS[fault]
    shape = good()
    change(shape)
    with pytest.raises(Refusal) as refused:
        read(shape)
    assert refused.value.code == code
    assert refused.value.facts["field"] == field
    assert field in sentence(refused.value).rpartition(" [")[0]


def test_a_cap_below_a_hard_minimum_of_the_same_group_is_refused() -> None:
    shape = good()
    shape["rules"][2] |= {"group": "tenant", "value": 1}
    with pytest.raises(Refusal) as refused:
        read(shape)
    assert refused.value.code == "elections.case_rules_clash"
    assert refused.value.facts["field"] == "rules[3].value"
    assert "minstens 2" in sentence(refused.value)
    assert "hoogstens 1" in sentence(refused.value)


def test_nobody_to_elect_and_nobody_who_stays_is_refused() -> None:
    shape = good() | {"candidates": [], "sitting": []}
    del shape["lot_order"]
    with pytest.raises(Refusal) as refused:
        read(shape)
    assert refused.value.code == "elections.case_nobody"
    assert refused.value.facts["field"] == "candidates"


def test_a_group_of_nobody_may_be_declared_and_then_asked_for() -> None:
    shape = good() | {"groups": ["young", "old"]}
    shape["rules"][1]["group"] = "old"
    assert read(shape).rules.minima == (Min("young", "old", 1, IfShort.RELEASE),)


def test_a_cap_on_a_group_of_nobody_harms_nobody_but_a_declared_list_is_kept_to() -> None:
    shape = good()
    shape["rules"][2]["group"] = "yuong"
    assert len(read(shape).rules.rules) == 4
    with pytest.raises(Refusal) as refused:
        read(shape | {"groups": ["young"]})
    assert refused.value.facts["field"] == "rules[2].group"
    assert "tenant, young" in sentence(refused.value)


def test_tenants_always_exist_even_where_none_stands() -> None:
    shape = good() | {"sitting": [], "candidates": [{"id": "C", "votes": 3, "groups": []}]}
    del shape["lot_order"]
    shape["rules"] = shape["rules"][:1]
    assert commands_status(shape) == "no_lawful_board"


def commands_status(shape: dict[str, Any]) -> str:
    """How the case ends."""
    found = recount.counted(read(shape))
    return found.status if isinstance(found, Count) else ""


def test_what_was_fixed_for_an_uncontested_board_is_read() -> None:
    found = read(good() | {"uncontested": "confirm", "ballots": 9})
    assert found.unopposed == Unopposed(Way.CONFIRM, 9)
    assert read(good() | {"uncontested": "elect"}).unopposed == Unopposed(Way.ELECT)
    assert read(good() | {"ballots": 9}).unopposed is None


BYTES = {
    b"": "reading.not_json",
    b"{": "reading.not_json",
    b'{"max_board": 3,}': "reading.not_json",
    b"\xff\xfe{}": "reading.not_utf8",
    b'{"max_board": ' + b"9" * 5000 + b"}": "reading.not_json",
    b"[" * 100_000: "reading.not_json",
    b"[]": "reading.not_object",
    b"null": "reading.not_object",
    b'{"max_board": 3, "max_board": 4}': "reading.field_twice",
}


@pytest.mark.parametrize("raw", BYTES, ids=range(len(BYTES)))
def test_what_is_no_case_at_all_is_refused(raw: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        case.read(raw)
    assert refused.value.code == BYTES[raw]
    assert sentence(refused.value)[0].isupper()


def test_a_file_that_cannot_be_read_is_refused_by_name(tmp_path: Path) -> None:
    for path in (tmp_path / "no.json", tmp_path):
        with pytest.raises(Refusal) as refused:
            commands.count(path)
        assert refused.value.code == "elections.case_unreadable"
        assert str(path) in sentence(refused.value)


def test_a_good_case_is_read_whole() -> None:
    found = read(good())
    assert found.contest.max_board == 3
    assert [person.id for person in found.contest.sitting] == ["S"]
    assert found.contest.candidates[0].groups == {"tenant", "young"}
    assert found.totals == {"A": 5, "B": 3, "C": 3}
    assert found.rules.minima == (Min("young", "young", 1, IfShort.RELEASE),)
    assert [rule.id for rule in found.rules.hard] == ["share", "cap", "hard"]
    assert found.lot_order == ("B", "C", "A")


def test_nobody_stays_where_the_case_names_nobody() -> None:
    shape = good()
    del shape["sitting"], shape["lot_order"]
    assert read(shape).contest.sitting == ()
    assert read(shape).lot_order is None


def test_a_file_with_a_byte_order_mark_is_read() -> None:
    assert case.read(b"\xef\xbb\xbf" + json.dumps(good()).encode()).contest.max_board == 3


def test_a_lot_that_leaves_out_a_tied_person_is_refused(tmp_path: Path) -> None:
    shape = good()
    shape["candidates"] = [
        {"id": name, "votes": 3, "groups": ["tenant"]} for name in ("A", "B", "C")
    ]
    shape["rules"] = shape["rules"][:1]
    shape["lot_order"] = ["B", "A"]
    path = tmp_path / "case.json"
    path.write_text(json.dumps(shape))
    with pytest.raises(Refusal) as refused:
        commands.count(path)
    assert refused.value.code == "elections.case_lot_incomplete"
    assert refused.value.facts["missing"] == "C"


def test_at_no_depth_a_case_is_too_deep_to_be_refused_in_words() -> None:
    for depth in range(1, sys.getrecursionlimit()):
        with pytest.raises(Refusal) as refused:
            case.read(b"[" * depth + b"]" * depth)
        assert refused.value.code in {"reading.not_object", "reading.not_json"}
