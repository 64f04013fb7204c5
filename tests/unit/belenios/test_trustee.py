import json

import pytest
from gmpy2 import invert, powmod

from consult.belenios import ballot, tally, trustee, wire
from consult.belenios.group import G, P, Q, hash_to_exponent, powers
from consult.belenios.invalid import Invalid
from consult.belenios.proof import Proof
from tests.unit.belenios.sample import draws, sample


def _announced(seed=1, name="Notaris"):
    draw = draws(seed)
    return trustee.announce(trustee.new_private_key(draw), draw, name)


def test_a_trustee_reads_back_as_announced():
    made = _announced()
    assert trustee.parse_trustee(wire.compact(made.json())) == made
    assert "name" not in _announced(name=None).json()


def test_the_election_key_is_the_product_of_the_trustees_keys():
    one, two = _announced(1), _announced(2)
    assert trustee.combined_key([one, two]) == one.public_key * two.public_key % P


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("trustee_proof_wrong", {"public_key": str(powers(G)(5))}),
        ("trustee_proof_wrong", {"pok": Proof(Q - 1, Q - 1).json()}),
        ("trustee_key_not_member", {"public_key": "1"}),
        ("trustee_key_not_member", {"public_key": str(P - 1)}),
        ("number_malformed", {"public_key": 5}),
        ("json_fields", {"secret": "x"}),
        ("json_shape", {"name": 5}),
    ],
)
def test_a_trustee_whose_key_or_proof_is_wrong_is_refused(code, change):
    with pytest.raises(Invalid, match=code):
        trustee.parse_trustee(wire.compact(_announced().json() | change))


@pytest.mark.parametrize(
    ("code", "raw"),
    [
        ("trustees_missing", b"[]"),
        ("threshold_not_supported", b'[["Pedersen",{"threshold":2}]]'),
        ("json_shape", b'[["Double",{}]]'),
        ("json_shape", b"{}"),
    ],
)
def test_a_list_of_trustees_that_cannot_be_used_is_refused(code, raw):
    with pytest.raises(Invalid, match=code):
        trustee.parse_trustees(raw)


def test_the_same_trustee_twice_is_refused():
    with pytest.raises(Invalid, match="trustee_repeated"):
        trustee.parse_trustees(trustee.trustees_file([_announced(), _announced()]))


def _decryption():
    case = sample()
    counted = [ballot.parse(case.cast(0, [[1, 0, 0]]))]
    cells = tally.encrypted_tally(case.election, counted)
    return (
        case,
        cells,
        trustee.decrypt(case.private_keys[0], cells, case.election.fingerprint, draws(8)),
    )


def _check(case, cells, shape):
    holder, fingerprint = case.trustees[0], case.election.fingerprint
    return trustee.check_decryption(wire.compact(shape), holder, cells, fingerprint)


def test_the_factors_of_a_right_decryption_are_given_back():
    case, cells, raw = _decryption()
    factors = _check(case, cells, json.loads(raw))
    assert [len(row) for row in factors] == [3]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("decryption_proof_wrong", lambda s: s["decryption_factors"][0].reverse()),
        ("decryption_proof_wrong", lambda s: s["decryption_proofs"][0].reverse()),
        ("decryption_not_member", lambda s: s["decryption_factors"].__setitem__(0, ["0"] * 3)),
        ("decryption_length", lambda s: s["decryption_factors"][0].pop()),
        ("decryption_length", lambda s: s["decryption_proofs"][0].pop()),
        ("decryption_length", lambda s: s["decryption_factors"].append([])),
    ],
)
def test_a_wrong_decryption_is_refused(code, change):
    case, cells, raw = _decryption()
    shape = json.loads(raw)
    change(shape)
    with pytest.raises(Invalid, match=code):
        _check(case, cells, shape)


def test_a_decryption_by_another_key_is_refused():
    case, cells, _ = _decryption()
    raw = trustee.decrypt(42, cells, case.election.fingerprint, draws(8))
    with pytest.raises(Invalid, match="decryption_proof_wrong"):
        _check(case, cells, json.loads(raw))


def test_a_decryption_for_another_election_is_refused():
    case, cells, _ = _decryption()
    raw = trustee.decrypt(case.private_keys[0], cells, "A" * 43, draws(8))
    with pytest.raises(Invalid, match="decryption_proof_wrong"):
        _check(case, cells, json.loads(raw))


def test_a_factor_forged_through_the_weak_proof_stops_the_count_and_cannot_change_it():
    """The proof does not name the factor, so a factor can be fitted to it, but not a chosen one."""
    case, cells, raw = _decryption()
    shape, fingerprint = json.loads(raw), case.election.fingerprint
    secret, holder, alpha = case.private_keys[0], case.trustees[0], cells[0][0].alpha
    blinding, shown = 12345, powers(G)(777)
    prefix = f"decrypt|{fingerprint}|{holder.public_key}|"
    challenge = hash_to_exponent(prefix, [powers(G)(blinding), shown])
    response = (blinding - secret * challenge) % Q
    fitted = powmod(shown * invert(powmod(alpha, response, P), P), invert(challenge, Q), P)
    shape["decryption_factors"][0][0] = str(fitted)
    shape["decryption_proofs"][0][0] = Proof(challenge, response).json()
    factors = _check(case, cells, shape)
    assert factors[0][0] == fitted != powmod(alpha, secret, P)
    with pytest.raises(Invalid, match="count_out_of_range"):
        tally.open_tally(cells, [factors], 60_000)
