"""An estate, a consultation and answers, for tests that need a database: made through actions."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from consult.accounts.actions.entry import invited
from consult.accounts.actions.people import invite
from consult.accounts.core.approvals import fingerprint
from consult.accounts.core.people import Person
from consult.actor import SYSTEM, Actor, Role
from consult.config import Settings
from consult.council.core.subject import Form, Organiser, Subject
from consult.register.core.codes import CONSULTATION_DIGITS, Code, make
from consult.register.tables import ContractRow, CustomerRow
from consult.surveys.actions import (
    answering,
    belonging,
    closing,
    drafting,
    opening,
    sending,
    unsealing,
)
from consult.surveys.actions import keys as key_actions
from consult.surveys.actions.answering import Entered, Keys
from consult.surveys.actions.unsealing import ServerKeys
from consult.surveys.core.asking.questionnaire import Answers
from consult.surveys.core.asking.questions.base import Option, Problem, Question
from consult.surveys.core.asking.questions.choices import OneChoice, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Consultation, Phase, Plan, Sheet, Unsealing
from consult.surveys.core.sealed.closing import Step
from consult.surveys.core.sealed.keyfile import Cost
from consult.surveys.core.sealed.sealing import take_out
from consult.surveys.store import consultations, envelopes

SECRETARY = Actor("secretary", frozenset({Role.SECRETARY}))
CHAIR = Actor("chair", frozenset({Role.CHAIR}))
REGISTRAR = Actor("registrar", frozenset({Role.REGISTRAR}))

PASSPHRASE = "vier bomen voor de deur"
CHEAP = Cost(1, 8192)

PREPARED = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)
OPENS = datetime(2026, 11, 9, 8, 0, tzinfo=UTC)
CLOSES = datetime(2026, 11, 30, 22, 59, tzinfo=UTC)
WHILE_OPEN = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
AFTER = CLOSES + timedelta(days=1)
TODAY = date(2026, 11, 1)

PLAN = Plan(
    words("Groen in uw buurt"),
    words("Wij willen weten wat u vindt."),
    date(2026, 10, 1),
    OPENS,
    CLOSES,
)


def options(**labels: str) -> tuple[Option, ...]:
    """Options by code, in Dutch."""
    return tuple(Option(code, words(label)) for code, label in labels.items())


QUESTIONS: tuple[Question, ...] = (
    OneChoice(
        id="q1",
        text=words("Is er genoeg groen?"),
        options=options(yes="Ja", no="Nee", unsure="Weet ik niet"),
    ),
    SeveralChoices(
        id="q2",
        text=words("Wat mist u?"),
        options=options(trees="Bomen", beds="Perken", water="Water"),
        most=2,
        required=False,
    ),
    Scale(
        id="q3",
        text=words("Hoe tevreden bent u?"),
        steps=5,
        low=words("Ontevreden"),
        high=words("Tevreden"),
    ),
    OpenText(id="q4", text=words("Wat wilt u ons vertellen?"), limit=300, required=False),
)
SUBJECT = Subject(("leefbaarheid",), Organiser.COUNCIL, Form.QUESTIONNAIRE, own_initiative=True)
NOBODYS_CODE = str(make(lambda _: 0, CONSULTATION_DIGITS))
ANSWERS: Answers = {"q1": "no", "q2": ("trees", "water"), "q3": 2, "q4": "Meer bomen graag."}


@dataclass(frozen=True)
class Running:
    """A consultation that was decided to open, its secretary's key file and everybody's code."""

    id: str
    slug: str
    key_file: bytes
    codes: tuple[Code, ...]
    server: ServerKeys

    @property
    def answers_key(self) -> bytes:
        """Under which opened answers are kept."""
        return self.server.answers


def person(session: Session, role: Role, name: str = "") -> Actor:
    """Somebody with an account, for acts that take two persons."""
    email = f"{name or role}@example.org"
    newcomer = Person(name or role.title(), email, frozenset({role}))
    token = invite(session, SYSTEM, PREPARED, newcomer)
    return Actor(invited(session, PREPARED, token).id, frozenset({role}))


def keys(settings: Settings) -> Keys:
    """The keys as the doors take them from the settings."""
    key = settings.key
    return Keys(key("register.codes"), key("surveys.slot"), key("surveys.marks"))


def server_keys(settings: Settings) -> ServerKeys:
    """The keys with which opened answers and counts are kept."""
    return ServerKeys(settings.key("surveys.answers"), settings.key("surveys.marks"))


def estate(session: Session, people: int) -> None:
    """Tenants from K00000 on, in two neighbourhoods; 0 where they are there already."""
    if not people:
        return
    numbers = [f"K{number:05}" for number in range(people)]
    session.execute(
        insert(CustomerRow),
        [{"number": number, "birth_year": 1980, "language": "nl"} for number in numbers],
    )
    session.execute(
        insert(ContractRow),
        [
            {
                "id": f"c-{number}",
                "customer_number": number,
                "kind": "tenant",
                "dwelling_type": "flat",
                "complex": "C1",
                "neighbourhood": "Noord" if index % 2 else "Zuid",
            }
            for index, number in enumerate(numbers)
        ],
    )


def drafted(session: Session, plan: Plan = PLAN) -> str:
    """The id of a draft with questions of each kind."""
    made = drafting.draft(session, SECRETARY, PREPARED, plan)
    assert isinstance(made, Consultation)
    for question in QUESTIONS:
        assert drafting.put_question(session, SECRETARY, PREPARED, made.id, question) is None
    belonging.set_subject(session, SECRETARY, PREPARED, made.id, SUBJECT)
    return made.id


def key_file(session: Session, made: str, who: Actor) -> bytes:
    """The file of a new key of ``who``, which a cheap try of her passphrase opens."""
    file = key_actions.make(session, who, PREPARED, made, PASSPHRASE, "Bewaar dit.", CHEAP)
    assert isinstance(file, bytes)
    return file


def with_key(session: Session, plan: Plan = PLAN) -> tuple[str, bytes]:
    """The id of a draft that may open, and the key file of its secretary."""
    made = drafted(session, plan)
    return made, proved_keys(session, made)


def proved_keys(session: Session, made: str) -> bytes:
    """Secretary and chair make keys and prove them; the answer is the secretary's file."""
    files = {who: key_file(session, made, who) for who in (SECRETARY, CHAIR)}
    for who, file in files.items():
        assert key_actions.prove(session, who, PREPARED, made, file, PASSPHRASE) is None
    return files[SECRETARY]


