"""Sealed answers and the file of the key that opens them."""

import json

import pytest

from consult.surveys.core.questions.base import Problem
from consult.surveys.core.sealing import (
    OVERHEAD,
    SIZES,
    KeyPair,
    key_pair,
    pad,
    read_key_file,
    seal,
    unpad,
    unseal,
    write_key_file,
)

PAIR = key_pair(bytes(range(32)))
OTHER = key_pair(bytes(range(1, 33)))
ANSWERS = {"a": 0, "b": (0, 2), "d": "Wél ☘"}
FILE = write_key_file(PAIR, "c1", "Bewaar dit bestand goed.")


def test_only_the_private_key_opens_an_envelope() -> None:
    envelope = seal(PAIR.public, "c1", ANSWERS)
    assert unseal(PAIR.private, "c1", envelope) == {"a": 0, "b": [0, 2], "d": "Wél ☘"}
    assert unseal(OTHER.private, "c1", envelope) is None
    assert unseal(PAIR.public, "c1", envelope) is None


def test_an_envelope_of_another_consultation_is_not_read() -> None:
    assert unseal(PAIR.private, "c2", seal(PAIR.public, "c1", ANSWERS)) is None


def test_an_envelope_with_one_changed_bit_is_not_read() -> None:
    envelope = bytearray(seal(PAIR.public, "c1", ANSWERS))
    envelope[100] ^= 1
    assert unseal(PAIR.private, "c1", bytes(envelope)) is None
    assert unseal(PAIR.private, "c1", b"") is None


def test_two_envelopes_of_the_same_answers_differ() -> None:
    assert seal(PAIR.public, "c1", ANSWERS) != seal(PAIR.public, "c1", ANSWERS)


def test_an_envelope_has_one_of_three_lengths() -> None:
    for signs, size in ((0, SIZES[0]), (1500, SIZES[1]), (9000, SIZES[2])):
        envelope = seal(PAIR.public, "c1", {"d": "x" * signs})
        assert len(envelope) == size + OVERHEAD


def test_answers_that_are_longer_than_the_largest_envelope_are_an_error() -> None:
    with pytest.raises(ValueError, match="too long"):
        seal(PAIR.public, "c1", {"d": "x" * 17000})


@pytest.mark.parametrize("padded", [b"", b"\0\0\0\5abc", pad(b"abc") + b"\0", b"\0" * 1023 + b"x"])
def test_what_we_did_not_pad_is_not_unpadded(padded: bytes) -> None:
    with pytest.raises(ValueError, match="padded"):
        unpad(padded)


def test_the_key_file_opens_what_the_public_key_sealed() -> None:
    private = read_key_file(FILE, "c1", PAIR.public)
    assert private == PAIR.private


def test_the_key_file_tells_its_holder_what_it_is() -> None:
    assert json.loads(FILE)["words"] == "Bewaar dit bestand goed."


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "key_file_unreadable"),
        (b"\xff\xfe", "key_file_unreadable"),
        (b"[]", "key_file_unreadable"),
        (b"[" * 4000, "key_file_unreadable"),
        (b'{"private_key": 1}', "key_file_unreadable"),
        (FILE.replace(b"answer-key-1", b"answer-key-9"), "key_file_unreadable"),
        (FILE.replace(b'"c1"', b'"c2"'), "key_file_other"),
        (write_key_file(OTHER, "c1", ""), "key_file_wrong"),
        (write_key_file(KeyPair(PAIR.public, b"short"), "c1", ""), "key_file_unreadable"),
    ],
)
def test_a_file_that_is_not_this_key_is_refused_with_the_reason(data: bytes, code: str) -> None:
    assert read_key_file(data, "c1", PAIR.public) == Problem(code)
