"""What a report says follows from its numbers by rules, the most important first."""

from dataclasses import replace
from typing import Any

import pytest

from consult.reports.core.chain import Cell, Chain, Dimension, Members, Stage
from consult.reports.core.edition import Estimate, Opinion, Opinions, Readers, Report
from consult.reports.core.findings import MOST, Code, findings
from consult.reports.core.making import make

Counts = tuple[str, str, int, int]
"""Age, neighbourhood, invited, participants."""

UNEVEN = (
    ("18-34", "Noord", 1000, 30),
    ("35-49", "Noord", 1000, 80),
    ("50-64", "Noord", 1000, 90),
    ("18-34", "Zuid", 1000, 40),
    ("35-49", "Zuid", 1000, 120),
    ("50-64", "Zuid", 1000, 200),
)
EVEN = tuple((age, place, base, base // 12) for age, place, base, _ in UNEVEN)


def report(*cells: Counts, bodies: tuple[Members, ...] = ()) -> Report:
    made = make(
        Chain(
            tuple(Cell("tenant", age, place, base, base, came) for age, place, base, came in cells),
            {},
            bodies,
        ),
        Readers.INSIDE,
    )
    assert isinstance(made, Report)
    return made


def found(of: Report, code: Code) -> dict[str, Any]:
    """The facts of the only finding of this kind."""
    (only,) = (one for one in findings(of) if one.code is code)
    return dict(only.facts)


def codes(of: Report) -> list[Code]:
    return [one.code for one in findings(of)]


def test_first_of_all_how_many_took_part() -> None:
    first = findings(report(*UNEVEN))[0]
    assert first.code is Code.RESPONSE
    assert first.facts == {"base": 6000, "invited": 6000, "participants": 560, "rate": 560 / 6000}


def test_then_who_is_missing_by_how_many_people_they_are() -> None:
    said = findings(report(*UNEVEN))
    under = [one.facts["label"] for one in said if one.code is Code.UNDER]
    assert under == ["18-34", "Noord"]
    young: dict[str, Any] = dict(said[1].facts)
    assert young["dimension"] is Dimension.AGE_BAND
    assert (young["share"], young["base_share"]) == (70 / 560, 1 / 3)
    assert young["low"] < young["index"] < young["high"]


def test_at_most_three_groups_are_named_and_one_that_took_part_more() -> None:
    cells = [("18-34", f"{n}", 1000, 30) for n in range(5)] + [("18-34", "A", 1000, 300)]
    said = codes(report(*cells))
    assert said.count(Code.UNDER) == 3
    assert said.count(Code.OVER) == 1
    assert len(said) <= MOST


def test_an_even_response_is_told_as_even() -> None:
    said = report(*EVEN)
    assert found(said, Code.NONE_UNDER) == {"dimensions": 3}
    assert Code.CHANCE in codes(said)
    assert Code.UNDER not in codes(said)
    assert found(said, Code.EVENNESS)["cv"] == 0.0


def test_an_uneven_response_is_told_beside_what_chance_gives() -> None:
    facts = found(report(*UNEVEN), Code.UNEVEN)
    assert facts["dimension"] is Dimension.AGE_BAND
    assert facts["dissimilarity"] > facts["noise_floor"]
    assert facts["p_value"] < 0.05


def test_evenness_is_told_with_the_bias_that_it_leaves_room_for() -> None:
    facts = found(report(*UNEVEN), Code.EVENNESS)
    assert facts["low"] < facts["cv"] < facts["high"]
    assert facts["most_bias"] == facts["cv"] / 2
    assert facts["lowest_r"] < facts["r"] < 1


def test_hidden_groups_are_counted_not_named() -> None:
    said = report(*EVEN, ("18-34", "West", 400, 3), ("18-34", "Oost", 400, 40))
    facts = found(said, Code.HIDDEN)
    assert facts == {"groups": 2, "dimensions": 1, "least": 5}
    assert "West" not in str(findings(said))


def test_hidden_groups_together_are_named_as_such() -> None:
    said = report(
        ("18-34", "Noord", 4000, 800), ("18-34", "West", 900, 3), ("18-34", "Oost", 900, 30)
    )
    facts = found(said, Code.UNDER_TOGETHER)
    assert "label" not in facts
    assert facts["base_share"] == 1800 / 5800


def test_when_every_group_hides_that_is_all_there_is_to_say() -> None:
    cells = (
        Cell("tenant", "18-34", "A", 500, 500, 60),
        Cell("owner", "35-49", "B", 20, 20, 2),
    )
    made = make(Chain(cells), Readers.INSIDE)
    assert isinstance(made, Report)
    assert codes(made)[:2] == [Code.RESPONSE, Code.ALL_HIDDEN]


def board(young: int, middle: int, old: int, stage: Stage = Stage.BOARD) -> Members:
    members = {"18-34": young, "35-49": middle, "50-64": old}
    return Members(stage, young + middle + old, {Dimension.AGE_BAND: members})


@pytest.mark.parametrize(
    ("body", "code", "label"),
    [
        (board(0, 4, 5), Code.BODY_CHANCE, "18-34"),
        (board(0, 10, 10), Code.BODY_UNDER, "18-34"),
        (board(9, 0, 0), Code.BODY_OVER, "18-34"),
        (board(3, 3, 3), Code.BODY_EVEN, None),
    ],
)
def test_a_body_mirrors_the_base_unless_the_exact_test_says_otherwise(
    body: Members, code: Code, label: str | None
) -> None:
    facts: dict[str, Any] = dict(found(report(*EVEN, bodies=(body,)), code))
    assert facts["stage"] is Stage.BOARD
    assert facts["size"] == body.size
    assert facts.get("label") == label
    if code is Code.BODY_CHANCE:
        assert (facts["members"], round(facts["expected"], 6)) == (0, 3)
        assert 0.02 < facts["chance"] < 0.03


def test_the_body_that_is_farthest_along_comes_first() -> None:
    said = report(*EVEN, bodies=(board(9, 9, 9, Stage.CANDIDATES), board(3, 3, 3)))
    stages = [one.facts["stage"] for one in findings(said) if one.code is Code.BODY_EVEN]
    assert stages == [Stage.BOARD, Stage.CANDIDATES]


def opinion(option: str, plain: float, weighted: float, falls: float = 0.02) -> Opinion:
    return Opinion(
        "q",
        option,
        Estimate(plain, plain - 0.02, plain + 0.02),
        Estimate(weighted, weighted - 0.02, weighted + 0.02),
        {1.25: weighted - falls, 1.5: weighted - 2 * falls},
    )


def asked(*lines: Opinion) -> Report:
    opinions = Opinions(400.0, lines) if lines else None
    return replace(report(*EVEN), opinions=opinions, asked=True)


def test_weighting_changes_what_moves_by_more_than_two_points() -> None:
    said = asked(opinion("a", 0.5, 0.47), opinion("b", 0.3, 0.35), opinion("c", 0.2, 0.19))
    facts = found(said, Code.WEIGHTS_MOVE)
    assert facts == {"lines": 2, "question": "q", "option": "b", "plain": 0.3, "weighted": 0.35}


def test_weighting_that_moves_nothing_says_so_with_the_largest_difference() -> None:
    facts = found(asked(opinion("a", 0.5, 0.51)), Code.WEIGHTS_MOVE_NOTHING)
    assert facts["lines"] == 1
    assert facts["most"] == pytest.approx(0.01)


def test_what_weighting_cannot_mend_stands_behind_it() -> None:
    said = asked(opinion("a", 0.5, 0.5), opinion("b", 0.5, 0.5, falls=0.05))
    facts = found(said, Code.NOT_MENDED)
    assert facts["option"] == "b"
    assert facts["odds"] == 1.5
    assert facts["share"] == pytest.approx(0.4)
    order = codes(said)
    assert order.index(Code.NOT_MENDED) == order.index(Code.WEIGHTS_MOVE_NOTHING) + 1


def test_answers_without_weights_are_told_to_have_none() -> None:
    assert Code.NO_WEIGHTS in codes(asked())


def test_of_an_election_nothing_is_said_about_weights() -> None:
    said = set(codes(report(*UNEVEN, bodies=(board(3, 3, 3),))))
    assert not said & {
        Code.WEIGHTS_MOVE,
        Code.WEIGHTS_MOVE_NOTHING,
        Code.NO_WEIGHTS,
        Code.NOT_MENDED,
    }
