"""Any answers come out of their envelope as they went in, and its length tells nothing."""

import json
import secrets

from hypothesis import given
from hypothesis import strategies as st

from consult.canonical import canonical
from consult.surveys.core.cleaning import clean
from consult.surveys.core.questionnaire import LONGEST_ANSWERS, Questionnaire
from consult.surveys.core.questions.choices import OneChoice, SeveralChoices
from consult.surveys.core.questions.texts import OpenText
from consult.surveys.core.sealing import OVERHEAD, SIZES, key_pair, pad, seal, unpad, unseal

PAIR = key_pair(secrets.token_bytes(32))
ASKED = Questionnaire(
    (
        OneChoice(id="one", text="?", options=("x", "y", "z"), required=False),
        SeveralChoices(id="several", text="?", options=tuple("abcdefg"), most=4, required=False),
        OpenText(id="text", text="?", limit=2000, required=False),
        OpenText(id="more", text="?", limit=1900, required=False),
    )
)
fields = st.fixed_dictionaries(
    {
        "one": st.lists(st.sampled_from("0129"), max_size=2),
        "several": st.lists(st.sampled_from("0123456"), max_size=6),
        "text": st.lists(st.text(max_size=2000), max_size=1),
        "more": st.lists(st.text(max_size=60), max_size=2),
    }
)


@given(fields)
def test_what_a_question_accepts_survives_the_envelope_and_is_in_its_domain(
    form: dict[str, list[str]],
) -> None:
    parsed = {q.id: q.parse(form[q.id]) for q in ASKED.questions}
    answers = {key: a for key, a in parsed.items() if isinstance(a, int | tuple | str)}
    envelope = seal(PAIR.public, "c", answers, ASKED.longest())
    assert len(envelope) - OVERHEAD == SIZES[-1]  # the same, however short the answers
    assert ASKED.read(unseal(PAIR.private, "c", envelope)) == answers


@given(st.binary(max_size=16380))
def test_padding_is_undone_exactly(plain: bytes) -> None:
    assert len(pad(plain)) in SIZES
    assert unpad(pad(plain)) == plain


def test_the_longest_answers_that_may_be_asked_for_fit_an_envelope() -> None:
    assert ASKED.problem() is None
    longest = {
        "one": 2,
        "several": (3, 4, 5, 6),
        "text": clean('"' * 2000),
        "more": clean("\N{PERFORMING ARTS}" * 1900),
    }
    assert ASKED.read(json.loads(canonical(longest))) == longest
    assert len(canonical(longest)) <= ASKED.longest()
    assert len(seal(PAIR.public, "c" * 26, longest)) - OVERHEAD == SIZES[-1]


@given(st.integers(0, LONGEST_ANSWERS))
def test_whoever_fills_in_all_that_may_be_asked_has_the_envelope_of_who_fills_in_nothing(
    longest: int,
) -> None:
    full = {"d": "x" * max(0, longest - len(canonical({"d": ""})))}
    nothing, everything = (seal(PAIR.public, "c" * 26, a, longest) for a in ({}, full))
    assert len(nothing) == len(everything)


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5)))
def test_equal_values_have_one_canonical_form(value: dict[str, object]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical(value) == canonical(backwards)
    assert json.loads(canonical(value)) == value


@given(st.text())
def test_a_cleaned_text_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
