"""What is published of a preselection: numbers, agreement and effect, and nobody singled out."""

from collections.abc import Iterator

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from consult.db.session import Database
from consult.elections.actions import preselection, shortlist
from consult.elections.actions import preselection_document as documents
from consult.elections.actions import shortlist_effect as effects
from consult.elections.core.election import Preselection
from consult.elections.core.nomination import Standing
from consult.elections.core.preselection import REVIEW_LASTS
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.elections.tables import applications as t
from consult.refusal import Refusal
from consult.register.actions import rolls
from consult.register.core.roll import Purpose
from consult.site.core import Facts, Heading, Link, Paragraph, Table
from consult.site.store import publication
from tests import preselections
from tests.consultations import SECRETARY, estate
from tests.preselections import APPLICANTS, MEMBERS, THEN, Story

LATER = THEN + REVIEW_LASTS
PLACES = {
    Heading: lambda block: block.text,
    Paragraph: lambda block: block.text,
    Link: lambda block: block.text,
    Facts: lambda block: str(block.rows),
    Table: lambda block: f"{block.caption} {block.head} {block.rows}",
}


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as held:
        yield held


@pytest.fixture
def story(session: Session) -> Story:
    estate(session, 40)
    return preselections.decided(session, preselections.appointed(session))


def said(session: Session, story: Story, language: str = "nl") -> str:
    """Everything that the document says."""
    text = documents.document(documents.outcome(session, LATER, story.id)).texts[language]
    return "\n".join([text.title, *(PLACES[type(block)](block) for block in text.blocks)])  # type: ignore[index]


def test_it_tells_what_was_looked_at_the_numbers_and_the_agreement(
    session: Session, story: Story
) -> None:
    text = said(session, story)
    for told in (
        "Een commissie van buiten de raad koos wie kandidaat wordt.",
        "('Luisteren', 'U hoort wat er leeft.')",
        "('Aangemeld', 3)",
        "('Toegelaten', 2)",
        "('Niet toegelaten', 1)",
        "('Beoordelaars', 3)",
        "De beoordelaars waren het goed met elkaar eens.",
        "('Overeenstemming (Krippendorffs alfa)', '1,00')",
    ):
        assert told in text


def test_it_names_nobody_and_holds_no_score_and_no_reason(session: Session, story: Story) -> None:
    for language in ("nl", "en"):
        text = said(session, story, language)
        for secret in (*APPLICANTS, *MEMBERS, *story.applications, "Reden", "Dat bleek", "verslag"):
            assert secret not in text


def test_the_groups_of_one_who_was_refused_are_not_told(session: Session, story: Story) -> None:
    found = documents.outcome(session, LATER, story.id)
    tenants, young = found.mirrors
    assert (tenants.candidates, tenants.applicants) == (2, None)
    assert (young.candidates, young.applicants) == (0, None)
    assert "Wat er zonder voorselectie kon, staat hier niet" in said(session, story)


def test_where_nobody_was_refused_applicants_are_told(session: Session) -> None:
    estate(session, 40)
    story = preselections.decided(session, preselections.appointed(session), (0, 1, 2))
    found = documents.outcome(session, LATER, story.id)
    assert [one.applicants for one in found.mirrors] == [3, 0]
    assert "waren dat er 3." in said(session, story)


def test_the_base_is_the_roll_once_it_is_drawn(session: Session, story: Story) -> None:
    before = documents.outcome(session, LATER, story.id).mirrors[0].base
    plan = store.get(session, story.id).plan
    drawn = rolls.draw_roll(
        session, SECRETARY, THEN, Purpose.ELECTION, story.id, plan.reference_date
    )
    store.mark(session, story.id, roll_id=drawn.id)
    assert documents.outcome(session, LATER, story.id).mirrors[0].base == before == 1


def test_a_review_that_is_granted_is_counted(session: Session, story: Story) -> None:
    from consult.elections.actions import shortlist

    cora = story.applications[2]
    preselection.ask_review(session, THEN, cora, "Kijk nog eens.")
    first, _, third = story.members
    shortlist.propose_review(session, third, THEN, cora, admits=True, reason="Ja.")
    shortlist.approve_review(session, first, THEN, cora)
    text = said(session, story)
    assert "('Vroegen om nog eens te kijken', 1)" in text
    assert "('Daarna toch toegelaten', 1)" in text
    assert "('Toegelaten', 3)" in text


