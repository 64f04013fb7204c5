"""Sets of rules over time: which holds, what is new, and what it does to the board."""

from dataclasses import replace
from datetime import UTC, date, datetime

from consult.council.core.agreement import Agreement, Settings
from consult.council.core.board import Mandate, Part
from consult.council.core.rules import Max, MinHard, RuleSet, ShareGt
from consult.council.core.versions import (
    Difference,
    State,
    Stated,
    Topic,
    Version,
    differences,
    effect,
    state,
    until,
)
from tests.agreements import AGREEMENT_2016

FIRST = Version("2016", AGREEMENT_2016, "a")
AT = datetime(2026, 11, 22, tzinfo=UTC)
START = date(2027, 1, 1)
TODAY = date(2026, 11, 22)


def newer(start: date = START, **changes: object) -> Agreement:
    """The rules of 2016, from another day on, with changes."""
    return replace(AGREEMENT_2016, start=start, **changes)  # type: ignore[arg-type]


def version(name: str, agreement: Agreement, *, adopted: bool = True) -> Version:
    """A set that was handed in."""
    return Version(name, agreement, name, AT, AT if adopted else None)


def test_a_set_comes_holds_and_is_over() -> None:
    versions = (FIRST, version("b", newer()))
    assert [state(versions, one, TODAY) for one in versions] == [State.IN_FORCE, State.COMING]
    assert [state(versions, one, START) for one in versions] == [State.PAST, State.IN_FORCE]
    assert [until(versions, one) for one in versions] == [START, None]


def test_a_set_that_nobody_adopted_waits_or_was_dropped() -> None:
    waiting = version("b", newer(), adopted=False)
    assert state((FIRST,), waiting, START) is State.WAITING
    assert state((FIRST,), replace(waiting, dropped_at=AT), START) is State.DROPPED


def test_of_two_sets_with_one_first_day_the_later_holds() -> None:
    versions = (FIRST, version("b", newer()), version("c", newer(largest_board=9)))
    assert [state(versions, one, START) for one in versions] == [
        State.PAST,
        State.NEVER,
        State.IN_FORCE,
    ]


def test_the_first_day_alone_is_no_difference() -> None:
    assert differences(AGREEMENT_2016, newer()) == ()


def test_each_kind_of_change_is_told_with_both_sides() -> None:
    articles = {**AGREEMENT_2016.articles, "board_size": "5", "few": "6"}
    share, possible = AGREEMENT_2016.board.rules
    eight = ShareGt("tenant_share", "tenant", 8, 10)
    after = newer(
        source="Nieuw",
        end=None,
        largest_board=9,
        articles=articles,
        board=RuleSet((possible, eight, Max("few", "tenant", 8))),
        chair=RuleSet(),
        settings=Settings(most_terms=2),
    )
    assert differences(AGREEMENT_2016, after) == (
        Difference(Topic.SOURCE, "source", "Samenwerkingsovereenkomst 2016", "Nieuw"),
        Difference(Topic.END, "end", date(2018, 1, 1), None),
        Difference(Topic.SIZE, "board_size", Stated(13, "S2"), Stated(9, "5")),
        Difference(Topic.RULE, "tenant_share", Stated(share, "3.1b"), Stated(eight, "3.1b")),
        Difference(Topic.RULE, "few", None, Stated(Max("few", "tenant", 8), "6")),
        Difference(
            Topic.ORDER,
            "board",
            ("tenant_share", "executive_possible"),
            ("executive_possible", "tenant_share"),
        ),
        Difference(
            Topic.RULE,
            "chair_tenant",
            Stated(MinHard("chair_tenant", "tenant", 1), "3.1c"),
            None,
            Part.CHAIR,
        ),
        Difference(Topic.SETTING, "most_terms", None, 2),
    )


def test_another_article_is_a_difference() -> None:
    after = newer(articles={**AGREEMENT_2016.articles, "chair_tenant": "9"})
    (found,) = differences(AGREEMENT_2016, after)
    assert (found.topic, found.name, found.part) == (Topic.RULE, "chair_tenant", Part.CHAIR)


def test_the_board_is_judged_as_of_today_and_on_each_day_from_the_first() -> None:
    sits, leaves = date(2026, 1, 1), date(2028, 1, 1)
    board = [Mandate(str(n), str(n), sits, leaves, ((sits, n < 3),)) for n in range(4)]
    eight = newer(board=RuleSet((ShareGt("tenant_share", "tenant", 8, 10),)))
    days = effect(board, [AGREEMENT_2016], eight, TODAY)
    assert [(one.after.day, one.before.lawful, one.after.lawful) for one in days] == [
        (TODAY, True, False),
        (START, True, False),
        (leaves, False, False),
    ]
