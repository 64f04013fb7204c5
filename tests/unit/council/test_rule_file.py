"""Sets of rules from a file: the one that ships, and every reason to refuse another."""

import json
import sys
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from consult.council.core.agreement import Settings, rules_on
from consult.council.core.rule_file import LARGEST_FILE, fingerprint, for_seal, read, write
from consult.council.core.rules import Max, Min, MinHard, ShareGt
from consult.refusal import Refusal
from tests.agreements import AGREEMENT_2016, SHIPPED

Shape = dict[str, Any]


def shape() -> Shape:
    """The shipped file, to be spoiled."""
    found: Shape = json.loads(SHIPPED.read_bytes())
    return found


def raw(given: object) -> bytes:
    """A file of this shape."""
    return json.dumps(given).encode()


def refusal(given: bytes) -> Refusal:
    """Why the file is refused."""
    with pytest.raises(Refusal) as refused:
        read(given)
    return refused.value


def rule(kind: str, name: str = "extra", **values: object) -> Shape:
    """A rule on tenants, as a file spells it."""
    return {"id": name, "type": kind, "group": "tenant", "article": "4", **values}


def test_the_agreement_of_2016_is_the_first_set() -> None:
    found = AGREEMENT_2016
    assert (found.start, found.end, found.largest_board) == (date(2016, 7, 1), date(2018, 1, 1), 13)
    assert found.board.rules == (
        ShareGt("tenant_share", "tenant", 7, 10),
        MinHard("executive_possible", "tenant", 2),
    )
    assert found.chair.rules == (MinHard("chair_tenant", "tenant", 1),)
    assert found.executive.rules == (MinHard("executive_tenants", "tenant", 2),)
    assert found.articles == {
        "board_size": "S2",
        "tenant_share": "3.1b",
        "executive_possible": "3.1d",
        "chair_tenant": "3.1c",
        "executive_tenants": "3.1d",
    }
    assert found.settings == Settings()


def test_the_end_of_the_text_is_not_the_end_of_the_rules() -> None:
    assert rules_on([AGREEMENT_2016], date(2026, 1, 1)) is AGREEMENT_2016


def test_every_kind_of_rule_is_read() -> None:
    given = shape()
    given["board"] += [rule("max", "most", value=12), rule("min", "held", value=3, if_short="hold")]
    rules = read(raw(given)).board.rules[2:]
    assert rules[0] == Max("most", "tenant", 12)
    assert rules[1] == Min("held", "tenant", 3, "hold")  # type: ignore[arg-type] # equal to its text


def test_a_file_without_end_has_none() -> None:
    given = shape()
    del given["end"]
    assert read(raw(given)).end is None
    assert b'"end"' not in write(read(raw(given)))


def test_the_order_of_fields_and_kinds_changes_no_fingerprint() -> None:
    given = dict(reversed(shape().items()))
    given["settings"]["electorate"].reverse()
    assert read(raw(given)) == AGREEMENT_2016
    assert fingerprint(read(raw(given))) == fingerprint(AGREEMENT_2016)


def test_another_number_is_another_fingerprint() -> None:
    given = shape()
    given["board"][0]["num"] = 8
    assert fingerprint(read(raw(given))) != fingerprint(AGREEMENT_2016)


def test_a_seal_names_the_rules_and_carries_them() -> None:
    sealed = for_seal(AGREEMENT_2016)
    assert sealed["sha256"] == fingerprint(AGREEMENT_2016)
    assert sealed["source"] == "Samenwerkingsovereenkomst 2016"
    assert [one["type"] for one in sealed["board"]] == ["share_gt", "min_hard"]
    assert [one["id"] for one in sealed["chair"] + sealed["executive"]] == [
        "chair_tenant",
        "executive_tenants",
    ]
    assert sealed["settings"]["electorate"] == ["tenant", "owner", "entrepreneur"]


Spoil = Callable[[Shape], object]


