import pytest

from consult.belenios import ballot, tally, trustee
from consult.belenios.group import P
from consult.belenios.invalid import Invalid
from tests.unit.belenios.sample import draws, sample


def _opened(case, raws, limit=None):
    counted = tally.last_ballots(map(ballot.parse, raws))
    cells = tally.encrypted_tally(case.election, counted)
    fingerprint = case.election.fingerprint
    factors = [
        trustee.check_decryption(
            trustee.decrypt(key, cells, fingerprint, draws(5)), holder, cells, fingerprint
        )
        for key, holder in zip(case.private_keys, case.trustees, strict=True)
    ]
    return tally.open_tally(cells, factors, len(counted) if limit is None else limit)


def test_the_counts_are_the_sums_of_the_choices():
    case = sample(trustees=2)
    raws = [case.cast(0, [[1, 0, 0]]), case.cast(1, [[0, 0, 1]]), case.cast(2, [[1, 0, 0]])]
    assert _opened(case, raws) == ((2, 0, 1),)


def test_voting_again_replaces_the_earlier_ballot():
    case = sample()
    raws = [case.cast(0, [[1, 0, 0]]), case.cast(1, [[0, 1, 0]]), case.cast(0, [[0, 0, 1]], 50)]
    assert _opened(case, raws) == ((0, 1, 1),)


def test_an_election_without_ballots_counts_nothing():
    assert _opened(sample(), []) == ((0, 0, 0),)


def test_a_count_above_the_number_of_ballots_is_refused():
    case = sample()
    raws = [case.cast(voter, [[1, 0, 0]]) for voter in range(3)]
    with pytest.raises(Invalid, match="count_out_of_range"):
        _opened(case, raws, limit=2)


def test_the_published_files_read_back_as_they_were():
    case = sample()
    cells = tally.encrypted_tally(case.election, [ballot.parse(case.cast(0, [[1, 0, 0]]))])
    assert tally.parse_tally(tally.tally_file(cells)) == cells
    assert tally.parse_result(tally.result_file(((2, 0, 1), (5,)))) == ((2, 0, 1), (5,))


def test_tallies_add_up():
    case = sample()
    one, two = (ballot.parse(case.cast(voter, [[1, 0, 0]])) for voter in (0, 1))
    apart = [tally.encrypted_tally(case.election, [each]) for each in (one, two)]
    assert tally.add(*apart) == tally.encrypted_tally(case.election, [one, two])


def test_a_tally_outside_the_group_is_refused():
    raw = b'[[{"alpha":"%d","beta":"1"}]]' % (P - 1)
    with pytest.raises(Invalid, match="tally_not_member"):
        tally.parse_tally(raw)


@pytest.mark.parametrize("raw", [b'{"result":[[-1]]}', b'{"result":[[true]]}', b'{"result":[1]}'])
def test_a_result_of_another_shape_is_refused(raw):
    with pytest.raises(Invalid, match="json_shape"):
        tally.parse_result(raw)
