"""What a report says: short sentences, all codes worded, nothing that the numbers do not carry."""

import re

import pytest

from consult.reports.core.chain import Dimension, Stage
from consult.reports.core.edition import Estimate, Opinion, Opinions
from consult.reports.core.findings import Code, Finding
from consult.reports.telling.sentences import nothing_asked, out_of, sentences
from consult.reports.telling.weighted import cannot_mend, opinions, sensitivity
from consult.reports.telling.wording import Wording

LONGEST = 22
"""Words of a sentence; B1 asks for 15 on average, and numbers with their nouns count."""
GROUP = {
    "dimension": Dimension.AGE_BAND,
    "share": 0.087,
    "base_share": 0.227,
    "index": 0.38,
    "low": 0.3,
    "high": 0.5,
}
SEATS = {
    "stage": Stage.BOARD,
    "size": 9,
    "dimension": Dimension.AGE_BAND,
    "label": "18-34",
    "members": 0,
    "expected": 2.43,
    "chance": 0.058,
}
EVEN = {"dimension": Dimension.NEIGHBOURHOOD, "dissimilarity": 0.189, "noise_floor": 0.078}
FACTS: dict[Code, dict[str, object]] = {
    Code.RESPONSE: {"base": 60_000, "invited": 60_000, "participants": 4609, "rate": 0.0768},
    Code.UNDER: {**GROUP, "label": "18-34"},
    Code.UNDER_TOGETHER: GROUP,
    Code.OVER: {**GROUP, "label": "18-34"},
    Code.OVER_TOGETHER: GROUP,
    Code.NONE_UNDER: {"dimensions": 3},
    Code.ALL_HIDDEN: {},
    Code.BODY_UNDER: {**SEATS, "chance": 0.00001},
    Code.BODY_OVER: SEATS,
    Code.BODY_CHANCE: SEATS,
    Code.BODY_EVEN: {"stage": Stage.CANDIDATES, "size": 14},
    Code.WEIGHTS_MOVE: {
        "lines": 1, "question": "q1", "option": "a", "plain": 0.55, "weighted": 0.5,
    },
    Code.WEIGHTS_MOVE_NOTHING: {"lines": 4, "most": 0.01},
    Code.NO_WEIGHTS: {},
    Code.NOT_MENDED: {
        "question": "q1", "option": "a", "weighted": 0.5, "odds": 1.5, "share": 0.409,
    },
    Code.UNEVEN: {**EVEN, "p_value": 0.001},
    Code.CHANCE: {**EVEN, "p_value": 0.4},
    Code.EVENNESS: {
        "cv": 0.61, "low": 0.5, "high": 0.7, "r": 0.9, "lowest_r": 0.5, "most_bias": 0.305,
    },
    Code.HIDDEN: {"groups": 12, "dimensions": 3, "least": 10},
}  # fmt: skip


def asked(question: str, option: str | None) -> str:
    return {("q1", None): "Wat mist u?", ("q1", "a"): "Bomen"}[question, option]


def said(code: Code, language: str = "nl") -> str:
    finding = Finding(code, FACTS[code])  # type: ignore[arg-type] # facts of every kind
    (only,) = sentences((finding,), asked, Wording.of(language))
    return only.replace("\u00a0", " ")


def test_every_finding_has_words_and_an_example() -> None:
    assert set(FACTS) == set(Code)


@pytest.mark.parametrize("code", Code)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_a_sentence_is_short_and_ends(code: Code, language: str) -> None:
    told = said(code, language)
    assert "%(" not in told
    assert told.endswith(".")
    parts = re.split(r"(?<=[.?])\s+(?=[A-Z“])", told)
    assert max(len(part.split()) for part in parts) <= LONGEST


