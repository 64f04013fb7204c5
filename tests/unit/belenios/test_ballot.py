import json

import pytest

from consult.belenios import ballot, wire
from consult.belenios.election import Question
from consult.belenios.group import P, Q
from consult.belenios.invalid import Invalid
from tests.unit.belenios.sample import sample

TWO_OF_FOUR = Question("Wie?", ("a", "b", "c", "d"), 1, 2)
WITH_BLANK = Question("Wie?", ("a", "b", "c"), 1, 2, blank=True)


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        (None, [0, 0, 0]),
        (None, [0, 1, 0]),
        (TWO_OF_FOUR, [1, 0, 0, 0]),
        (TWO_OF_FOUR, [0, 1, 0, 1]),
        (WITH_BLANK, [1, 0, 0, 0]),
        (WITH_BLANK, [0, 0, 0, 1]),
        (WITH_BLANK, [0, 1, 1, 0]),
    ],
)
def test_an_allowed_choice_gives_a_ballot_that_is_accepted(question, choice):
    case = sample(question) if question else sample()
    raw = case.cast(0, [choice])
    read = ballot.verify(raw, case.election, case.known)
    assert read.tracker == wire.hash_base64(raw)
    assert len(read.tracker) == 43
    assert read.credential == ballot.credential_of(raw)
    assert len(raw) <= ballot.longest(case.election)


@pytest.mark.parametrize(
    ("question", "choice"),
    [
        (TWO_OF_FOUR, [0, 0, 0, 0]),
        (TWO_OF_FOUR, [1, 1, 1, 0]),
        (WITH_BLANK, [1, 1, 0, 0]),
        (WITH_BLANK, [0, 0, 0, 0]),
        (WITH_BLANK, [0, 1, 1, 1]),
    ],
)
def test_a_choice_outside_the_limits_is_refused_when_made(question, choice):
    with pytest.raises(Invalid, match="choice_not_allowed"):
        sample(question).cast(0, [choice])


@pytest.mark.parametrize("choice", [[1], [0, 2, 0], [0, 0, 0, 0], [0, -1, 1]])
def test_a_choice_of_the_wrong_shape_is_refused_when_made(choice):
    with pytest.raises(Invalid, match="choice_length"):
        sample().cast(0, [choice])


def test_a_ballot_with_too_many_answers_is_refused_when_made():
    with pytest.raises(Invalid, match="choices_length"):
        sample().cast(0, [[1, 0, 0], [1, 0, 0]])


def test_an_election_of_several_questions_is_voted_in_one_ballot():
    case = sample(TWO_OF_FOUR, WITH_BLANK)
    raw = case.cast(1, [[0, 0, 1, 0], [1, 0, 0, 0]])
    assert len(ballot.verify(raw, case.election, case.known).answers) == 2


def _tampered(change):
    case = sample(WITH_BLANK)
    shape = json.loads(case.cast(0, [[0, 1, 0, 1]]))
    change(shape)
    return case, wire.compact(shape)


def _resigned(change):
    """A change that the voter himself signs: the signature holds, the proofs must not."""
    case = sample(WITH_BLANK)
    shape = json.loads(case.cast(0, [[0, 1, 0, 1]]))
    change(shape)
    return case, case.signed(0, shape)


def _refusal(case, raw):
    with pytest.raises(Invalid) as refused:
        ballot.verify(raw, case.election, case.known)
    return refused.value.code


def test_a_changed_ciphertext_breaks_the_signature():
    def change(shape):
        cells = shape["answers"][0]["choices"]
        cells[0], cells[1] = cells[1], cells[0]

    assert _refusal(*_tampered(change)) == "signature_hash"


def test_a_changed_signature_is_refused():
    def change(shape):
        shape["signature"]["proof"]["response"] = "5"

    assert _refusal(*_tampered(change)) == "signature_wrong"


