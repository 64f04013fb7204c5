"""The file in which a holder keeps her key, and the passphrase that opens it."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.sealed import keyfile
from consult.surveys.core.sealed.keyfile import COST, Cost, KeyHolder, Owner

CHEAP = Cost(1, 8192)
OWNER = Owner("c1", "sanne")
PHRASE = "vier bomen voor de deur"
SEED, SALT = bytes(range(32)), bytes(range(16))
PUBLIC, FILE = keyfile.write(OWNER, SEED, SALT, PHRASE, "Bewaar dit bestand goed.", CHEAP)
AT = datetime(2026, 11, 1, tzinfo=UTC)


def altered(**changes: Any) -> bytes:
    """The file with other fields, and a check number that fits them."""
    content = {**json.loads(FILE), **changes}
    rest = {key: value for key, value in content.items() if key not in {"words", "check"}}
    return json.dumps({**content, "check": keyfile._check(rest)}).encode()


def code(file: bytes, phrase: str = PHRASE, owner: Owner = OWNER, public: bytes = PUBLIC) -> str:
    problem = keyfile.read(file, phrase, owner, public)
    assert isinstance(problem, Problem)
    return problem.code


def test_the_passphrase_opens_the_file() -> None:
    assert keyfile.read(FILE, PHRASE, OWNER, PUBLIC) == SEED


def test_the_file_tells_its_holder_what_it_is_and_holds_no_key_in_the_clear() -> None:
    assert json.loads(FILE)["words"] == "Bewaar dit bestand goed."
    assert json.loads(FILE)["format"] == "consult-answer-key-2"
    assert keyfile._text(SEED) not in FILE.decode()
    assert len(FILE) < keyfile.LARGEST_KEY_FILE


def test_a_passphrase_may_be_typed_on_another_keyboard() -> None:
    _, file = keyfile.write(OWNER, SEED, SALT, "é é é é é é é boom", "", CHEAP)
    assert keyfile.read(file, " e\u0301 é é é é é é  boom ", OWNER, PUBLIC) == SEED


def test_another_passphrase_does_not_open_it() -> None:
    assert code(FILE, PHRASE + "!") == "passphrase_wrong"
    assert code(FILE, "") == "passphrase_wrong"


@pytest.mark.parametrize(
    ("file", "told"),
    [
        (b"", "key_file_unreadable"),
        (b"\xff\xfe", "key_file_unreadable"),
        (b"[]", "key_file_unreadable"),
        (b"[" * 4000, "key_file_unreadable"),
        (b'{"private_key": 1}', "key_file_unreadable"),
        (FILE[:-20], "key_file_unreadable"),
        (FILE.replace(b'"private_key": "', b'"private_key": "A'), "key_file_unreadable"),
        (FILE.replace(b"answer-key-2", b"answer-key-1"), "key_file_unreadable"),
        (altered(format="consult-answer-key-1"), "key_file_unreadable"),
        (altered(argon2id={"operations": 1, "memory": 2**40, "salt": ""}), "key_file_unreadable"),
        (
            altered(argon2id={**json.loads(FILE)["argon2id"], "memory": 2**31}),
            "key_file_unreadable",
        ),
        (
            altered(argon2id={**json.loads(FILE)["argon2id"], "operations": "1"}),
            "key_file_unreadable",
        ),
        (altered(consultation="c2"), "key_file_other"),
        (altered(holder="amina"), "key_file_holder"),
        (altered(public_key=keyfile._text(bytes(32))), "key_file_old"),
    ],
)
def test_a_file_that_is_not_this_key_is_refused_with_the_reason(file: bytes, told: str) -> None:
    assert code(file) == told


def test_a_private_key_that_does_not_belong_to_the_public_one_is_not_trusted() -> None:
    public, file = keyfile.write(OWNER, bytes(32), SALT, PHRASE, "", CHEAP)
    wrong = json.loads(file)["private_key"]
    assert public != PUBLIC
    assert code(altered(private_key=wrong)) == "key_file_unreadable"


@pytest.mark.parametrize(
    ("phrase", "told"),
    [
        ("elf tekens.", "passphrase_short"),
        ("x" * 201, "passphrase_long"),
        ("aaaaaaaaaaaaaa", "passphrase_simple"),
        ("groen in UW buurt ", "passphrase_title"),
        (" " * 40, "passphrase_short"),
    ],
)
def test_a_passphrase_that_protects_nothing_is_refused(phrase: str, told: str) -> None:
    problem = keyfile.passphrase_problem(phrase, "Groen in uw buurt")
    assert problem is not None
    assert problem.code == told


def test_a_passphrase_of_twelve_signs_will_do() -> None:
    assert keyfile.passphrase_problem("boom en hek1", "Groen in uw buurt") is None


def test_trying_a_passphrase_stays_within_256_megabytes() -> None:
    assert COST.memory <= 256_000_000
    assert COST.memory >= 64 * 1024 * 1024


def test_two_holders_must_have_proved_their_keys() -> None:
    one, two = KeyHolder("a", b"1" * 32, AT), KeyHolder("b", b"0" * 32, AT)
    proved = [replace(holder, proved_at=AT) for holder in (one, two)]
    assert keyfile.problem([]) == Problem("key_holders", 2)
    assert keyfile.problem(proved[:1]) == Problem("key_holders", 2)
    assert keyfile.problem([proved[0], two]) == Problem("key_unproved")
    assert keyfile.problem(proved) is None
    assert keyfile.recipients([one, two]) == (b"0" * 32, b"1" * 32)


def test_a_key_opens_what_was_sealed_to_all_and_no_other_key_does() -> None:
    assert keyfile.opens(SEED, (PUBLIC,), "c1")
    other, _ = keyfile.write(OWNER, bytes(32), SALT, PHRASE, "", CHEAP)
    assert keyfile.opens(SEED, (other, PUBLIC), "c1")
    assert not keyfile.opens(SEED, (other,), "c1")
