import json

import pytest

from consult.belenios import election, wire
from consult.belenios.election import Question
from consult.belenios.group import P
from consult.belenios.invalid import Invalid
from tests.unit.belenios.sample import ONE_OF_THREE, sample


def test_an_election_reads_back_as_built():
    question = Question("Wie — één of twee? 😀", ("Zoë", 'de "A"'), 0, 2, blank=True)
    base = sample().election
    made = election.build(
        base.uuid, "Naam", "Tekst", base.public_key, [question], "Secretaris", "Griffier"
    )
    assert election.parse(made.raw) == made
    assert made.questions == (question,)
    assert (made.administrator, made.credential_authority) == ("Secretaris", "Griffier")
    assert "één".encode() in made.raw


def test_the_fingerprint_is_of_the_exact_bytes():
    made = sample().election
    spaced = json.dumps(json.loads(made.raw), indent=1).encode()
    again = election.parse(spaced)
    assert again.questions == made.questions
    assert again.fingerprint != made.fingerprint == wire.hash_base64(made.raw)


@pytest.mark.parametrize(("least", "most"), [(-1, 1), (2, 1), (0, 4), (4, 4)])
def test_limits_that_make_no_sense_are_refused(least, most):
    with pytest.raises(Invalid, match="question_limits"):
        Question("Wie?", ("a", "b", "c"), least, most)


def test_a_question_without_answers_is_refused():
    with pytest.raises(Invalid, match="question_limits"):
        Question("Wie?", (), 0, 0)


def _question(**change):
    return {"questions": [ONE_OF_THREE.json() | change]}


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("election_version", {"version": 2}),
        ("json_shape", {"version": True}),
        ("election_group", {"group": "Ed25519"}),
        ("election_uuid", {"uuid": "0000-0000"}),
        ("election_key_not_member", {"public_key": "1"}),
        ("election_key_not_member", {"public_key": str(P - 1)}),
        ("questions_missing", {"questions": []}),
        ("question_not_homomorphic", _question(type="NonHomomorphic")),
        ("question_limits", _question(max=4)),
        ("json_shape", _question(blank=1)),
        ("json_shape", _question(min=True)),
        ("json_shape", _question(answers="abc")),
        ("json_fields", _question(weight=2)),
        ("json_shape", {"questions": [5]}),
        ("json_fields", {"extra": 1}),
        ("json_shape", {"name": 5}),
        ("json_shape", {"administrator": None}),
    ],
)
def test_an_election_file_that_breaks_a_rule_is_refused(code, change):
    shape = json.loads(sample().election.raw) | change
    with pytest.raises(Invalid, match=code):
        election.parse(wire.compact(shape))


def test_an_election_file_without_a_field_is_refused():
    shape = json.loads(sample().election.raw)
    del shape["name"]
    with pytest.raises(Invalid, match="json_fields"):
        election.parse(wire.compact(shape))


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("json_fields", b'{"version":1}'),
        ("json_shape", b"[]"),
        ("json_malformed", b'{"version":1,"version":1}'),
        ("json_malformed", b'{"version":1.0}'),
    ],
)
def test_what_is_no_election_file_is_refused(code, raw):
    with pytest.raises(Invalid, match=code):
        election.parse(raw)


def test_a_lone_surrogate_in_a_text_is_refused():
    raw = sample().election.raw.replace(b'"Bestuur"', b'"\\ud800"')
    with pytest.raises(Invalid, match="json_shape"):
        election.parse(raw)
