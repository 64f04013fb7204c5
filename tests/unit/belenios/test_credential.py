import pytest

from consult.belenios import credential, wire
from consult.belenios.group import P, Q
from consult.belenios.invalid import Invalid
from tests.unit.belenios.sample import draws

UUID = "YLLfuPzNtR6iTr"
CODE = "1234-5678-9012-3456-7890-1234-56"


def test_a_new_election_name_is_fourteen_base58_signs():
    uuid = credential.new_uuid(draws(1))
    assert len(uuid) == 14
    assert credential.is_uuid(uuid)
    assert uuid != credential.new_uuid(draws(2))


@pytest.mark.parametrize("uuid", ["", "YLLfuPzNtR6iT", "YLLfuPzNtR6iT0", "YLLfuPzNtR6iTr\n"])
def test_what_is_no_election_name_is_told_apart(uuid):
    assert not credential.is_uuid(uuid)


def test_the_hyphens_of_a_code_matter():
    assert credential.public_credential(CODE, UUID) != credential.public_credential(
        CODE.replace("-", ""), UUID
    )


def test_the_same_code_gives_another_credential_in_another_election():
    assert credential.secret_exponent(CODE, UUID) != credential.secret_exponent(CODE, UUID[::-1])
    assert 0 <= credential.secret_exponent(CODE, UUID) < Q


def test_many_codes_keep_their_order_on_one_core_and_on_two():
    codes = [f"{CODE}-{n}" for n in range(3)]
    expected = [credential.public_credential(code, UUID) for code in codes]
    assert credential.public_credentials(codes, UUID) == expected
    assert credential.public_credentials(codes, UUID, jobs=2) == expected


def test_the_published_list_does_not_keep_the_order_of_the_roll():
    listed = credential.public_credentials([f"{CODE}-{n}" for n in range(5)], UUID)
    raw = credential.credentials_file(listed)
    assert raw == credential.credentials_file(reversed(listed))
    assert credential.parse_credentials(raw) == frozenset(listed)


def test_a_list_of_nobody_reads_as_nobody():
    assert credential.parse_credentials(b"[]") == frozenset()


def test_a_credential_published_twice_is_refused():
    one = credential.public_credential(CODE, UUID)
    with pytest.raises(Invalid, match="credential_repeated"):
        credential.credentials_file([one, one])
    with pytest.raises(Invalid, match="credential_repeated"):
        credential.parse_credentials(wire.compact([one, one]))


@pytest.mark.parametrize(
    ("code", "item"),
    [
        ("credential_weighted", f"{CODE},3"),
        ("number_malformed", CODE),
        ("number_too_large", str(P + 4)),
        ("credential_not_member", "1"),
        ("credential_not_member", "0"),
        ("credential_not_member", str(P - 1)),
        ("json_shape", 5),
    ],
)
def test_a_list_with_something_that_is_no_credential_is_refused(code, item):
    with pytest.raises(Invalid, match=code):
        credential.parse_credentials(wire.compact([item]))