def put(place: str, value: object) -> Spoil:
    """Write ``value`` at a place such as ``board.0.num``."""

    def spoil(given: Any) -> None:
        *way, last = [int(step) if step.isdigit() else step for step in place.split(".")]
        for step in way:
            given = given[step]
        given[last] = value

    return spoil


def drop(place: str) -> Spoil:
    """Leave a field of the top or of the settings out."""

    def spoil(given: Any) -> None:
        *way, last = place.split(".")
        for step in way:
            given = given[step]
        del given[last]

    return spoil


def add(part: str, *rules: Shape) -> Spoil:
    """More rules for a part."""
    return lambda given: given[part].extend(rules)


REFUSED: dict[str, tuple[Spoil, str, str]] = {
    "a field too many": (put("extra", 1), "reading.field_unknown", "extra"),
    "a field of a rule too many": (
        put("board.0.value", 1),
        "reading.field_unknown",
        "board[0].value",
    ),
    "a field missing": (drop("source"), "reading.field_missing", "source"),
    "a setting missing": (drop("settings.ties"), "reading.field_missing", "settings.ties"),
    "another schema": (put("schema", "consult-rules/2"), "reading.not_choice", "schema"),
    "settings that are a list": (put("settings", []), "reading.not_object", "settings"),
    "a rule that is a text": (put("board.0", "70 %"), "reading.not_object", "board[0]"),
    "rules that are no list": (put("chair", {}), "reading.not_list", "chair"),
    "no source": (put("source", " "), "reading.not_line", "source"),
    "a source of two lines": (put("source", "a\nb"), "reading.not_line", "source"),
    "an endless article": (
        put("board.0.article", "3" * 201),
        "reading.not_line",
        "board[0].article",
    ),
    "a board of nobody": (
        put("largest_board.value", 0),
        "reading.not_whole",
        "largest_board.value",
    ),
    "a board of a hundred": (
        put("largest_board.value", 100),
        "reading.not_whole",
        "largest_board.value",
    ),
    "yes for a number": (
        put("largest_board.value", True),
        "reading.not_whole",
        "largest_board.value",
    ),
    "half a year": (put("settings.term_years", 0.5), "reading.not_whole", "settings.term_years"),
    "no terms": (put("settings.most_terms", 0), "reading.not_whole", "settings.most_terms"),
    "a day in words": (put("start", "1 juli 2016"), "reading.not_day", "start"),
    "a day in another spelling": (put("start", "20160701"), "reading.not_day", "start"),
    "a day that is not": (put("end", "2017-02-29"), "reading.not_day", "end"),
    "an end of null": (put("end", None), "reading.not_day", "end"),
    "an end before the start": (put("end", "2016-07-01"), "council.rules_end_before_start", "end"),
    "an unknown type": (put("board.0.type", "share_ge"), "reading.not_choice", "board[0].type"),
    "a group that nobody knows": (
        put("board.0.group", "owner"),
        "reading.not_choice",
        "board[0].group",
    ),
    "an unknown tie rule": (put("settings.ties", "age"), "reading.not_choice", "settings.ties"),
    "an unknown fallback": (
        put("settings.unfilled", "keep"),
        "reading.not_choice",
        "settings.unfilled",
    ),
    "an unknown way to seat": (
        put("settings.uncontested", "seat"),
        "reading.not_choice",
        "settings.uncontested",
    ),
    "an unknown elector": (
        put("settings.chair_by", "king"),
        "reading.not_choice",
        "settings.chair_by",
    ),
    "perhaps": (put("settings.co_optation", "no"), "reading.not_yes_no", "settings.co_optation"),
    "a vote for each dwelling": (
        put("settings.vote_unit", "dwelling"),
        "council.rules_vote_unit",
        "settings.vote_unit",
    ),
    "no voters": (
        put("settings.electorate", []),
        "council.rules_nobody_votes",
        "settings.electorate",
    ),
    "an unknown voter": (
        put("settings.electorate", ["tenant", "student"]),
        "reading.not_choice",
        "settings.electorate[1]",
    ),
    "a voter twice": (
        put("settings.electorate", ["tenant", "tenant"]),
        "council.rules_id_twice",
        "settings.electorate[1]",
    ),
    "a rule twice": (put("chair.0.id", "tenant_share"), "council.rules_id_twice", "chair[0].id"),
    "a rule named as the size": (
        put("chair.0.id", "board_size"),
        "council.rules_id_twice",
        "chair[0].id",
    ),
    "a hard rule after a minimum": (
        add("board", rule("min", "low", value=1, if_short="hold"), rule("max", "high", value=9)),
        "council.rules_order",
        "board[3]",
    ),
    "a share of all": (put("board.0.num", 10), "council.rules_share_whole", "board[0].num"),
    "at most fewer than at least": (
        add("board", rule("max", value=1)),
        "council.rules_max_below_min",
        "board[2].value",
    ),
    "more tenants than members": (put("board.1.value", 14), "council.rules_impossible", "board"),
    "a share and a cap that no size meets": (
        lambda given: (
            (
                (add("board", rule("max", value=2))(given), put("board.1.value", 2)(given))
                and put("board.0", rule("min_hard", "tenant_share", value=2))(given)
            )
            or put("largest_board.value", 1)(given)
        ),
        "council.rules_impossible",
        "board",
    ),
    "two chairs": (put("chair.0.value", 2), "council.rules_impossible", "chair"),
    "four of three posts": (put("executive.0.value", 4), "council.rules_impossible", "executive"),
    "a chair that the executive board may not have": (
        put("executive.0", rule("max", "executive_tenants", value=0)),
        "council.rules_impossible",
        "together",
    ),
    "an executive board that the board has no people for": (
        lambda given: (
            put("board", [rule("max", value=1)])(given),
            put("chair", [])(given),
        ),
        "council.rules_impossible",
        "together",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_file_is_refused_where_it_is_wrong(name: str) -> None:
    spoil, code, field = REFUSED[name]
    given = shape()
    spoil(given)
    refused = refusal(raw(given))
    assert (refused.code, refused.facts["field"]) == (code, field)


CODES = {
    "reading.not_object",
    "reading.field_unknown",
    "reading.field_missing",
    "reading.not_list",
    "reading.not_whole",
    "reading.not_line",
    "reading.not_choice",
    "reading.not_day",
    "reading.not_yes_no",
    "council.rules_end_before_start",
    "council.rules_id_twice",
    "council.rules_order",
    "council.rules_share_whole",
    "council.rules_max_below_min",
    "council.rules_impossible",
    "council.rules_vote_unit",
    "council.rules_nobody_votes",
}


def test_every_reason_to_refuse_a_shape_is_met() -> None:
    assert {code for _, code, _ in REFUSED.values()} == CODES


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (b"\xff{}", "reading.not_utf8"),
        (b"{'a': 1}", "reading.not_json"),
        (b"[" * 20_000, "reading.not_json"),
        (b"9" * 5000, "reading.not_json"),
        (b'{"schema": 1, "schema": 1}', "reading.field_twice"),
        (b"[]", "reading.not_object"),
        (b" " * (LARGEST_FILE + 1), "council.rules_too_large"),
    ],
)
def test_what_is_no_file_of_rules_is_refused(given: bytes, code: str) -> None:
    assert refusal(given).code == code


def test_what_a_refusal_quotes_is_short_and_can_be_shown() -> None:
    given = shape()
    given["x\ud800" + "y" * 500] = 1
    told = str(refusal(raw(given)).facts["field"])
    assert len(told) <= 40
    assert told.encode()


def test_at_no_depth_a_file_is_too_deep_to_be_refused_in_words() -> None:
    """What is just shallow enough to be read can be too deep to be written again."""
    for depth in range(sys.getrecursionlimit()):
        assert refusal(b"[" * depth + b"]" * depth or b"x").code in {
            "reading.not_object",
            "reading.not_json",
        }
