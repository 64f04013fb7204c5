"""A questionnaire with every kind of question, for tests of filling it in."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from consult.config import Settings
from consult.surveys.core.asking.conditions import Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Questionnaire, Section, Term
from consult.surveys.core.asking.questions.amounts import Day, Number, Points
from consult.surveys.core.asking.questions.base import Declined
from consult.surveys.core.asking.questions.choices import OneChoice, Ranking, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText, Statement
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Mode, Plan, Stratum
from consult.surveys.store import consultations
from tests.consultations import PLAN, Running, options, running

BOTH = (Declined.DONT_KNOW, Declined.RATHER_NOT)
COLD = Condition((Rule("heat", Compare.ANY_OF, ("cold", "wet")),))
WORKS = options(roof="Dak", doors="Deuren", lift="Lift", paint="Schilderen")

EVERY_KIND = Questionnaire(
    (
        Section(
            "home",
            words({"nl": "Uw woning", "en": "Your home", "ar": "مسكنك"}),
            words("Wij vragen dit voor het overleg over [servicekosten]."),
            (
                Statement(id="hello", text=words("Welkom"), help=words("Het duurt tien minuten.")),
                OneChoice(
                    id="heat",
                    text=words({"nl": "Is uw woning warm?", "en": "Is your home warm?"}),
                    options=options(warm="Warm genoeg", cold="Te koud", wet="Te nat"),
                    declines=(Declined.DONT_KNOW,),
                ),
                Scale(
                    id="how_cold",
                    text=words("Hoe erg is het dat u ‘{heat|niets}’ zei?"),
                    steps=5,
                    low=words("Niet erg"),
                    high=words("Heel erg"),
                    when=COLD,
                ),
                SeveralChoices(
                    id="rooms",
                    text=words("Waar merkt u dat?"),
                    options=options(bed="Slaapkamer", bath="Badkamer", hall="Gang", no="Nergens"),
                    most=2,
                    none="no",
                    declines=BOTH,
                    when=COLD,
                ),
            ),
        ),
        Section(
            "money",
            words("Geld"),
            questions=(
                Number(
                    id="costs",
                    text=words("Wat betaalt u aan [servicekosten]?"),
                    low=0,
                    high=50000,
                    places=2,
                    unit=words("euro per maand"),
                    declines=BOTH,
                ),
                Ranking(id="works", text=words("Wat eerst?"), options=WORKS, places=3),
                Points(
                    id="share",
                    text=words("Verdeel het geld."),
                    options=options(green="Groen", safe="Veilig", clean="Schoon"),
                    total=10,
                    required=False,
                ),
                Day(
                    id="since",
                    text=words("Sinds wanneer woont u hier?"),
                    first=date(1950, 1, 1),
                    last=date(2026, 11, 30),
                    declines=(Declined.RATHER_NOT,),
                ),
                OpenText(
                    id="floor", text=words("Op welke etage?"), limit=20, short=True, required=False
                ),
                OpenText(id="more", text=words("Nog iets?"), limit=300, required=False),
                OpenText(
                    id="health",
                    text=words("Hoe is uw gezondheid?"),
                    limit=100,
                    required=False,
                    sensitive=True,
                    declines=(Declined.RATHER_NOT,),
                ),
            ),
        ),
    ),
    (Term(words("servicekosten"), words("Wat u betaalt naast de huur.")),),
)
ALONG = (Stratum.KIND, Stratum.AGE, Stratum.NEIGHBOURHOOD)


def of_every_kind(session: Session, settings: Settings, people: int = 5) -> Running:
    """A consultation that is open, with every kind of question."""
    run = running(session, settings, people, replace(PLAN, strata=ALONG))
    languages = ("nl", "en", "ar")
    consultations.change(session, run.id, questions=EVERY_KIND, languages=languages)
    return run


def poll(session: Session, settings: Settings, people: int = 1, plan: Plan = PLAN) -> Running:
    """An open poll."""
    run = running(session, settings, people, plan)
    consultations.change(session, run.id, mode=Mode.POLL, roll_id=None)
    return run