def running(session: Session, settings: Settings, people: int = 30, plan: Plan = PLAN) -> Running:
    """A consultation that opens by its calendar, with a code for each of ``people``."""
    estate(session, people)
    made, file = with_key(session, plan)
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made, most=99)
    codes = opening.issue_codes(session, REGISTRAR, PREPARED, settings.key("register.codes"), made)
    found = consultations.get(session, made)
    assert found is not None
    server = server_keys(settings)
    return Running(made, found.slug, file, tuple(code for _, code in codes), server)


def answer(
    session: Session,
    settings: Settings,
    run: Running,
    code: Code,
    answers: Answers = ANSWERS,
    now: datetime = WHILE_OPEN,
) -> None:
    """Enter with a code and send answers."""
    found = consultations.get(session, run.id)
    assert found is not None
    entered = answering.enter(session, now, keys(settings), str(code), "10.0.0.0/24", [found])
    assert isinstance(entered, Entered)
    assert sending.submit(session, now, run.id, entered.ticket, Sheet(answers)) is Phase.OPEN


def taken_apart(session: Session, run: Running) -> None:
    """Close it by the calendar and take the steps that nobody has to ask for, in one go: the files
    are not written anew."""
    closing.pass_time(session, CLOSES, CLOSES.date())
    closing.shuffle(session, run.id)
    closing.note_step(session, AFTER, run.id, Step.SHUFFLED)
    closing.cut(session, run.server.marks, run.id)
    closing.note_step(session, AFTER, run.id, Step.CUT)


def agreed(session: Session, run: Running, now: datetime = AFTER) -> None:
    """Two people of the council agree on opening."""
    one, other = (person(session, Role.MEMBER, f"{run.id}-{number}") for number in range(2))
    unsealing.propose_opening(session, one, now, run.id)
    shown = fingerprint(unsealing.effect_of(session, run.id))
    unsealing.approve_opening(session, other, now, run.id, shown)


def unsealed(session: Session, run: Running) -> Unsealing:
    """Close it, take all steps, and open the envelopes."""
    taken_apart(session, run)
    agreed(session, run)
    told = opened(session, run)
    assert isinstance(told, Unsealing)
    return told


def opened(session: Session, run: Running, phrase: str = PASSPHRASE) -> Unsealing | Problem:
    """Try the secretary's key on the envelopes."""
    return unsealing.open_seals(session, SECRETARY, AFTER, run.server, run.id, run.key_file, phrase)


def opened_answers(session: Session, run: Running) -> list[Any]:
    """What stays of each sheet but for what stands apart, in the order in which it is kept."""
    return [take_out(run.answers_key, kept) for kept in envelopes.answers(session, run.id)]


def opened_apart(session: Session, run: Running, question: str) -> list[Any]:
    """The answers to a question that stand apart, in the order in which they are kept."""
    kept = envelopes.apart(session, run.id, question)
    return [take_out(run.answers_key, one) for one in kept]