def _answer(shape):
    return shape["answers"][0]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("individual_proof_wrong", lambda s: _answer(s)["choices"].reverse()),
        ("individual_proof_wrong", lambda s: _answer(s)["individual_proofs"].reverse()),
        ("individual_proof_wrong", lambda s: _answer(s)["individual_proofs"][2].pop()),
        ("overall_proof_wrong", lambda s: _answer(s)["overall_proof"].reverse()),
        ("overall_proof_wrong", lambda s: _answer(s)["overall_proof"].pop()),
        ("blank_proof_wrong", lambda s: _answer(s)["blank_proof"].reverse()),
        ("blank_proof_wrong", lambda s: _answer(s).pop("blank_proof")),
        ("answer_length", lambda s: _answer(s)["choices"].pop()),
        ("answer_length", lambda s: _answer(s)["individual_proofs"].pop()),
        ("answers_length", lambda s: s["answers"].pop()),
        ("answers_length", lambda s: s["answers"].append(_answer(s))),
        ("ballot_other_election", lambda s: s.update(election_uuid="1" * 14)),
        ("ballot_other_election", lambda s: s.update(election_hash="A" * 43)),
        ("credential_unknown", lambda s: s.update(credential="4")),
        ("ciphertext_not_member", lambda s: _answer(s)["choices"][1].update(alpha="0")),
        ("ciphertext_not_member", lambda s: _answer(s)["choices"][1].update(beta=str(P - 1))),
        ("number_too_large", lambda s: _answer(s)["choices"][1].update(beta=str(P))),
        (
            "number_too_large",
            lambda s: _answer(s)["overall_proof"][0].update(challenge=str(Q)),
        ),
        ("number_malformed", lambda s: _answer(s)["choices"][1].update(alpha="01")),
        ("number_malformed", lambda s: _answer(s)["choices"][1].update(alpha=1)),
        ("number_malformed", lambda s: _answer(s)["choices"][1].update(alpha="9" * 5000)),
        ("json_fields", lambda s: _answer(s).update(extra=1)),
        ("json_shape", lambda s: s.update(answers={})),
    ],
)
def test_a_ballot_that_its_voter_signed_but_that_breaks_a_rule_is_refused(code, change):
    assert _refusal(*_resigned(change)) == code


def test_a_ballot_under_another_voters_credential_is_refused():
    case = sample()
    shape = json.loads(case.cast(0, [[1, 0, 0]]))
    shape["credential"] = json.loads(case.cast(1, [[1, 0, 0]]))["credential"]
    assert _refusal(case, wire.compact(shape)) == "signature_hash"


def test_a_ballot_of_another_election_is_refused():
    other = sample(seed=2)
    assert _refusal(sample(), other.cast(0, [[1, 0, 0]])) == "credential_unknown"
    with pytest.raises(Invalid, match="ballot_other_election"):
        ballot.check(other.cast(0, [[1, 0, 0]]), sample().election)


@pytest.mark.parametrize(
    "respell",
    [
        lambda raw: raw + b"\n",
        lambda raw: b" " + raw,
        lambda raw: raw.replace(b'":"', b'": "', 1),
        lambda raw: raw.replace(b"election_uuid", b"election\\u005fuuid", 1),
        lambda raw: raw.replace(b'"answers":', b'"answers" :', 1),
        lambda raw: b"\xef\xbb\xbf" + raw,
    ],
)
def test_another_spelling_of_a_ballot_is_refused(respell):
    case = sample()
    assert _refusal(case, respell(case.cast(0, [[1, 0, 0]]))).startswith("json_")


def test_fields_in_another_order_are_refused():
    case = sample()
    shape = json.loads(case.cast(0, [[1, 0, 0]]))
    turned = dict(reversed(shape.items()))
    assert _refusal(case, wire.compact(turned)) == "json_fields"


@pytest.mark.parametrize("raw", [b"", b"{", b"[" * 100_000, b"\xff", b"1.5", b"NaN", b"null"])
def test_what_is_no_ballot_at_all_is_refused(raw):
    assert _refusal(sample(), raw).startswith("json_")


def test_the_head_of_something_else_names_no_credential():
    with pytest.raises(Invalid, match="json_fields"):
        ballot.credential_of(b'{"election_uuid":"x"}')
