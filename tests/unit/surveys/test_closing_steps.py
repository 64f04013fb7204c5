"""The order of the steps between the last answer and the first result."""

import pytest

from consult.refusal import Refusal
from consult.surveys.core.sealed.closing import Step, check, upcoming

ORDER = ["frozen", "shuffled", "cut", "opened", "clean"]


def test_steps_are_taken_in_the_order_of_the_list() -> None:
    assert [str(step) for step in Step] == ORDER
    done: list[Step] = []
    while step := upcoming(done):
        assert check(done, step)
        done.append(step)
    assert done == list(Step)


@pytest.mark.parametrize("step", Step)
def test_a_step_waits_for_all_before_it(step: Step) -> None:
    before = list(Step)[: list(Step).index(step)]
    assert check(before, step)
    for missing in before:
        done = [one for one in before if one is not missing]
        with pytest.raises(Refusal, match=f"missing={missing}") as refused:
            check(done, step)
        assert refused.value.code == "surveys.step_early"


@pytest.mark.parametrize("step", Step)
def test_a_step_is_taken_once(step: Step) -> None:
    assert not check(list(Step), step)
    assert upcoming(list(Step)) is None
