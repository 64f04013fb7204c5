"""The consultations of the demo: one that is published, one that is open, and an open poll."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from consult.accounts.core.approvals import fingerprint
from consult.actor import Role
from consult.council.actions import dossiers, themes
from consult.council.core.dossier import Outcome, Said, Step, Way
from consult.council.core.subject import Form, Organiser
from consult.council.core.subject import Subject as Belonging
from consult.council.core.themes import Theme, WorkingGroup
from consult.db.types import new_id
from consult.demo import questions
from consult.demo.files import keep
from consult.demo.office import Office, check, keen, settled, to_try
from consult.demo.questions import Subject
from consult.demo.respondents import answers
from consult.register.core.roll import Entry
from consult.surveys.actions import (
    answering,
    belonging,
    closing,
    coding,
    drafting,
    editing,
    keys,
    opening,
    publishing,
    reading,
    sending,
    unsealing,
)
from consult.surveys.actions.answering import Keys
from consult.surveys.actions.unsealing import ServerKeys
from consult.surveys.core.closing import Step as Taken
from consult.surveys.core.coding import Topic
from consult.surveys.core.consultation import Consultation, Mode, Plan, Sheet, Stratum
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.store import consultations as store

KEY_WORDS = "Sleutel van een raadpleging in de demo. Bewaar zo’n bestand anders op twee plekken."
PASSPHRASE = "een sleutel om te proberen"  # noqa: S105 - of a made-up estate
TEXT = "tip"
QUOTABLE = 0.6
HOLDERS = (Role.SECRETARY, Role.CHAIR)


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
    key = office.settings.key("surveys.answers")
    _open(office, made)
    with office.database.write() as session:
        _read(session, office, made)
        heard, will_do = questions.HEARD, questions.WILL_DO
        written = calendar.at(-78)
        check(publishing.write_feedback(session, secretary, written, made.id, heard, will_do))
        publishing.propose_publication(session, secretary, calendar.at(-77, 10), key, made.id)
        chair = office.staff[Role.CHAIR]
        done = publishing.publish(session, chair, calendar.at(-77, 14), key, made.id)
        _follow_up(session, office, made)
    return done.document.slug


def _read(session: Session, office: Office, made: Consultation) -> None:
    """The secretary looks at what people wrote; two people code it; a few are quoted."""
    secretary, chair = office.staff[Role.SECRETARY], office.staff[Role.CHAIR]
    key, at, asked = (
        office.settings.key("surveys.answers"),
        office.calendar.at(-82),
        (made.id, TEXT),
    )
    texts = reading.written(session, key, *asked)
    for one in texts:
        check(reading.redact(session, secretary, at, key, asked, one.id, one.text))
    for label, _ in questions.TOPICS:
        check(coding.put_topic(session, secretary, at, asked, Topic("", label)))
    check(coding.start(session, secretary, at, key, asked))
    words = dict(questions.TOPICS)
    for coder in (secretary, chair):
        topics = coding.work(session, coder, key, asked).frame.topics
        for one in texts:
            given = [t.id for t in topics if any(w in one.text for w in words[t.label])]
            coding.code(session, coder, key, asked, one.id, given)
        check(coding.hand_in(session, coder, at, key, asked))
    quotable = [one for one in texts if one.quotable]
    for one in quotable[:2]:
        reading.pick_quote(session, secretary, at, key, asked, one.id)


def _follow_up(session: Session, office: Office, made: Consultation) -> None:
    """Themes and a working group; the council's advice, and what the landlord decided."""
    secretary, calendar = office.staff[Role.SECRETARY], office.calendar
    begun = calendar.at(-120)
    theme = Theme(new_id(), calendar.day(-120).year, questions.THEME, questions.CONTACT)
    themes.keep_theme(session, secretary, begun, theme)
    group = WorkingGroup(new_id(), questions.GROUP, theme.id, questions.CONTACT, ())
    themes.keep_group(session, secretary, begun, group)
    for day, step, said in (
        (-60, Step.ADVISED, {"texts": questions.ADVICE, "way": Way.WRITTEN}),
        (-25, Step.DECIDED, {"texts": questions.DECISION, "outcome": Outcome.PARTLY}),
    ):
        moment, on = calendar.at(day), calendar.day(day)
        told = Said(day=on, **said)  # type: ignore[arg-type] # each names what its step needs
        dossiers.advance(session, secretary, moment, on, made.id, step=step, said=told)


def _belongs(subject: Subject) -> Belonging:
    return Belonging(
        subject.topics, Organiser.COUNCIL, Form.QUESTIONNAIRE, subject is questions.GREEN
    )


