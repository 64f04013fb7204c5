"""Every decision of a count has its words, for a tenant, in both languages."""

from typing import get_args

import pytest

from consult.council.core.rules import TENANT
from consult.elections.actions.explain import explain
from consult.elections.core.steps import (
    Block,
    Elected,
    LeftRace,
    LotUsed,
    MinimumLowered,
    NobodyAhead,
    NoLawfulBoard,
    NotConfirmed,
    OutOfReach,
    PassedOver,
    PassedOverAhead,
    PersonStep,
    RuleOf,
    RuleStep,
    SizeLowered,
    Step,
    Struck,
    TieSettled,
    Uncontested,
)

NAMES = {"a": "An", "b": "Bo"}
SHARE = RuleOf("board", "share", TENANT)
WORDS: list[tuple[Step, str, str]] = [
    (Elected("a", 1, 1), "An kreeg 1 stem en is gekozen.", "An got 1 vote and is elected."),
    (
        PassedOver("a", 3, (Block("share", TENANT, 4, 5, 3, 3),)),
        "An kreeg 3 stemmen en is overgeslagen. Het bestuur moet minstens 4",
        "at least 4 tenants",
    ),
    (
        PassedOverAhead("a", 3, (SHARE,)),
        "An kreeg 3 stemmen en is overgeslagen. Daarna was er geen bestuur meer mogelijk",
        "tenants of a dwelling",
    ),
    (
        LeftRace("a", 3, "chair"),
        "An is al gekozen als voorzitter en doet hier niet meer mee.",
        "An has already been elected as chair",
    ),
    (
        LeftRace("b", 3, "executive"),
        "Bo is al gekozen als lid van het dagelijks bestuur",
        "as member of the executive board",
    ),
    (Struck("a", 3, ("chair",)), "An mag deze functie", "An may not hold this office"),
    (
        NotConfirmed("a", 3, 7),
        "An kreeg 3 stemmen en is niet gekozen. Nodig was meer dan de helft van 7 biljetten.",
        "More than half of 7 ballots",
    ),
    (Uncontested(3, 5, "confirm"), "3 voor 5. Voor een plaats", "more than half of the ballots"),
    (Uncontested(3, 5, "elect"), "Zij zijn gekozen", "as far as the rules allow"),
    (OutOfReach(("executive",)), "niet: het dagelijks bestuur.", "the executive board"),
    (OutOfReach(("executive", "board")), "het dagelijks bestuur, het bestuur", "the board"),
    (NobodyAhead((SHARE,)), "Hier kan niemand gekozen worden. Daarna", "Nobody can be elected"),
    (MinimumLowered("y", "jong", 2, 1, "release"), "2 plaatsen voor “jong”", "2 seats"),
    (SizeLowered(5, 4, 0, ()), "4 leden in plaats van 5", "4 members instead of 5"),
    (NoLawfulBoard(("share",), 2), "nog 2 huurders nodig", "2"),
    (NoLawfulBoard(("share",), None), "moet een zittend lid plaatsmaken", "sitting member"),
    (LotUsed(3, ("b", "a")), "deze volgorde: Bo, An.", "Bo, An."),
    (TieSettled(3, ("b", "a"), ("a",)), "ruimte voor: An.", "An."),
]


@pytest.mark.parametrize(("step", "dutch", "english"), WORDS, ids=lambda one: str(one)[:30])
def test_a_step_says_what_was_decided(step: Step, dutch: str, english: str) -> None:
    assert dutch in explain(step, NAMES, "nl")
    assert english in explain(step, NAMES, "en")


def test_every_kind_of_step_is_among_them() -> None:
    kinds = {*get_args(PersonStep), *get_args(RuleStep), *get_args(Step)}
    assert {type(step) for step, _, _ in WORDS} == {k for k in kinds if isinstance(k, type)}
