"""Which answers stand apart from the rest of their envelope."""

from consult.surveys.core.asking.conditions import NO_CONDITION, Compare, Condition, Rule
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Declined
from consult.surveys.core.asking.questions.choices import OneChoice
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.asking.words import words
from consult.surveys.core.sealed.parting import standing_apart
from tests.consultations import options

HEALTH = OneChoice(
    id="health",
    text=words("Hebt u last van vocht in uw longen?"),
    options=options(yes="Ja", no="Nee"),
    required=False,
    sensitive=True,
    declines=(Declined.RATHER_NOT,),
)
YES = Condition((Rule("health", Compare.ANY_OF, ("yes",)),))


def plain(name: str, when: Condition = NO_CONDITION) -> OneChoice:
    return OneChoice(
        id=name, text=words("Klopt het?"), options=options(yes="Ja", no="Nee"), when=when
    )


def test_texts_and_what_the_law_protects_stand_apart() -> None:
    text = OpenText(id="text", text=words("Wat nog meer?"), limit=200)
    asked = Questionnaire((Section("s1", questions=(HEALTH, plain("home"), text)),))
    assert standing_apart(asked) == {"health": False, "text": True}


def test_what_is_asked_after_a_protected_answer_would_tell_it_and_stands_apart_too() -> None:
    follows = plain("doctor", YES)
    after = plain("care", Condition((Rule("doctor", Compare.ANY_OF, ("yes",)),)))
    own = Section("s1", questions=(HEALTH, follows, after))
    section = Section("s2", questions=(plain("help"),), when=YES)
    free = Section("s3", questions=(plain("home"),))
    apart = standing_apart(Questionnaire((own, section, free)))
    assert set(apart) == {"health", "doctor", "care", "help"}