def test_it_is_not_published_before_all_is_final(session: Session, story: Story) -> None:
    with pytest.raises(Refusal, match=r"elections\.preselection_open"):
        documents.publish(session, story.secretary, THEN, story.id)


def test_publishing_twice_adds_one_version_and_the_slug_is_known(
    session: Session, story: Story
) -> None:
    election = store.get(session, story.id)
    assert documents.public_slug(session, election) == ""
    for _ in range(2):
        documents.publish(session, story.secretary, LATER, story.id)
    slug = documents.public_slug(session, election)
    assert slug == f"voorselectie-{election.uuid.lower()}"
    held = publication(session, slug)
    assert held is not None
    assert held.version == 1


def test_what_changed_since_is_published_as_a_new_version(session: Session, story: Story) -> None:
    documents.publish(session, story.secretary, LATER, story.id)
    before = documents.document(documents.outcome(session, LATER, story.id))
    assert documents.is_public(session, before)
    gone = t.ApplicationRow.id == story.applications[1]
    session.execute(update(t.ApplicationRow).where(gone).values(withdrawn_at=LATER))
    after = documents.document(documents.outcome(session, LATER, story.id))
    assert not documents.is_public(session, after)
    documents.publish(session, story.secretary, LATER, story.id)
    assert documents.is_public(session, after)


def test_two_versions_less_each_other_do_not_show_who_was_refused_and_withdrew(
    session: Session,
) -> None:
    """With so many refused that their groups are told; one of them is no tenant, and goes."""
    estate(session, 40)
    names = [f"N{number:02} Achternaam" for number in range(21)]
    story = preselections.appointed(session, names=names)
    owners = [t.ApplicationRow.id == one for one in story.applications[11:]]
    for owner in owners:
        session.execute(update(t.ApplicationRow).where(owner).values(groups=[]))
    preselections.ready(session, story)
    first, second, _ = story.members
    told = preselections.verdicts(story, (0,), "Zie verslag.")
    shortlist.propose(session, first, THEN, story.id, told)
    shortlist.approve(session, second, THEN, story.id)
    before = documents.outcome(session, LATER, story.id)
    assert before.mirrors[0].applicants == 11
    session.execute(update(t.ApplicationRow).where(owners[0]).values(withdrawn_at=LATER))
    after = documents.outcome(session, LATER, story.id)
    assert (before.numbers.refused, after.numbers.refused) == (20, 19)
    assert (after.mirrors, after.assessed) == (before.mirrors, before.assessed)
    assert after.outlook == before.outlook


def test_after_erasing_the_document_stays_and_is_not_made_again(
    session: Session, story: Story
) -> None:
    documents.publish(session, story.secretary, LATER, story.id)
    preselection.forget_assessments(session, story.id)
    store.mark(session, story.id, published_at=LATER)
    with pytest.raises(Refusal, match=r"elections\.assessments_erased"):
        documents.publish(session, story.secretary, LATER, story.id)
    assert documents.public_slug(session, store.get(session, story.id))


def test_the_council_is_named_where_it_chose(session: Session) -> None:
    body = preselections.appointed(session, Preselection.COUNCIL, members=3)
    assert "De raad koos wie kandidaat wordt." in said(
        session, preselections.decided(session, body)
    )


def test_a_shortlist_that_costs_a_seat_or_the_board_is_seen_beforehand(
    session: Session, story: Story
) -> None:
    election = store.get(session, story.id)
    for one in story.applications[1:]:
        session.execute(
            update(t.ApplicationRow).where(t.ApplicationRow.id == one).values(groups=[])
        )
    found = applications.every(session, story.id, Standing.SUBMITTED)
    everybody = effects.outlook(session, election, found, story.applications)
    assert (everybody.before, everybody.after, everybody.harms) == (None, None, False)
    for one in story.applications[1:]:
        session.execute(
            update(t.ApplicationRow).where(t.ApplicationRow.id == one).values(groups=["tenant"])
        )
    found = applications.every(session, story.id, Standing.SUBMITTED)
    two = effects.outlook(session, election, found, story.applications[:2])
    assert (two.wanted, two.before, two.after, two.harms, two.extra) == (3, 3, 2, True, 1)