def running(office: Office) -> tuple[Consultation, list[str]]:
    """A consultation in which people can take part, and a few codes to try."""
    with office.database.write() as session:
        asked = _opened(session, office, questions.WARMTH, day=-6, last=15)
        took_part = _answers(session, office, asked, questions.WARMTH, office.size.answering)
        now = office.calendar.at(0, 0)
        closing.pass_time(session, now, office.calendar.today)
        _decided(session, office, questions.NAME, day=-2, last=12, mode=Mode.POLL)
    return asked.consultation, to_try(took_part, asked.codes)


def _opened(session: Session, office: Office, subject: Subject, day: int, last: int) -> Asked:
    """Decided to open by :func:`_decided`, with a code for everybody."""
    made = _decided(session, office, subject, day, last, Mode.CONFIDENTIAL)
    pairs = opening.issue_codes(
        session,
        office.staff[Role.REGISTRAR],
        office.calendar.at(day - 3),
        office.settings.key("register.codes"),
        made.id,
    )
    return Asked(made, {entry: str(code) for entry, code in pairs})


def _decided(
    session: Session, office: Office, subject: Subject, day: int, last: int, mode: Mode
) -> Consultation:
    """Drafted a week before, decided three days before, open from ``day`` until ``last``."""
    secretary, calendar = office.staff[Role.SECRETARY], office.calendar
    plan = Plan(
        subject.title,
        subject.intro,
        calendar.day(day - 7),
        calendar.at(day),
        calendar.at(last, 21),
        mode=mode,
        languages=tuple(subject.title.as_dict()),
        strata=tuple(Stratum) if mode is Mode.CONFIDENTIAL else (),
        groups=(Stratum.AGE,) if mode is Mode.CONFIDENTIAL else (),
    )
    drafted, decided = calendar.at(day - 7), calendar.at(day - 3)
    made = settled(drafting.draft(session, secretary, drafted, plan))
    check(editing.take_over(session, secretary, drafted, made.id, subject.questions))
    belonging.set_subject(session, secretary, drafted, made.id, _belongs(subject))
    _make_keys(session, office, made, drafted)
    opening.open_consultation(session, secretary, decided, calendar.day(day - 3), made.id)
    return settled(store.get(session, made.id))


def _make_keys(session: Session, office: Office, made: Consultation, at: datetime) -> None:
    """Secretary and chair each make a key, and show that its file was kept."""
    for role in HOLDERS:
        file = settled(keys.make(session, office.staff[role], at, made.id, PASSPHRASE, KEY_WORDS))
        keep(_key_file(office, made, role), file)
    for role in HOLDERS:
        file = _key_file(office, made, role).read_bytes()
        check(keys.prove(session, office.staff[role], at, made.id, file, PASSPHRASE))


def _open(office: Office, made: Consultation) -> None:
    """Close it, take the steps that follow, agree with two, and open the seals."""
    calendar, key = office.calendar, office.settings.key
    secretary, chair = (office.staff[role] for role in HOLDERS)
    closed, opened = calendar.at(-84, 22), calendar.at(-83)
    with office.database.write() as session:
        closing.pass_time(session, closed, calendar.day(-84))
        closing.shuffle(session, made.id)
        closing.note_step(session, closed, made.id, Taken.SHUFFLED)
        closing.cut(session, key("surveys.marks"), made.id)
        closing.note_step(session, closed, made.id, Taken.CUT)
    with office.database.write() as session:
        unsealing.propose_opening(session, secretary, opened, made.id)
        shown = fingerprint(unsealing.effect_of(session, made.id))
        unsealing.approve_opening(session, chair, opened, made.id, shown)
        server = ServerKeys(key("surveys.answers"), key("surveys.marks"))
        file = _key_file(office, made, Role.SECRETARY).read_bytes()
        settled(unsealing.open_seals(session, secretary, opened, server, made.id, file, PASSPHRASE))
    office.database.rewrite("shuffled_envelope", "opened_part")
    with office.database.write() as session:
        closing.note_step(session, opened, made.id, Taken.CLEAN)


def _answers(
    session: Session, office: Office, asked: Asked, subject: Subject, number: int
) -> list[Entry]:
    """So many people enter with their code and send answers; the answer is who they are."""
    key = office.settings.key
    given_keys = Keys(key("register.codes"), key("surveys.slot"), key("surveys.marks"))
    made = asked.consultation
    taking_part = keen(office.chance, asked.codes, number)
    at = made.opens_at
    for person in taking_part:
        entered = answering.enter(session, at, given_keys, asked.codes[person], "127.0.0.0", [made])
        ticket = settled(entered).ticket
        given = answers(office.chance, subject, person)
        wrote = {q.id for q in made.questions.questions if isinstance(q, OpenText)} & given.keys()
        quotes = frozenset(one for one in wrote if office.chance.random() < QUOTABLE)
        settled(sending.submit(session, at, made.id, ticket, Sheet(given, quotes)))
    return taking_part


def _key_file(office: Office, made: Consultation, role: Role) -> Path:
    return office.folder / f"sleutel-raadpleging-{made.slug}-{role}.json"
