"""What comes of a consultation: the order of the steps, corrections, terms, and every refusal."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from consult.council.core import dossier as core
from consult.council.core.dossier import DAYS, Dossier, Kind, Outcome, Said, Step, Way
from consult.refusal import Refusal

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
ASKED, CLOSED, TODAY = date(2026, 9, 1), date(2026, 9, 22), date(2026, 11, 22)


def said(day: date = TODAY, **more: Any) -> Said:
    return Said(day=day, **{"texts": {"nl": "Gezegd."}, **more})


def put(dossier: Dossier, entry: core.Entry) -> Dossier:
    return Dossier((*dossier.entries, entry))


def asked() -> Dossier:
    return core.begin(NOW, ASKED, CLOSED, {"nl": "Wij vroegen iets."})


def after(*steps: tuple[Step, Said]) -> Dossier:
    found = asked()
    for step, told in steps:
        found = put(found, core.advance(found, NOW, TODAY, step, told))
    return found


HEARD = (Step.HEARD, said(date(2026, 10, 1)))
ADVISED = (Step.ADVISED, said(date(2026, 10, 10), way=Way.ORAL))
DECIDED = (Step.DECIDED, said(date(2026, 11, 1), outcome=Outcome.PARTLY))
DONE = (Step.DONE, said(date(2026, 11, 20)))


def refused(call: Any) -> Refusal:
    with pytest.raises(Refusal) as found:
        call()
    return found.value


def test_a_dossier_goes_through_its_steps_in_their_order() -> None:
    found = asked()
    assert (found.at, found.awaited) == (Step.ASKED, Step.HEARD)
    found = after(HEARD, ADVISED, DECIDED, DONE)
    assert (found.at, found.awaited, found.due) == (Step.DONE, None, None)
    assert found.done_on == date(2026, 11, 20)
    assert not found.overdue(date(2099, 1, 1))


def test_nothing_is_awaited_but_the_question_before_it_was_asked() -> None:
    assert (Dossier().at, Dossier().awaited, Dossier().due) == (None, Step.ASKED, None)
    assert Dossier().done_on is None


@pytest.mark.parametrize("step", [Step.ASKED, Step.ADVISED, Step.DECIDED, Step.DONE])
def test_a_step_out_of_its_order_is_refused(step: Step) -> None:
    call = lambda: core.advance(asked(), NOW, TODAY, step, said())  # noqa: E731
    assert refused(call).code == "council.dossier_order"


def test_each_step_says_by_when_the_next_is_due() -> None:
    assert asked().due == CLOSED + timedelta(DAYS[Step.HEARD])
    assert after(HEARD).due == date(2026, 10, 1) + timedelta(DAYS[Step.ADVISED])
    chosen = (Step.HEARD, said(date(2026, 10, 1), due=date(2026, 12, 24)))
    assert after(chosen).due == date(2026, 12, 24)


def test_a_step_is_overdue_from_the_day_after_it_was_due() -> None:
    found = after(HEARD)
    due = found.due
    assert due is not None
    assert (found.overdue(due), found.overdue(due + timedelta(1))) == (False, True)


def test_a_term_moves_by_consent_and_the_next_step_has_its_own() -> None:
    found = after(HEARD)
    moved = core.extend(found, NOW, TODAY, said(due=date(2027, 1, 31)))
    found = put(found, moved)
    assert (moved.kind, moved.step, found.due) == (
        Kind.EXTENSION,
        Step.ADVISED,
        date(2027, 1, 31),
    )
    assert found.extensions(Step.ADVISED) == (moved,)
    later = put(found, core.advance(found, NOW, TODAY, *ADVISED))
    assert later.due == date(2026, 10, 10) + timedelta(DAYS[Step.DECIDED])


def test_a_correction_takes_the_place_and_leaves_what_stood_there() -> None:
    found = after(HEARD, ADVISED)
    once = core.correct(found, NOW, TODAY, 2, said(date(2026, 10, 2), texts={"nl": "Beter."}))
    found = put(found, once)
    again = core.correct(found, NOW, TODAY, once.number, said(date(2026, 10, 2)))
    found = put(found, again)
    (shown,) = found.shown(Step.HEARD)
    assert shown.entry is again
    assert [entry.number for entry in shown.before] == [once.number, 2]
    assert found.at is Step.ADVISED


def test_a_correction_leaves_the_term_unless_it_names_one() -> None:
    found = after(HEARD)
    found = put(found, core.extend(found, NOW, TODAY, said(due=date(2027, 1, 31))))
    same = put(found, core.correct(found, NOW, TODAY, 2, said(date(2026, 10, 1))))
    assert same.due == date(2027, 1, 31)
    named = said(date(2026, 10, 1), due=date(2027, 2, 1))
    assert put(found, core.correct(found, NOW, TODAY, 2, named)).due == date(2027, 2, 1)


def test_what_was_corrected_cannot_be_corrected_again() -> None:
    found = after(HEARD)
    found = put(found, core.correct(found, NOW, TODAY, 2, said(date(2026, 10, 1))))
    call = lambda: core.correct(found, NOW, TODAY, 2, said(date(2026, 10, 1)))  # noqa: E731
    assert refused(call).code == "council.dossier_entry"


def test_there_may_be_several_advices_before_the_decision() -> None:
    found = after(HEARD, ADVISED, (Step.ADVISED, said(date(2026, 10, 20), way=Way.WRITTEN)))
    ways = [shown.entry.said.way for shown in found.shown(Step.ADVISED)]
    assert ways == [Way.ORAL, Way.WRITTEN]
    assert found.due == date(2026, 10, 20) + timedelta(DAYS[Step.DECIDED])
    call = lambda: core.advance(after(HEARD, ADVISED, DECIDED), NOW, TODAY, *ADVISED)  # noqa: E731
    assert refused(call).code == "council.dossier_order"


@pytest.mark.parametrize(
    ("step", "told", "code"),
    [
        (Step.DECIDED, said(outcome=Outcome.NOT, texts={}), "council.dossier_text"),
        (Step.DECIDED, said(outcome=Outcome.NOT, texts={"en": "x"}), "council.dossier_text"),
        (Step.DECIDED, said(outcome=Outcome.NOT, texts={"nl": "x" * 4001}), "council.dossier_text"),
        (Step.DECIDED, said(date(2026, 11, 23), outcome=Outcome.NOT), "council.dossier_future"),
        (Step.DECIDED, said(outcome=Outcome.NOT, due=date(2026, 1, 1)), "council.dossier_due"),
        (Step.DECIDED, said(outcome=Outcome.NOT, way=Way.ORAL), "council.dossier_way"),
        (Step.ADVISED, said(), "council.dossier_way"),
        (Step.DECIDED, said(), "council.dossier_outcome"),
        (Step.ADVISED, said(way=Way.ORAL, outcome=Outcome.NOT), "council.dossier_outcome"),
        (Step.DECIDED, said(date(2026, 10, 9), outcome=Outcome.NOT), "council.dossier_before"),
    ],
)
def test_what_cannot_be_so_is_refused(step: Step, told: Said, code: str) -> None:
    call = lambda: core.advance(after(HEARD, ADVISED), NOW, TODAY, step, told)  # noqa: E731
    assert refused(call).code == code


def test_a_correction_keeps_the_order_of_the_days() -> None:
    found = after(HEARD, ADVISED)
    late = lambda: core.correct(found, NOW, TODAY, 2, said(date(2026, 10, 11)))  # noqa: E731
    early = lambda: core.correct(found, NOW, TODAY, 2, said(date(2026, 8, 31)))  # noqa: E731
    assert refused(late).code == "council.dossier_after"
    assert refused(early).code == "council.dossier_before"


def test_a_term_moves_only_where_one_runs_and_to_a_day() -> None:
    done = after(HEARD, ADVISED, DECIDED, DONE)
    for dossier in (done, Dossier()):
        call = lambda: core.extend(dossier, NOW, TODAY, said(due=TODAY))  # noqa: B023, E731
        assert refused(call).code == "council.dossier_nothing_due"
    call = lambda: core.extend(asked(), NOW, TODAY, said())  # noqa: E731
    assert refused(call).code == "council.dossier_due_missing"
