"""Sealed answers: who opens them, and what they give away while they are closed."""

import json

import pytest
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import SecretBox

from consult.canonical import canonical
from consult.surveys.core.sealed.sealing import (
    ROOM,
    SIZES,
    Content,
    length,
    pad,
    put_away,
    seal,
    take_out,
    unpad,
    unseal,
)

SEEDS = tuple(bytes([number]) * 32 for number in (1, 2, 3))
PUBLIC = tuple(bytes(PrivateKey(seed).public_key) for seed in SEEDS)
BOTH = PUBLIC[:2]
CONTENT = Content(
    consultation="c1",
    answers={"a": "yes", "b": ["x", "y"], "d": "Wél ☘"},
    strata={"kind": "tenant", "age": "65+"},
    channel="paper",
    quotes=("d",),
)


def test_either_holder_opens_an_envelope_alone() -> None:
    envelope = seal(BOTH, CONTENT)
    assert unseal(SEEDS[0], 0, "c1", envelope) == CONTENT
    assert unseal(SEEDS[1], 1, "c1", envelope) == CONTENT


def test_nobody_else_opens_it() -> None:
    envelope = seal(BOTH, CONTENT)
    for place in range(4):
        assert unseal(SEEDS[2], place, "c1", envelope) is None
        assert unseal(PUBLIC[0], place, "c1", envelope) is None


def test_a_key_in_the_place_of_the_other_opens_nothing() -> None:
    assert unseal(SEEDS[0], 1, "c1", seal(BOTH, CONTENT)) is None


def test_an_envelope_of_another_consultation_is_not_read() -> None:
    assert unseal(SEEDS[0], 0, "c2", seal(BOTH, CONTENT)) is None


@pytest.mark.parametrize("place", [0, 5, 40, 90, 130, 170, 200, 1000, -1])
def test_an_envelope_with_one_changed_bit_is_not_read(place: int) -> None:
    envelope = bytearray(seal(PUBLIC[:1], CONTENT))
    envelope[place] ^= 1
    assert unseal(SEEDS[0], 0, "c1", bytes(envelope)) is None


@pytest.mark.parametrize("envelope", [b"", b"\2", b"\0" * 200, b"\xff" * 2000])
def test_what_is_no_envelope_is_not_read(envelope: bytes) -> None:
    assert unseal(SEEDS[0], 0, "c1", envelope) is None


@pytest.mark.parametrize(
    "change",
    [{"answers": []}, {"strata": [1]}, {"strata": {"kind": 1}}, {"channel": None}, {"more": 1}],
)
def test_what_we_cannot_have_sealed_is_not_read(change: dict[str, object]) -> None:
    fields = {"consultation": "c1", "answers": {}, "strata": {}, "channel": "", "quotes": []}
    envelope = _sealed(canonical({**fields, **change}))
    assert unseal(SEEDS[0], 0, "c1", envelope) is None
    assert unseal(SEEDS[0], 0, "c1", _sealed(canonical(fields))) == Content("c1", {})


def _sealed(plain: bytes) -> bytes:
    key = bytes(32)
    box = bytes(SealedBox(PublicKey(PUBLIC[0])).encrypt(key))
    return b"\1" + box + bytes(SecretBox(key).encrypt(pad(plain)))


def test_two_envelopes_of_the_same_answers_differ_everywhere() -> None:
    one, other = seal(BOTH, CONTENT), seal(BOTH, CONTENT)
    assert sum(a == b for a, b in zip(one, other, strict=True)) < len(one) // 50


@pytest.mark.parametrize(("longest", "size"), [(0, 0), (1024, 0), (1025, 1), (16384, 2)])
def test_an_envelope_has_the_length_of_the_longest_answers(longest: int, size: int) -> None:
    for answers in ({}, {"d": "x" * (longest - 8)} if longest else {}):
        envelope = seal(BOTH, Content("c1", answers), longest)
        assert len(envelope) == length(2, longest) == 161 + 40 + SIZES[size] + ROOM


def test_what_is_longer_than_the_largest_envelope_is_an_error() -> None:
    with pytest.raises(ValueError, match="too long"):
        seal(BOTH, Content("c1", {"d": "x" * 17500}))
    with pytest.raises(ValueError, match="too long"):
        seal(BOTH, CONTENT, SIZES[-1] + 1)


@pytest.mark.parametrize("padded", [b"", b"\0\0\0\5abc", pad(b"abc") + b"\0", b"\0" * 2047 + b"x"])
def test_what_we_did_not_pad_is_not_unpadded(padded: bytes) -> None:
    with pytest.raises(ValueError, match="padded"):
        unpad(padded)


def test_what_is_put_away_comes_out_with_the_same_key_only() -> None:
    kept = put_away(b"k" * 32, {"answers": {"a": 1}, "weight": 0.9})
    assert take_out(b"k" * 32, kept) == {"answers": {"a": 1}, "weight": 0.9}
    assert json.dumps("answers").encode() not in kept
    with pytest.raises(Exception, match="Decryption failed"):
        take_out(b"l" * 32, kept)
