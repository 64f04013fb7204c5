"""How far a consultation has come, by calendar and decisions."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import (
    Consultation,
    Phase,
    Plan,
    coarse,
    slug,
)
from tests.unit.surveys.test_questions import ONE

OPENS = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
DRAFT = Consultation(
    id="c1",
    slug="groen",
    title=words("Groen"),
    intro=words(""),
    questions=Questionnaire((Section("s1", questions=(ONE,)),)),
    reference_date=date(2026, 10, 1),
    opens_at=OPENS,
    closes_at=CLOSES,
)
DECIDED = replace(DRAFT, opened_at=OPENS - timedelta(days=2), roll_id="r1")
SECOND = timedelta(seconds=1)
TODAY = date(2026, 11, 2)


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
    assert not DRAFT.closing_due(CLOSES + SECOND)


def test_what_is_published_stays_published() -> None:
    done = replace(DECIDED, closed_at=CLOSES, published_at=CLOSES + timedelta(days=9))
    assert done.phase(OPENS) is Phase.PUBLISHED


def test_nothing_stands_in_the_way_of_a_ready_draft() -> None:
    assert DRAFT.obstacles(OPENS - SECOND, TODAY) == ()


def test_each_obstacle_to_opening_is_named() -> None:
    bare = replace(DRAFT, questions=Questionnaire())
    assert bare.obstacles(OPENS, TODAY) == ("questions_missing",)
    assert DRAFT.obstacles(CLOSES, TODAY) == ("closing_past",)
    assert DRAFT.obstacles(OPENS, date(2026, 9, 30)) == ("reference_ahead",)
    assert replace(DRAFT, closes_at=OPENS).obstacles(OPENS - SECOND, TODAY) == ("calendar_order",)


def test_a_coarse_number_is_rounded_down_to_tens() -> None:
    assert [coarse(count) for count in (0, 9, 10, 19, 120)] == [0, 0, 10, 10, 120]


def test_the_coarse_number_is_made_once_a_day_while_it_is_open() -> None:
    counted = replace(DECIDED, shown_on=TODAY)
    assert DECIDED.count_due(OPENS, TODAY)
    assert not counted.count_due(OPENS, TODAY)
    assert counted.count_due(OPENS, date(2026, 11, 3))
    assert not DECIDED.count_due(OPENS - SECOND, TODAY)
    assert not DECIDED.count_due(CLOSES, TODAY)


def test_an_address_is_made_of_the_title() -> None:
    assert slug("Eén groene buurt, wat vindt ú?", frozenset()) == "een-groene-buurt-wat-vindt-u"
    assert slug("Groen", {"groen", "groen-2"}) == "groen-3"
    assert slug("2027", frozenset()) == "vraag-2027"
    assert slug("؟", frozenset()) == "vraag"
    assert len(slug("lang " * 40, frozenset())) <= 50


def test_what_is_wrong_with_a_plan_is_named() -> None:
    def plan(title: str = "Groen", intro: str = "", closes: datetime = CLOSES) -> Plan:
        return Plan(words(title), words(intro), TODAY, OPENS, closes)

    assert plan().problem() is None
    assert plan(title="").problem() == Problem("title_missing")
    assert plan(title="x" * 121).problem() == Problem("title_long", 120)
    assert plan(intro="x" * 2001).problem() == Problem("intro_long", 2000)
    assert plan(closes=OPENS).problem() == Problem("calendar_order")
