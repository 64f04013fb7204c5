"""How far a consultation has come, by calendar and decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from consult.surveys.core.consultation import Consultation, Phase, coarse
from consult.surveys.core.questionnaire import Questionnaire
from tests.unit.surveys.test_questions import ONE

OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
DRAFT = Consultation(
    id="c1",
    slug="groen",
    title="Groen",
    intro="",
    questions=Questionnaire((ONE,)),
    reference_date=date(2026, 10, 1),
    opens_at=OPENS,
    closes_at=CLOSES,
)
READY = replace(DRAFT, public_key=b"k" * 32, key_proved_at=OPENS - timedelta(days=3))
DECIDED = replace(READY, opened_at=OPENS - timedelta(days=2), roll_id="r1")
SECOND = timedelta(seconds=1)


def test_until_somebody_decides_to_open_it_is_a_draft() -> None:
    assert DRAFT.phase(OPENS + SECOND) is Phase.DRAFT
    assert DRAFT.phase(CLOSES + SECOND) is Phase.DRAFT


def test_it_opens_and_closes_by_the_calendar_to_the_second() -> None:
    assert DECIDED.phase(OPENS - SECOND) is Phase.SCHEDULED
    assert DECIDED.phase(OPENS) is Phase.OPEN
    assert DECIDED.phase(CLOSES - SECOND) is Phase.OPEN
    assert DECIDED.phase(CLOSES) is Phase.CLOSED


def test_a_stored_closing_holds_when_the_clock_goes_back() -> None:
    closed = replace(DECIDED, closed_at=CLOSES)
    assert closed.phase(CLOSES - timedelta(hours=1)) is Phase.CLOSED
    assert closed.phase(OPENS - timedelta(days=9)) is Phase.CLOSED


def test_a_closing_is_due_from_its_moment_until_it_is_stored() -> None:
    assert not DECIDED.closing_due(CLOSES - SECOND)
    assert DECIDED.closing_due(CLOSES)
    assert not replace(DECIDED, closed_at=CLOSES).closing_due(CLOSES + SECOND)
    assert not READY.closing_due(CLOSES + SECOND)


def test_what_is_published_stays_published() -> None:
    done = replace(DECIDED, closed_at=CLOSES, published_at=CLOSES + timedelta(days=9))
    assert done.phase(OPENS) is Phase.PUBLISHED


def test_nothing_stands_in_the_way_of_a_ready_draft() -> None:
    assert READY.obstacles(OPENS - SECOND) == ()


def test_each_obstacle_to_opening_is_named() -> None:
    bare = replace(DRAFT, questions=Questionnaire())
    assert bare.obstacles(OPENS) == ("questions_missing", "key_missing", "key_unproved")
    assert replace(READY, key_proved_at=None).obstacles(OPENS) == ("key_unproved",)
    assert READY.obstacles(CLOSES) == ("closing_past",)
    assert replace(READY, closes_at=OPENS).obstacles(OPENS - SECOND) == ("calendar_order",)


def test_a_coarse_number_is_rounded_down_to_tens() -> None:
    assert [coarse(count) for count in (0, 9, 10, 19, 120)] == [0, 0, 10, 10, 120]
