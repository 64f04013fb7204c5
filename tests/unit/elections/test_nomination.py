"""When customers can apply, and who may stand."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from consult.elections.core.election import Plan
from consult.elections.core.eligibility import Bar, Known, bar
from consult.elections.core.nomination import Application, Call, Standing, call_of
from consult.register.core.base import AgeBand, Kind
from consult.register.core.roll import Entry
from tests.elections import PLAN

FROM = datetime(2026, 10, 5, 7, 0, tzinfo=UTC)
UNTIL = datetime(2026, 10, 26, 22, 0, tzinfo=UTC)
PUBLISHED = FROM - timedelta(days=3)
CALLING: Plan = replace(PLAN, nominate_from=FROM, nominate_until=UNTIL)
ENTRY = Entry("e1", "K1", Kind.TENANT, AgeBand.OLDER, "Cool")
EVERYBODY = ("tenant", "owner", "entrepreneur")


@pytest.mark.parametrize(
    ("at", "call"),
    [
        (FROM - timedelta(seconds=1), Call.EARLY),
        (FROM, Call.OPEN),
        (UNTIL - timedelta(seconds=1), Call.OPEN),
        (UNTIL, Call.OVER),
    ],
)
def test_customers_apply_from_the_first_moment_until_the_last(at: datetime, call: Call) -> None:
    assert call_of(CALLING, PUBLISHED, at) is call


def test_nobody_applies_before_the_profile_is_published() -> None:
    assert call_of(CALLING, None, FROM) is Call.EARLY


def test_without_dates_the_secretary_alone_puts_people_on_the_list() -> None:
    assert call_of(PLAN, PUBLISHED, FROM) is Call.NONE


def test_an_application_is_a_draft_until_it_is_handed_in_or_withdrawn() -> None:
    draft = Application("a1", "e1", "Anna")
    assert draft.standing is Standing.DRAFT
    assert replace(draft, submitted_at=FROM).standing is Standing.SUBMITTED
    assert replace(draft, submitted_at=FROM, withdrawn_at=UNTIL).standing is Standing.WITHDRAWN


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (Known(ENTRY, Kind.TENANT), None),
        (Known(ENTRY, Kind.OWNER), None),
        (Known(None, Kind.TENANT), Bar.NOT_ON_ROLL),
        (Known(replace(ENTRY, age_band=AgeBand.MINOR), Kind.TENANT), Bar.MINOR),
        (Known(replace(ENTRY, kind=Kind.SPACE), Kind.TENANT), Bar.KIND),
        (Known(ENTRY, None), Bar.LEFT),
        (Known(ENTRY, Kind.SPACE), Bar.KIND),
        (Known(ENTRY, Kind.TENANT, committee=True), Bar.COMMITTEE),
        (Known(ENTRY, Kind.TENANT, sits=True), Bar.SITS),
        (Known(ENTRY, Kind.TENANT, served=2), Bar.TERMS),
        (Known(ENTRY, Kind.TENANT, served=1), None),
    ],
)
def test_each_no_has_its_reason(known: Known, reason: Bar | None) -> None:
    assert bar(known, EVERYBODY, most_terms=2) is reason
    assert bar(known, EVERYBODY) is (None if reason is Bar.TERMS else reason)


def test_where_only_tenants_vote_only_tenants_stand() -> None:
    assert bar(Known(replace(ENTRY, kind=Kind.OWNER), Kind.OWNER), ("tenant",)) is Bar.KIND
    assert bar(Known(ENTRY, Kind.OWNER), ("tenant",)) is Bar.KIND, "she bought the home since"
