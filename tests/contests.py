"""An election in which voters elect chair and executive too: three questions on one paper."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.belenios import ballot, credential
from consult.config import Settings
from consult.council.actions import rules
from consult.council.core.agreement import Agreement, Elects
from consult.council.core.agreement import Settings as Decided
from consult.council.core.rule_file import write
from consult.council.store import agreements
from consult.elections.actions import prepare, voting
from consult.elections.actions.paper import elects
from consult.elections.actions.prepare import Nomination, draw_exponent
from consult.elections.core.election import Plan, digest
from consult.elections.store import elections as store
from consult.register.core.codes import Code
from consult.register.tables import ContractRow, CustomerRow
from tests import elections as story
from tests.agreements import AGREEMENT_2016
from tests.consultations import PREPARED, SECRETARY, estate, person
from tests.elections import PLAN, Running

ALL = frozenset({"board", "chair", "executive"})
STANDING = {
    "Anna Appel": ALL,
    "Bilal Berg": ALL,
    "Cora Citroen": frozenset({"board", "executive"}),
    "Daan Dorp": frozenset({"board", "executive"}),
    "Els Eik": frozenset({"board"}),
    "Fred Fluit": frozenset({"board"}),
}
BOARD_OF_FIVE = replace(PLAN, title="Bestuur en functies 2027", max_board=5, max_choices=3)
BY_VOTERS = replace(
    AGREEMENT_2016,
    source="Huishoudelijk reglement 2026",
    start=date(2026, 11, 2),
    end=None,
    settings=Decided(chair_by=Elects.VOTERS, executive_by=Elects.VOTERS),
)


def adopt(
    session: Session, agreement: Agreement = BY_VOTERS, two: tuple[Actor, Actor] | None = None
) -> tuple[Actor, Actor]:
    """Two people, who may be new, adopt a set of rules, once; the answer is who they are."""
    secretary, chair = two or (person(session, Role.SECRETARY), person(session, Role.CHAIR))
    if agreement in agreements.agreements(session):
        return secretary, chair
    made = rules.hand_in(session, secretary, PREPARED, write(agreement))
    rules.propose(session, secretary, PREPARED, made)
    found = agreements.version(session, made)
    assert found is not None
    effect = rules.preview(session, PREPARED, found).effect
    rules.adopt(session, chair, PREPARED, made, digest(effect))
    return secretary, chair


def owner(session: Session, number: str) -> None:
    """A customer who bought the home."""
    session.execute(insert(CustomerRow).values(number=number, birth_year=1980, language="nl"))
    session.execute(
        insert(ContractRow).values(
            id=f"c-{number}",
            customer_number=number,
            kind="owner",
            dwelling_type="flat",
            complex="C1",
            neighbourhood="Noord",
        )
    )


def drafted(session: Session, plan: Plan = BOARD_OF_FIVE, people: int = 12) -> str:
    """The id of an election with a roll and candidates, all tenants, some for an office too."""
    estate(session, people)
    made = prepare.draft(session, SECRETARY, PREPARED, plan)
    elected = elects(session, store.get(session, made))
    prepare.draw_roll(session, SECRETARY, PREPARED, made)
    for number, (name, offices) in enumerate(STANDING.items()):
        nomination = Nomination(f"K{number:05}", name, f"Ik ben {name}.", offices & {*elected})
        prepare.nominate(session, SECRETARY, PREPARED, made, nomination)
    return made


def running(
    session: Session,
    settings: Settings,
    plan: Plan = BOARD_OF_FIVE,
    people: int = 12,
    two: tuple[Actor, Actor] | None = None,
    agreement: Agreement = BY_VOTERS,
) -> Running:
    """An election with three questions in which people can vote at ``WHILE_OPEN``."""
    two = adopt(session, agreement, two)
    run = story.equipped(session, settings, drafted(session, plan, people), two)
    story.opened(session, run)
    return run


def ballot_of(session: Session, run: Running, code: Code, chosen: Sequence[Sequence[str]]) -> bytes:
    """A ballot with this code for these candidates, question by question."""
    paper = voting.paper_of(session, run.id)
    secret = credential.secret_exponent(str(code), run.uuid)
    choices = [
        [int(name in names) for name in question.answers]
        for question, names in zip(paper.questions, chosen, strict=True)
    ]
    return ballot.create(paper, secret, choices, draw_exponent)


def counted(
    session: Session,
    settings: Settings,
    votes: Sequence[Sequence[Sequence[str]]],
    run: Running | None = None,
) -> Running:
    """An election with three questions of which the votes are opened."""
    run = run or running(session, settings)
    for code, chosen in zip(run.codes, votes, strict=False):
        story.cast(session, settings, run, ballot_of(session, run, code, chosen))
    story.closed(session, settings, run)
    for holder in run.keys:
        story.decrypted(session, run, holder)
    return run
