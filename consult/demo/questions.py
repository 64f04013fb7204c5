"""What the two consultations of the demo ask, and how made-up people answer."""

from collections.abc import Sequence
from typing import Final, NamedTuple

from consult.demo.chance import Chance
from consult.register.core.base import AgeBand
from consult.register.core.roll import Entry
from consult.surveys.core.questionnaire import Answers
from consult.surveys.core.questions.base import Option, Question
from consult.surveys.core.questions.choices import OneChoice, Scale, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.words import Words, words


def _options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", words(label)) for number, label in enumerate(labels, 1))


class Subject(NamedTuple):
    """A consultation in words. ``likely``: by question, how often each option or step is chosen;
    people of 65 and over choose by the second row. ``remarks``: what people write."""

    title: Words
    intro: Words
    questions: tuple[Question, ...]
    likely: dict[str, tuple[tuple[int, ...], tuple[int, ...]]]
    remarks: tuple[str, ...]
    topics: tuple[str, ...] = ("leefbaarheid",)
    """Codes of the list of powers."""


THEME: Final = "Een prettige buurt"
GROUP: Final = "Leefbare stad"
CONTACT: Final = "Contactpersoon wijken"
ADVICE: Final = {"nl": "Plant eerst bomen waar geen schaduw is. Zet er banken bij."}
DECISION: Final = {"nl": "Wij planten dit jaar bomen in drie straten. Voor banken is nu geen geld."}

GREEN: Final = Subject(
    title=words("Groen en rust in uw buurt"),
    intro=words(
        "Wij praten met de verhuurder over de straten en tuinen om uw huis. "
        "Wat gaat goed? Wat mist u? Het kost u drie minuten."
    ),
    questions=(
        OneChoice(
            id="groen",
            text=words("Is er genoeg groen bij u in de buurt?"),
            options=_options("Ja, genoeg", "Het gaat wel", "Nee, te weinig", "Weet ik niet"),
        ),
        SeveralChoices(
            id="mist",
            text=words("Wat mist u het meest?"),
            help=words("Kies er hoogstens drie."),
            options=_options(
                "Bomen en schaduw",
                "Een plek om te zitten",
                "Een speelplek",
                "Goed licht op straat",
                "Minder afval op straat",
            ),
            most=3,
            required=False,
        ),
        Scale(
            id="veilig",
            text=words("Hoe veilig voelt u zich ’s avonds op straat?"),
            steps=5,
            low=words("Niet veilig"),
            high=words("Heel veilig"),
        ),
        OpenText(
            id="tip",
            text=words("Wat kan morgen al beter?"),
            help=words("Schrijf geen namen of adressen op."),
            limit=600,
            required=False,
        ),
    ),
    likely={
        "groen": ((25, 30, 40, 5), (38, 30, 27, 5)),
        "mist": ((45, 20, 26, 24, 34), (46, 38, 8, 30, 34)),
        "veilig": ((8, 19, 33, 28, 12), (13, 27, 33, 20, 7)),
    },
    remarks=(
        "Meer prullenbakken bij het plein.",
        "De lantaarn achter de flat is al maanden stuk.",
        "Een bankje in de schaduw zou fijn zijn.",
        "Plant bomen die geen luizen geven op de auto’s.",
        "Laat de jeugd zelf een plek maken.",
        "Het gaat best goed zo. Dank u wel.",
        "Grofvuil blijft te lang liggen.",
        "Minder tegels, meer tuin.",
        "De stoep is gevaarlijk met een rollator.",
        "Ik wil graag helpen met een geveltuin.",
    ),
)

ENERGY: Final = Subject(
    title=words("Warm wonen: wat helpt u?"),
    intro=words(
        "De verhuurder gaat huizen verbeteren. Wij geven advies over wat eerst moet. "
        "Vertel ons hoe u nu woont."
    ),
    questions=(
        Scale(
            id="warm",
            text=words("Hoe warm is uw huis in de winter?"),
            steps=5,
            low=words("Veel te koud"),
            high=words("Lekker warm"),
        ),
        OneChoice(
            id="kosten",
            text=words("Kunt u de rekening voor energie betalen?"),
            options=_options(
                "Ja, makkelijk", "Ja, net", "Soms niet", "Vaak niet", "Zeg ik liever niet"
            ),
        ),
        SeveralChoices(
            id="eerst",
            text=words("Wat moet als eerste gebeuren?"),
            help=words("Kies er hoogstens twee."),
            options=_options(
                "Dubbel glas",
                "Isolatie van dak of muur",
                "Een zuinige ketel of warmtepomp",
                "Zonnepanelen",
                "Tochtstrips en andere kleine hulp",
            ),
            most=2,
        ),
        OpenText(
            id="zorg",
            text=words("Waar maakt u zich zorgen over?"),
            help=words("Schrijf geen namen of adressen op."),
            limit=600,
            required=False,
        ),
    ),
    likely={
        "warm": ((12, 26, 31, 22, 9), (9, 20, 34, 26, 11)),
        "kosten": ((18, 39, 24, 11, 8), (20, 45, 19, 6, 10)),
        "eerst": ((34, 38, 24, 36, 30), (42, 34, 18, 22, 44)),
    },
    remarks=(
        "Dat de huur omhoog gaat na de verbouwing.",
        "Stof en lawaai. Ik werk ’s nachts.",
        "Waar blijf ik als mijn huis open ligt?",
        "Schimmel in de slaapkamer van mijn kind.",
        "Of ik de nieuwe knoppen wel begrijp.",
    ),
    topics=("duurzaamheid", "woonlasten"),
)

HEARD: Final = words(
    "Veel mensen vinden dat er te weinig groen is. Bomen en schaduw missen zij het meest. Ook "
    "afval op straat stoort. Ouderen vragen vaker om een plek om te zitten. Zij voelen zich ’s "
    "avonds minder veilig dan jongeren. Wij zagen ook wie niet meededen: jongeren en mensen uit de "
    "drukste buurten. Hun stem zoeken wij de volgende keer op."
)
WILL_DO: Final = words(
    "Wij geven de verhuurder drie adviezen. Eén: plant bomen waar nu tegels liggen, en vraag de "
    "straat waar. Twee: zet bankjes bij elke seniorenflat. Drie: maak kapot licht binnen een week. "
    "De verhuurder antwoordt binnen zes weken. Dat antwoord leest u hier. Voor de jongeren gaan "
    "wij zelf naar het plein en het sportveld."
)

_OLDER: Final = frozenset({AgeBand.OLDER, AgeBand.OLDEST})


def answers(chance: Chance, subject: Subject, person: Entry) -> Answers:
    """What somebody answers: more or less what people of that age do."""
    found: Answers = {}
    for question in subject.questions:
        match question:
            case OneChoice(options=options):
                odds = subject.likely[question.id][person.age_band in _OLDER]
                found[question.id] = options[_one(chance, odds)].code
            case Scale():
                odds = subject.likely[question.id][person.age_band in _OLDER]
                found[question.id] = question.range()[_one(chance, odds)]
            case SeveralChoices(options=options, most=most):
                odds = subject.likely[question.id][person.age_band in _OLDER]
                chosen = _several(chance, odds, most)
                found[question.id] = tuple(options[place].code for place in chosen)
            case _ if chance.random() < 0.3:
                found[question.id] = chance.choice(subject.remarks)
    return found


def _one(chance: Chance, odds: Sequence[int]) -> int:
    return chance.choices(range(len(odds)), odds)[0]


def _several(chance: Chance, odds: Sequence[int], most: int) -> tuple[int, ...]:
    return tuple(sorted({_one(chance, odds) for _ in range(chance.randint(1, most))}))
