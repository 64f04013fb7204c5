"""Why somebody is passed over: the smallest set of rules, found by trying every set."""

from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.council.core.rules import Min, Rule, RuleSet, in_group
from consult.elections.core.count import count
from consult.elections.core.outcome import Count
from consult.elections.core.smallest import keeping, smallest
from consult.elections.core.steps import Elected, NoLawfulBoard, PassedOver
from tests.property.test_count import CASES, Case, all_lawful


def effective(case: Case, result: Count) -> tuple[Rule, ...]:
    """Hard rules, then the minima as far as they could be kept: most important first."""
    lowered = [rule._replace(value=result.effective_minima[rule.id]) for rule in case.rules.minima]
    return (*case.rules.hard, *lowered)


def blocked(case: Case, size: int, rules: Sequence[Rule], inside: Sequence[str]) -> bool:
    """Whether no board of the size that keeps these rules holds everybody ``inside``."""
    rest = [one for one in case.contest.candidates if one.id not in inside]
    base = [*case.contest.sitting, *(o for o in case.contest.candidates if o.id in inside)]
    return not any(
        all(rule.least(size) <= in_group(board, rule.group) <= rule.most(size) for rule in rules)
        for more in combinations(rest, max(0, size - len(base)))
        if len(board := [*base, *more]) == size
    )


def by_trying(case: Case, size: int, rules: Sequence[Rule], inside: Sequence[str]) -> list[str]:
    """The first of the smallest sets that block, of all sets in order of size and precedence."""
    return next(
        [rule.id for rule in these]
        for number in range(len(rules) + 1)
        for these in combinations(rules, number)
        if blocked(case, size, these, inside)
    )


def test_who_is_passed_over_hears_the_smallest_set_of_rules_that_blocks() -> None:
    seen = set()
    for case in CASES[:700]:
        result = count(*case)
        assert isinstance(result, Count)
        elected: list[str] = []
        for step in result.steps:
            if isinstance(step, Elected):
                elected.append(step.candidate)
            if isinstance(step, PassedOver):
                rules, inside = effective(case, result), [*elected, step.candidate]
                expected = by_trying(case, result.board_size or 0, rules, inside)
                assert [block.rule for block in step.blocks] == expected
                seen.add(len(expected))
    assert {1, 2, 3} <= seen


def test_rules_that_clash_are_the_smallest_set_that_no_board_keeps() -> None:
    seen = set()
    for case in CASES[:2000]:
        result = count(*case)
        assert isinstance(result, Count)
        for step in result.steps:
            if isinstance(step, NoLawfulBoard):
                hard = case.rules.hard
                fewest = next(
                    these
                    for number in range(len(hard) + 1)
                    for these in combinations(hard, number)
                    if not all_lawful(case.contest, RuleSet(these))
                )
                assert step.rules == tuple(rule.id for rule in fewest)
                seen.add(len(fewest))
    assert {0, 1, 2} <= seen


@given(st.sets(st.frozensets(st.integers(0, 9), min_size=1), min_size=1, max_size=6), st.data())
@settings(max_examples=150, deadline=None)
def test_the_smallest_set_is_found_whatever_is_known_beforehand(
    clashes: set[frozenset[int]], data: st.DataObject
) -> None:
    rules = tuple(Min(f"r{n}", "", n) for n in range(10))

    def forbid(these: Sequence[Rule]) -> bool:
        return any(clash <= {rules.index(rule) for rule in these} for clash in clashes)

    expected = next(
        these for number in range(11) for these in combinations(rules, number) if forbid(these)
    )
    allowed = [
        sum(1 << rules.index(rule) for rule in these)
        for these in data.draw(st.lists(st.sets(st.sampled_from(rules)), max_size=4))
        if not forbid(tuple(these))
    ]
    assert smallest(rules, keeping(rules, forbid), allowed) == expected


def test_beyond_the_bound_no_rule_can_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = tuple(Min(f"r{n}", "", n) for n in range(8))

    def forbid(these: Sequence[Rule]) -> bool:
        return {rules[2], rules[5], rules[7]} <= set(these)

    monkeypatch.setattr("consult.elections.core.smallest.TRIES", 3)
    assert smallest(rules, keeping(rules, forbid)) == (rules[2], rules[5], rules[7])
