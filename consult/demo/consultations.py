"""The consultations of the demo: one that is published, and one that is open."""

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.orm import Session

from consult.actor import Role
from consult.demo import questions
from consult.demo.files import keep
from consult.demo.office import Office, check, keen, settled, to_try
from consult.demo.questions import Subject
from consult.register.core.roll import Entry
from consult.surveys.actions import answering, closing, drafting, opening, publishing
from consult.surveys.actions.answering import Keys
from consult.surveys.core.consultation import Consultation, Plan
from consult.surveys.store import consultations as store

KEY_WORDS = "Sleutel van een raadpleging in de demo. Bewaar zo’n bestand anders op twee plekken."


@dataclass(frozen=True, slots=True)
class Asked:
    """A consultation that was decided to open, and everybody's code."""

    consultation: Consultation
    codes: dict[Entry, str]


def published(office: Office) -> str:
    """A consultation that ran its whole course; the answer is the slug of its document."""
    with office.database.write() as session:
        asked = _opened(session, office, questions.GREEN, day=-105, last=-84)
        _answers(session, office, asked, questions.GREEN, office.size.answered)
    made, calendar = asked.consultation, office.calendar
    secretary = office.staff[Role.SECRETARY]
    file, key = _key_file(office, made).read_bytes(), office.settings.key("surveys.answers")
    with office.database.write() as session:
        closing.pass_time(session, calendar.at(-84, 22), calendar.day(-84))
        settled(closing.open_seals(session, secretary, calendar.at(-83), key, made.id, file))
        heard, will_do = questions.HEARD, questions.WILL_DO
        written = calendar.at(-78)
        check(publishing.write_feedback(session, secretary, written, made.id, heard, will_do))
        publishing.propose_publication(session, secretary, calendar.at(-77, 10), key, made.id)
        chair = office.staff[Role.CHAIR]
        done = publishing.publish(session, chair, calendar.at(-77, 14), key, made.id)
    return done.document.slug


def running(office: Office) -> tuple[Consultation, list[str]]:
    """A consultation in which people can take part, and a few codes to try."""
    with office.database.write() as session:
        asked = _opened(session, office, questions.ENERGY, day=-6, last=15)
        took_part = _answers(session, office, asked, questions.ENERGY, office.size.answering)
        now = office.calendar.at(0, 0)
        closing.pass_time(session, now, office.calendar.today)
    return asked.consultation, to_try(took_part, asked.codes)


def _opened(session: Session, office: Office, subject: Subject, day: int, last: int) -> Asked:
    """Drafted a week before, decided three days before, open from ``day`` until ``last``."""
    secretary, calendar = office.staff[Role.SECRETARY], office.calendar
    plan = Plan(
        subject.title,
        subject.intro,
        calendar.day(day - 7),
        calendar.at(day),
        calendar.at(last, 21),
    )
    drafted, decided = calendar.at(day - 7), calendar.at(day - 3)
    made = settled(drafting.draft(session, secretary, drafted, plan))
    for question in subject.questions:
        check(drafting.put_question(session, secretary, drafted, made.id, question))
    file = drafting.make_key(session, secretary, drafted, made.id, KEY_WORDS)
    keep(_key_file(office, made), file)
    check(drafting.prove_key(session, secretary, drafted, made.id, file))
    opening.open_consultation(session, secretary, decided, calendar.day(day - 3), made.id)
    pairs = opening.issue_codes(
        session,
        office.staff[Role.REGISTRAR],
        decided,
        office.settings.key("register.codes"),
        made.id,
    )
    codes = {entry: str(code) for entry, code in pairs}
    return Asked(settled(store.get(session, made.id)), codes)


def _answers(
    session: Session, office: Office, asked: Asked, subject: Subject, number: int
) -> list[Entry]:
    """So many people enter with their code and send answers; the answer is who they are."""
    key = office.settings.key
    keys = Keys(key("register.codes"), key("surveys.slot"), key("surveys.marks"))
    made = asked.consultation
    taking_part = keen(office.chance, asked.codes, number)
    at = made.opens_at
    for person in taking_part:
        entered = answering.enter(session, at, keys, asked.codes[person], "127.0.0.0", [made])
        ticket = settled(entered).ticket
        given = questions.answers(office.chance, subject, person)
        settled(answering.submit(session, at, made.id, ticket, given))
    return taking_part


def _key_file(office: Office, made: Consultation) -> Path:
    return office.folder / f"sleutel-raadpleging-{made.slug}.json"
