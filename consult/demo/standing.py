"""Customers who stand: a call that is open, and a committee that chooses among applicants."""

from collections.abc import Mapping, Sequence
from typing import Final

from consult.actor import Actor, Role
from consult.demo import cast
from consult.demo.cast import Candidate
from consult.demo.elections import TERM, cast_as
from consult.demo.office import Office, agree, to_try
from consult.elections.actions import (
    assessing,
    assessors,
    call,
    needs,
    nomination,
    prepare,
    profile,
)
from consult.elections.actions.nomination import Applicant
from consult.elections.core.asking import Kind, Step
from consult.elections.core.election import Election, Plan, Preselection
from consult.elections.core.preselection import Score
from consult.elections.core.profile import Attribute, Competence, Reserved
from consult.elections.store import applications
from consult.elections.store import elections as store
from consult.register.core.roll import Entry

LISTENS: Final = Competence(
    "luisteren", "Luisteren", "U hoort wat er leeft, ook als u het anders ziet."
)
KNOWS: Final = Competence("buurt", "Uw buurt kennen", "U weet wat er speelt en u kent mensen.")
YOUNG: Final = Reserved("jong", Attribute.AGE, ("18-34",), 2)


def called(office: Office) -> tuple[Election, tuple[str, ...]]:
    """An election for which customers can stand since a week, and a few codes to try."""
    calendar = office.calendar
    plan = Plan(
        title="Vier nieuwe leden voor het bestuur",
        profile="Wij zoeken mensen die goed luisteren en hun buurt kennen. Vooral jonge mensen "
        "zijn welkom: er zijn twee plaatsen voor hen. U hoeft niets van vergaderen te weten.",
        max_board=13,
        max_choices=4,
        reference_date=calendar.day(-10),
        opens_at=calendar.at(35),
        closes_at=calendar.at(56, 21),
        seats_from=calendar.day(65),
        seats_until=calendar.day(-30) + TERM,
        nominate_from=calendar.at(-7),
        nominate_until=calendar.at(14, 21),
    )
    made, codes = _begun(office, plan, day=-9)
    applied = _apply(office, made, codes, cast.NEXT_CANDIDATES[:2], day=-3)
    return made, tuple(to_try(applied, codes))


def assessed(office: Office, others: Sequence[Actor]) -> None:
    """An election for which three people choose among applicants; one of them is ready."""
    calendar = office.calendar
    plan = Plan(
        title="Twee leden die jongeren bereiken",
        profile="Wij zoeken mensen die jongeren bereiken en namens hen iets durven zeggen.",
        max_board=13,
        max_choices=2,
        reference_date=calendar.day(-30),
        opens_at=calendar.at(90),
        closes_at=calendar.at(111, 21),
        seats_from=calendar.day(120),
        seats_until=calendar.day(-30) + TERM,
        preselection=Preselection.COMMITTEE,
        nominate_from=calendar.at(-24),
        nominate_until=calendar.at(-5, 21),
    )
    made, codes = _begun(office, plan, day=-26)
    _apply(office, made, codes, cast.NEXT_CANDIDATES, day=-12)
    committee = (office.staff[Role.SELECTION], *others)
    secretary, chair = office.staff[Role.SECRETARY], office.staff[Role.CHAIR]
    with office.database.write() as session:
        asked = frozenset(one.account_id for one in committee)
        assessors.propose(session, secretary, calendar.at(-25), made.id, asked)
        assessors.approve(session, chair, calendar.at(-25, 14), made.id)
    ready = others[0]
    with office.database.write() as session:
        at = calendar.at(-4)
        for one in committee:
            assessors.join(session, one, at, made.id, stands=False, landlord=False)
        for application in applications.every(session, made.id):
            score = Score(office.chance.randint(2, 5), "Dit staat helder in de tekst.")
            scores = {LISTENS.id: score, KNOWS.id: score}
            assessing.assess(session, ready, at, made.id, application.id, scores)
        assessing.hand_in(session, ready, at, made.id)


def _begun(office: Office, plan: Plan, day: int) -> tuple[Election, Mapping[Entry, str]]:
    """Planned, with a published profile, and called for by letter: everybody's code."""
    secretary, registrar = office.staff[Role.SECRETARY], office.staff[Role.REGISTRAR]
    calendar, key = office.calendar, office.settings.key("register.codes")
    with office.database.write() as session:
        made = prepare.draft(session, secretary, calendar.at(day), plan)
        for part in (LISTENS, KNOWS, YOUNG):
            needs.put(session, secretary, calendar.at(day), made, part)
        effect = profile.profile_effect(session, made, calendar.at(day))
        agree(session, office, day, profile.PUBLISH, made, effect)
        chair = office.staff[Role.CHAIR]
        profile.publish_profile(session, chair, calendar.at(day, 14), made)
    with office.database.write() as session:
        pairs = call.make_call(session, registrar, calendar.at(day + 1), key, made)
        codes = {entry: str(code) for entry, code in pairs}
        return store.get(session, made), codes


def _apply(
    office: Office,
    election: Election,
    codes: Mapping[Entry, str],
    people: Sequence[Candidate],
    day: int,
) -> list[Entry]:
    """These people stand, as they would on a phone: one page after the other."""
    at = office.calendar.at(day)
    found = cast_as(office.chance, codes, people)
    with office.database.write() as session:
        for entry, one in zip(found, people, strict=True):
            who = Applicant(election.id, entry.id)
            for number, step in enumerate(nomination.mine(session, at, who).asked.steps, 1):
                problem = nomination.save(session, at, who, number, _given(one, step))
                if problem is not None:
                    raise RuntimeError(f"the demo's own words were refused: {problem}")
            nomination.accept(session, at, who)
    return found


def _given(one: Candidate, step: Step) -> Mapping[str, Sequence[str]]:
    """What somebody fills in on a page."""
    told: Mapping[Kind, Mapping[str, Sequence[str]]] = {
        Kind.NAME: {"name": [one.name]},
        Kind.STATEMENT: {"statement": [one.statement]},
        Kind.ANSWER: {"answer": ["Dat doe ik elke dag. Vraag het mijn buren maar."]},
        Kind.CONFLICTS: {"staff": ["no"], "committee": ["no"], "interests": [""]},
        Kind.CONSENT: {"consent": ["y"]},
    }
    return told.get(step.kind, {})
