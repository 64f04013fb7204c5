"""What must hold of every ballot, every count and every archive."""

import json
from functools import cache
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult.belenios import ballot
from consult.belenios.election import Question
from consult.belenios.group import P, Q
from consult.belenios.invalid import Invalid
from consult.belenios.reading import read
from consult.belenios.verify import verify_archive
from tests.unit.belenios.sample import joined, sample

few = settings(max_examples=25, deadline=None)
many = settings(max_examples=150, deadline=None)

PLAIN = Question("Wie?", ("a", "b", "c"), 0, 2)
BLANK = Question("Wie?", ("a", "b", "c"), 1, 2, blank=True)


def _allowed(question):
    """Every vector that a voter may choose, by enumeration."""
    size = len(question.answers)
    sets = [
        chosen
        for count in range(question.min, question.max + 1)
        for chosen in combinations(range(size), count)
    ]
    vectors = [[int(place in chosen) for place in range(size)] for chosen in sets]
    return [[1] + [0] * size, *([0, *vector] for vector in vectors)] if question.blank else vectors


def _votes(question):
    vote = st.tuples(st.integers(0, 2), st.sampled_from(_allowed(question)))
    return st.lists(vote, max_size=5)


def _adds_up(question, votes):
    report = verify_archive(
        joined(sample(question).steps([(voter, [vector]) for voter, vector in votes]))
    )
    last = dict(votes).values()
    assert report.findings == ()
    assert report.figures.turnout == len(last)
    assert report.figures.counts == (
        tuple(sum(places) for places in zip(*last, [0] * question.length, strict=True)),
    )


@few
@given(_votes(PLAIN))
def test_the_counts_are_the_sums_of_everyones_last_choice(votes):
    _adds_up(PLAIN, votes)


@few
@given(_votes(BLANK))
def test_the_counts_are_the_sums_of_everyones_last_choice_or_blank(votes):
    _adds_up(BLANK, votes)


@many
@given(st.sampled_from([PLAIN, BLANK]), st.data())
def test_a_ballot_can_be_made_exactly_of_the_allowed_choices(question, data):
    size = question.length
    vector = data.draw(st.lists(st.integers(0, 1), min_size=size, max_size=size))
    case = sample(question)
    if vector in _allowed(question):
        raw = case.cast(0, [vector])
        assert ballot.verify(raw, case.election, case.known).raw == raw
    else:
        with pytest.raises(Invalid, match="choice_not_allowed"):
            case.cast(0, [vector])


@cache
def _ballot():
    return sample(BLANK).cast(0, [[0, 1, 0, 1]])


@cache
def _archive():
    return joined(sample(trustees=2).steps([(0, [[1, 0, 0]]), (1, [[0, 1, 0]]), (0, [[0] * 3])]))


def _accepted(raw):
    case = sample(BLANK)
    try:
        ballot.verify(raw, case.election, case.known)
    except Invalid:
        return False
    return True


def test_the_untouched_ballot_and_archive_are_accepted():
    assert _accepted(_ballot())
    assert verify_archive(_archive()).valid


def _flipped(raw, place, value):
    return raw[:place] + bytes([raw[place] ^ value]) + raw[place + 1 :]


@many
@given(st.integers(0, len(_ballot()) - 1), st.integers(1, 255))
def test_a_ballot_with_any_byte_changed_is_refused(place, value):
    assert not _accepted(_flipped(_ballot(), place, value))


@many
@given(st.integers(0, len(_ballot())), st.integers(0, len(_ballot())), st.binary(max_size=3))
def test_a_ballot_with_a_stretch_replaced_is_refused(start, end, put):
    raw = _ballot()[:start] + put + _ballot()[end:]
    assert raw == _ballot() or not _accepted(raw)


def _numbers(value, path):
    """The paths of all numbers in a part of a ballot."""
    if isinstance(value, str):
        return [path]
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    return [found for key, each in pairs for found in _numbers(each, (*path, key))]


_PATHS = st.sampled_from(_numbers(json.loads(_ballot())["answers"], ("answers",)))


def _exchange(shape, path, value):
    """Puts a value at a path and gives back what was there."""
    *outer, last = path
    for key in outer:
        shape = shape[key]
    before, shape[last] = shape[last], value
    return before


@many
@given(_PATHS, st.one_of(st.integers(0, int(Q)), st.integers(0, int(P)), st.integers(-2, 300)))
def test_a_ballot_in_which_the_voter_changes_any_number_is_refused(path, number):
    """The voter is the one who cheats: the changed ballot carries his right signature."""
    shape = json.loads(_ballot())
    before = _exchange(shape, path, str(number))
    assert before == str(number) or not _accepted(sample(BLANK).signed(0, shape))


@many
@given(_PATHS, _PATHS)
def test_a_ballot_in_which_the_voter_exchanges_two_numbers_is_refused(one, other):
    shape = json.loads(_ballot())
    first = _exchange(shape, one, "0")
    second = _exchange(shape, other, first)
    _exchange(shape, one, second if one != other else first)
    changed = shape != json.loads(_ballot())
    assert not changed or not _accepted(sample(BLANK).signed(0, shape))


def test_the_voter_signing_his_unchanged_ballot_again_is_accepted():
    assert _accepted(sample(BLANK).signed(0, json.loads(_ballot())))


@many
@given(st.integers(0, len(_archive()) - 1), st.integers(1, 255))
def test_an_archive_with_any_byte_changed_is_refused(place, value):
    assert not verify_archive(_flipped(_archive(), place, value)).valid


@many
@given(st.integers(0, len(_archive()) - 1))
def test_an_archive_cut_anywhere_is_refused(length):
    assert not verify_archive(_archive()[:length]).valid


def _blocks():
    raw = _archive()
    return [raw[place : place + 512] for place in range(0, len(raw), 512)]


@few
@given(*[st.integers(0, len(_blocks()) - 1)] * 2, st.sampled_from(["swap", "repeat", "drop"]))
def test_an_archive_with_blocks_moved_repeated_or_left_out_is_refused(one, other, how):
    blocks = _blocks()
    if how == "swap":
        blocks[one], blocks[other] = blocks[other], blocks[one]
    elif how == "repeat":
        blocks.insert(one, blocks[other])
    else:
        del blocks[min(one, other) : max(one, other) + 1]
    assert blocks == _blocks() or not verify_archive(b"".join(blocks)).valid


@many
@given(st.binary(max_size=2000))
def test_what_is_no_archive_is_refused_and_never_breaks_the_reader(raw):
    for tried in (raw, _archive()[:1024] + raw):
        try:
            found = read(tried)
        except Invalid:
            continue
        assert tried == _archive()[:1024]
        assert not found.events
