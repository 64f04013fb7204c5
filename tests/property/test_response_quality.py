"""Axioms of response quality, on whatever groups and whatever response."""

import numpy as np
from hypothesis import assume, given
from hypothesis import strategies as st

from consult.refusal import Refusal
from consult.reports.core.response.design import Responses, responses
from consult.reports.core.response.indicators import Indicators, indicators
from consult.reports.core.response.propensity import fit
from consult.reports.core.response.sensitivity import share_among_everybody, tipping_odds
from consult.reports.core.response.small_bodies import chances, shares
from consult.reports.core.response.variation import Noise

CLOSE = 1e-9


@st.composite
def answers(draw: st.DrawFn) -> Responses:
    """Two or three variables, of whom in each cell some came; at least one and not all."""
    rows = draw(st.lists(st.tuples(*[st.sampled_from("abcd")] * 3), min_size=2, max_size=25))
    people = [draw(st.integers(1, 400)) for _ in rows]
    came = [draw(st.integers(0, one)) for one in people]
    assume(0 < sum(came) < sum(people))
    names = ("x", "y", "z")[: draw(st.integers(2, 3))]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    made = responses(columns, came, people)
    for codes in made.codes.T:  # a variable that tells who came has no model, also at the limit
        group_came = np.bincount(codes, made.took_part)
        group = np.bincount(codes, made.people)
        assume(((group_came > 0) & (group_came < group)).any())
    return made


def measured(made: Responses) -> Indicators:
    try:
        return indicators(fit(made, at_limit=True))
    except Refusal:
        assume(False)
        raise


@given(answers())
def test_every_value_lies_in_its_interval_and_every_interval_in_what_can_be(
    made: Responses,
) -> None:
    found = measured(made)
    assert found.lowest_r - CLOSE <= found.r.low <= found.r.high <= 1
    assert found.r.low - CLOSE <= found.r.value <= found.r.high + CLOSE or found.variance == 0
    assert 0 <= found.cv.low <= found.cv.value + CLOSE
    assert found.cv.value <= found.cv.high + CLOSE
    for partial in found.partials:
        for one in (partial.alone, partial.beside):
            assert 0 <= one.low <= one.value + CLOSE
            assert one.value <= one.high + CLOSE
            assert one.value <= one.unadjusted + CLOSE
            assert np.isfinite([one.value, one.error, one.low, one.high]).all()


@given(answers())
def test_a_variable_alone_explains_no_more_than_all_together(made: Responses) -> None:
    found = measured(made)
    for partial in found.partials:
        assert partial.alone.unadjusted**2 <= found.variance + CLOSE
        assert partial.beside.unadjusted**2 <= found.variance + CLOSE


@given(answers(), st.integers(2, 50))
def test_more_people_who_do_the_same_change_no_propensity_and_less_is_chance(
    made: Responses, times: int
) -> None:
    more = Responses(made.variables, made.codes, made.people * times, made.took_part * times)
    once, again = fit(made, at_limit=True), fit(more, at_limit=True)
    assert np.abs(once.propensity - again.propensity).max() < 1e-6
    assert indicators(again).bias <= indicators(once).bias / times * (1 + 1e-3) + CLOSE


@given(
    st.floats(0, 0.25),
    st.floats(0, 0.1),
    st.floats(0, 0.1),
    st.floats(0, 0.1),
)
def test_an_interval_of_a_root_holds_what_was_measured(
    square: float, bias: float, slope: float, constant: float
) -> None:
    measure = Noise(bias, slope * square, constant).measure(square, 1.0)
    assert 0 <= measure.low <= measure.value + CLOSE
    assert measure.value <= measure.high + CLOSE


@given(st.floats(0.001, 0.999), st.floats(0.001, 0.999), st.floats(0.05, 20))
def test_holders_who_were_readier_are_fewer_among_everybody(
    share: float, response: float, odds: float
) -> None:
    found = share_among_everybody(share, response, odds)
    assert response * share - CLOSE <= found <= response * share + 1 - response + CLOSE
    assert (found <= share + CLOSE) if odds >= 1 else (found >= share - CLOSE)
    others = share_among_everybody(1 - share, response, 1 / odds)
    assert abs(found + others - 1) < CLOSE


@given(st.floats(0.01, 0.99), st.floats(0.01, 0.9))
def test_the_tipping_odds_bring_the_share_to_one_half(share: float, response: float) -> None:
    odds = tipping_odds(share, response)
    if odds is None:
        away = (0.5 - response * share) / (1 - response)
        assert not 0 < away < 1
    else:
        assert abs(share_among_everybody(share, response, odds) - 0.5) < 1e-7


@given(st.integers(1, 300), st.data())
def test_chances_of_a_small_body_are_those_of_its_mirror(size: int, data: st.DataObject) -> None:
    group, body = data.draw(st.integers(0, size)), data.draw(st.integers(0, min(size, 25)))
    found = chances(size, group, body)
    assert abs(sum(found) - 1) < CLOSE
    others = chances(size, size - group, body)
    assert np.allclose(found, others[::-1], rtol=1e-9, atol=0)


@given(st.lists(st.integers(1, 200), min_size=2, max_size=6), st.data())
def test_what_is_expected_of_a_body_adds_up_to_the_body(
    base: list[int], data: st.DataObject
) -> None:
    members = [data.draw(st.integers(0, min(people, 4))) for people in base]
    found = shares(base, members)
    assert abs(sum(one.expected for one in found) - sum(members)) < 1e-6
    for one in found:
        assert 0 < one.both <= one.p_value <= 1
        assert one.so_few + one.so_many >= 1 - CLOSE