@pytest.mark.parametrize("code", Code)
def test_english_is_english(code: Code) -> None:
    assert said(code) != said(code, "en")


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (
            Code.RESPONSE,
            "4.609 van de 60.000 uitgenodigde mensen deden mee. Dat is 7,7 %.",
        ),
        (
            Code.UNDER,
            (
                "Klanten van 18 t/m 34 jaar deden minder mee. "
                "Van elke 100 klanten zijn zij er 23, van elke 100 deelnemers 9."
            ),
        ),
        (
            Code.OVER_TOGETHER,
            (
                "De overige groepen samen (leeftijd) deden meer mee. "
                "Van elke 100 klanten zijn zij er 23, van elke 100 deelnemers 9."
            ),
        ),
        (
            Code.BODY_CHANCE,
            (
                "Bestuur: klanten van 18 t/m 34 jaar zijn met 0 van de 9. "
                "Naar verhouding waren het er 2,4. Dat kan toeval zijn: de kans is 5,8 %."
            ),
        ),
        (
            Code.BODY_UNDER,
            (
                "Bestuur: klanten van 18 t/m 34 jaar zijn met 0 van de 9. Naar verhouding "
                "waren het er 2,4. Dat is bijna zeker geen toeval: de kans is < 0,1 %."
            ),
        ),
        (
            Code.WEIGHTS_MOVE,
            (
                "Wegen verandert “Bomen” op de vraag “Wat mist u?” van 55,0 % naar 50,0 %. "
                "Geen ander antwoord verandert meer dan 2 punten."
            ),
        ),
        (
            Code.NOT_MENDED,
            (
                "Wie zegt: “Bomen” op de vraag “Wat mist u?”, deed misschien vaker mee. "
                "Stel: deze mensen waren 1,5 keer zo vaak bereid. "
                "Dan zegt niet 50,0 % van alle klanten dit, maar 40,9 %. Wegen herstelt dat niet."
            ),
        ),
    ],
)
def test_what_is_said(code: Code, told: str) -> None:
    assert said(code) == told


def test_the_bias_of_a_share_is_told_where_answers_are_told_and_nowhere_else() -> None:
    assert "naar schatting hoogstens 31 punten scheef" in said(Code.EVENNESS)  # not 30
    finding = Finding(Code.EVENNESS, FACTS[Code.EVENNESS])  # type: ignore[arg-type]
    (alone,) = sentences((finding,), nothing_asked, Wording.of("nl"))
    assert "punten" not in alone


@pytest.mark.parametrize(
    ("share", "base", "people"),
    [(0.087, 0.227, 100), (0.003, 0.0012, 1000), (0.00004, 0.3, 100), (0.5, 0.5, 100)],
)
def test_shares_are_told_among_so_many_people_that_they_differ(
    share: float, base: float, people: int
) -> None:
    assert out_of(share, base) == people


def test_what_moves_is_named_and_what_weighting_cannot_do_is_always_said() -> None:
    plain = Estimate(0.55, 0.5, 0.6)
    moves = Opinion("q1", "a", plain, Estimate(0.5, 0.4, 0.6), {})
    still = Opinion("q1", "a", plain, Estimate(0.54, 0.5, 0.6), {})
    words = Wording.of("nl")
    first, second = cannot_mend(Opinions(80.0, (moves, still)), asked, words)
    assert first.count("Bomen") == 1
    assert "Dat herstelt wegen niet." in second
    nothing, _rest = cannot_mend(Opinions(80.0, (still,)), asked, words)
    assert nothing == "Geen antwoord verandert meer dan 2 punten."


def test_each_question_has_its_table_with_both_shares_and_one_of_what_if() -> None:
    plain = Estimate(0.55, 0.5, 0.6)
    one = Opinion("q1", "a", plain, Estimate(0.5, 0.41, 0.59), {1.25: 0.46, 1.5: 0.409})
    found, words = Opinions(80.0, (one,)), Wording.of("nl")
    (beside,), (supposed,) = ([*make(found, asked, words)] for make in (opinions, sensitivity))
    assert beside.caption == "Wat mist u? Ongewogen en gewogen"
    assert [str(cell).replace("\u00a0", " ") for cell in beside.rows[0]] == [
        "Bomen", "55,0 %", "50,0 %", "41,0 %", "59,0 %", "-5,0",
    ]  # fmt: skip
    assert supposed.head[2:] == ("1,25 keer zo vaak", "1,5 keer zo vaak")
    assert [str(cell).replace("\u00a0", " ") for cell in supposed.rows[0]] == [
        "Bomen", "50,0 %", "46,0 %", "40,9 %",
    ]  # fmt: skip
