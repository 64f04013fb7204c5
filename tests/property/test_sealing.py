"""Any answers come out of their envelope as they went in, and its length tells nothing."""

import json
import secrets

from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from consult.canonical import canonical
from consult.register.core.base import AgeBand, Kind
from consult.surveys.core.asking.cleaning import clean
from consult.surveys.core.asking.questionnaire import LONGEST_ANSWERS, MOST_QUESTIONS
from consult.surveys.core.consultation import Channel, Stratum
from consult.surveys.core.sealed.sealing import Content, length, pad, seal, unpad, unseal
from consult.surveys.core.sealed.strata import LONGEST_VALUE, going_along

SEEDS = [secrets.token_bytes(32) for _ in range(3)]
PUBLIC = [bytes(PrivateKey(seed).public_key) for seed in SEEDS]

ids = st.text("abcxyz_0189", min_size=1, max_size=20)
choices = st.lists(ids, max_size=6) | st.lists(st.integers(0, 100), max_size=6)
values = ids | st.integers(-(10**9), 10**9) | choices | st.text(max_size=200)
contents = st.builds(
    Content,
    consultation=st.just("c" * 26),
    answers=st.dictionaries(ids, values, max_size=12),
    strata=st.dictionaries(st.sampled_from(list(map(str, Stratum))), st.text(max_size=60)),
    channel=st.sampled_from(list(map(str, Channel))),
    quotes=st.lists(ids, max_size=5).map(tuple),
)


@given(contents, st.integers(0, 1))
def test_what_goes_in_comes_out_for_each_holder_and_for_nobody_else(
    content: Content, place: int
) -> None:
    envelope = seal(PUBLIC[:2], content, 16_000)
    assert unseal(SEEDS[place], place, content.consultation, envelope) == content
    assert unseal(SEEDS[2], place, content.consultation, envelope) is None
    assert unseal(SEEDS[place], place, "another", envelope) is None


@given(contents, st.sampled_from([1024, 4096, 16_000]))
def test_all_envelopes_of_a_consultation_have_one_length(content: Content, longest: int) -> None:
    if len(canonical(content.answers)) <= longest:
        assert len(seal(PUBLIC[:2], content, longest)) == length(2, longest)


@given(contents, st.data())
def test_any_changed_byte_makes_it_unreadable(content: Content, data: st.DataObject) -> None:
    envelope = bytearray(seal(PUBLIC[:1], content))
    place = data.draw(st.integers(0, len(envelope) - 1))
    envelope[place] ^= data.draw(st.integers(1, 255))
    assert unseal(SEEDS[0], 0, content.consultation, bytes(envelope)) is None


@given(st.binary(max_size=17_000))
def test_padding_is_undone_exactly(plain: bytes) -> None:
    assert unpad(pad(plain)) == plain


def test_the_longest_answers_and_strata_that_may_be_fit_an_envelope() -> None:
    """All questions open, all of them quoted, and a neighbourhood of signs that JSON escapes."""
    questions = [f"q{number:02}" for number in range(MOST_QUESTIONS)]
    answers = dict.fromkeys(questions, "")
    room = LONGEST_ANSWERS - len(canonical(answers))
    answers["q00"] = "x" * room
    place = '"\N{PERFORMING ARTS}' * LONGEST_VALUE
    along = going_along(Stratum, Kind.ENTREPRENEUR, AgeBand.UNKNOWN, place)
    content = Content("c" * 26, answers, along, "phone", tuple(questions))
    assert len(seal(PUBLIC[:2], content, LONGEST_ANSWERS)) == length(2, LONGEST_ANSWERS)


@given(st.integers(0, LONGEST_ANSWERS))
def test_whoever_fills_in_all_that_may_be_asked_has_the_envelope_of_who_fills_in_nothing(
    longest: int,
) -> None:
    full = {"d": "x" * max(0, longest - len(canonical({"d": ""})))}
    nothing, everything = (
        seal(PUBLIC[:2], Content("c" * 26, answers), longest) for answers in ({}, full)
    )
    assert len(nothing) == len(everything)


@given(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5)))
def test_equal_values_have_one_canonical_form(value: dict[str, object]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical(value) == canonical(backwards)
    assert json.loads(canonical(value)) == value


@given(st.text())
def test_a_cleaned_text_is_clean(text: str) -> None:
    assert clean(clean(text)) == clean(text)
