"""What the consultations of the demo ask, and what came of the one that is over."""

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from consult.surveys.core.format import load
from consult.surveys.core.questionnaire import Questionnaire, Section
from consult.surveys.core.questions.base import Option, Question
from consult.surveys.core.questions.choices import (
    OneChoice,
    Scale,
    SeveralChoices,
)
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.words import Words, words

_WARMTH: Final = Path(__file__).with_name("warmth.json")


def _options(*labels: str) -> tuple[Option, ...]:
    return tuple(Option(f"o{number}", words(label)) for number, label in enumerate(labels, 1))


def _asked(*questions: Question) -> Questionnaire:
    return Questionnaire((Section("s1", questions=questions),))


class Subject(NamedTuple):
    """A consultation in words. ``likely``: by question, how often each option or step is chosen;
    people of 65 and over choose by the second row; where it says nothing, anything goes.
    ``remarks``: what people write."""

    title: Words
    intro: Words
    questions: Questionnaire
    likely: Mapping[str, tuple[tuple[int, ...], tuple[int, ...]]] = MappingProxyType({})
    remarks: tuple[str, ...] = ()
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
    questions=_asked(
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

WARMTH: Final = Subject(
    title=words(
        {
            "nl": "Warmte in huis en uw servicekosten",
            "en": "Heating at home and your service charges",
            "tr": "Evde ısınma ve hizmet bedeliniz",
            "ar": "التدفئة في المنزل ورسوم الخدمات",
        }
    ),
    intro=words(
        {
            "nl": "De verhuurder maakt nieuwe plannen voor warmte. Vertel ons hoe het bij u is.",
            "en": "The landlord is making new plans for heating. Tell us how it is at your home.",
            "tr": "Ev sahibi ısınma için yeni planlar yapıyor. Evinizde durumun nasıl olduğunu "
            "bize anlatın.",
            "ar": "يضع المؤجر خططًا جديدة للتدفئة. أخبرنا كيف هي الحال في منزلك.",
        }
    ),
    questions=load(_WARMTH.read_text("utf-8")),
    remarks=(
        "Dat de huur omhoog gaat na de verbouwing.",
        "Stof en lawaai. Ik werk ’s nachts.",
        "Waar blijf ik als mijn huis open ligt?",
        "Schimmel in de slaapkamer van mijn kind.",
        "Of ik de nieuwe knoppen wel begrijp.",
    ),
    topics=("duurzaamheid", "woonlasten"),
)

NAME: Final = Subject(
    title=words({"nl": "Een naam voor het buurthuis", "en": "A name for the community centre"}),
    intro=words(
        {
            "nl": "Iedereen mag meedoen, ook wie nergens huurt.",
            "en": "Everybody may join, also who rents nowhere.",
        }
    ),
    questions=_asked(
        OneChoice(
            id="naam",
            text=words({"nl": "Welke naam past het best?", "en": "Which name fits best?"}),
            options=_options("De Huiskamer", "Het Anker", "Om de hoek"),
        ),
    ),
    topics=("leefbaarheid",),
)

TOPICS: Final = (
    ("Groen", ("bomen", "tuin", "tegels")),
    ("Zitten en spelen", ("bankje", "plek")),
    ("Schoon", ("prullenbak", "rofvuil")),
    ("Veilig", ("lantaarn", "stoep")),
)
"""Topics of what people wrote, and the words by which the made-up coders know them."""

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
