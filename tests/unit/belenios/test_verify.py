"""The verifier: honest archives pass, and each way of cheating is refused with its own code."""

import json
import os
from pathlib import Path

import pytest

from consult.belenios import archive, ballot, tally, wire
from consult.belenios.archive import Kind
from consult.belenios.credential import credentials_file, public_credentials
from consult.belenios.election import Question, build
from consult.belenios.group import G, P
from consult.belenios.verify import verify_archive
from tests.unit.belenios.sample import draws, joined, sample

VOTES = [(0, [[1, 0, 0]]), (1, [[0, 1, 0]]), (0, [[0, 0, 1]])]


@pytest.fixture
def case():
    return sample(trustees=2)


@pytest.fixture
def steps(case):
    return case.steps(VOTES)


def _codes(steps, **options):
    report = verify_archive(joined(steps), **options)
    return [finding.code for finding in report.findings]


def _place(steps, kind):
    return next(place for place, step in enumerate(steps) if step[0] == kind)


def _unsigned(raw):
    """A ballot whose signature is wrong."""
    shape = json.loads(raw)
    shape["signature"]["proof"]["response"] = "5"
    return wire.compact(shape)


def _with_data(steps, kind, *data):
    place = _place(steps, kind)
    return [*steps[:place], (kind, data), *steps[place + 1 :]]


def test_an_honest_archive_is_valid_and_told_in_figures(case, steps):
    report = verify_archive(joined(steps))
    assert report.valid
    assert report.figures.counts == ((0, 1, 1),)
    assert (report.figures.voters, report.figures.ballots, report.figures.turnout) == (3, 3, 2)
    assert (report.figures.uuid, report.figures.trustees) == (case.election.uuid, 2)
    assert report.figures.stage == "Result"
    assert json.loads(json.dumps(report.json()))["figures"]["counts"] == [[0, 1, 1]]


def test_an_archive_made_wholly_by_the_public_tool_is_valid():
    """Made once by belenios-tool 2.0: three ballots, one of them replaced, two trustees."""
    report = verify_archive(Path(__file__).with_name("belenios_tool_2_0.bel"))
    assert report.findings == ()
    assert report.figures.counts == ((1, 0, 1),)
    assert (report.figures.voters, report.figures.ballots, report.figures.turnout) == (3, 3, 2)


def test_a_file_is_verified_as_its_bytes_are(tmp_path, steps):
    file = tmp_path / "x.bel"
    file.write_bytes(joined(steps))
    assert verify_archive(file) == verify_archive(os.fspath(file)) == verify_archive(joined(steps))


def test_two_processes_find_what_one_finds(case, steps):
    wrong = [*steps[:2], (Kind.BALLOT, (_unsigned(case.cast(2, [[1, 0, 0]])),)), *steps[2:]]
    for each in (steps, wrong):
        assert verify_archive(joined(each), jobs=2) == verify_archive(joined(each))


def test_progress_ends_at_the_number_of_ballots(steps):
    told = []
    verify_archive(joined(steps), progress=lambda *done: told.append(done))
    assert told[-1] == (3, 3)


def test_blank_votes_and_several_questions_are_verified():
    mixed = sample(
        Question("Voorzitter?", ("Ada", "Bob"), 1, 1, blank=True),
        Question("Leden?", ("Cas", "Dia", "Eva"), 0, 2),
    )
    votes = [(0, [[1, 0, 0], [1, 1, 0]]), (1, [[0, 0, 1], [0, 0, 0]])]
    report = verify_archive(joined(mixed.steps(votes)))
    assert report.valid
    assert report.figures.counts == ((1, 0, 1), (1, 1, 0))


def test_an_election_in_which_nobody_voted_is_valid(case):
    report = verify_archive(joined(case.steps([])))
    assert report.valid
    assert report.figures.counts == ((0, 0, 0),)


@pytest.mark.parametrize("length", [1, 3, 5, 6, 7])
def test_an_election_without_its_result_is_refused_unless_it_is_still_running(steps, length):
    assert _codes(steps[:length]) == ["result_missing"]
    report = verify_archive(joined(steps[:length]), unfinished=True)
    assert report.valid
    assert report.figures.counts is None


def test_an_archive_of_nothing_but_its_header_is_refused():
    assert _codes([], unfinished=True) == ["setup_missing"]


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "x.bel").touch()
    assert verify_archive(tmp_path / "x.bel").findings[0].code == "archive_empty"


# --- ballots -------------------------------------------------------------------------------------


def _stuffed(case):
    """A ballot worth four votes more, signed by its voter with a valid code."""
    shape = json.loads(case.cast(2, [[1, 0, 0]]))
    cell = shape["answers"][0]["choices"][0]
    cell["beta"] = str(int(cell["beta"]) * pow(int(G), 4, int(P)) % int(P))
    return case.signed(2, shape)


def test_a_ballot_worth_more_votes_is_refused(case, steps):
    stuffed = [*steps[:2], (Kind.BALLOT, (_stuffed(case),)), *steps[2:]]
    assert _codes(stuffed) == ["individual_proof_wrong"]


def test_garbage_for_a_ballot_is_refused(steps):
    assert _codes([*steps[:2], (Kind.BALLOT, (b"{}",)), *steps[2:]]) == ["json_fields"]


def test_a_ballot_of_somebody_who_may_not_vote_is_refused(case, steps):
    stranger = ballot.create(case.election, 4711, [[1, 0, 0]], draws(1))
    assert _codes([*steps[:2], (Kind.BALLOT, (stranger,)), *steps[2:]]) == ["credential_unknown"]


def test_a_ballot_copied_under_another_credential_is_refused(case, steps):
    shape = json.loads(steps[1][1][0])
    shape["credential"] = json.loads(case.cast(2, [[1, 0, 0]]))["credential"]
    copied = (Kind.BALLOT, (wire.compact(shape),))
    assert _codes([*steps[:2], copied, *steps[2:]]) == ["signature_hash"]


def test_another_spelling_of_a_ballot_is_refused(case, steps):
    spaced = case.cast(2, [[1, 0, 0]]).replace(b'"answers":[', b'"answers":[ ')
    assert _codes([*steps[:2], (Kind.BALLOT, (spaced,)), *steps[2:]]) == ["json_not_canonical"]


def test_an_old_ballot_appended_again_is_refused(steps):
    """It would undo that voter's later vote."""
    report = verify_archive(joined([*steps[:4], steps[1], *steps[4:]]))
    assert [(one.code, one.facts) for one in report.findings] == [
        ("ballot_repeated", {"height": 4})
    ]


def test_all_wrong_ballots_are_told_not_just_the_first(case, steps):
    raws = [_unsigned(raw) for _, (raw,) in steps[1:4]]
    assert _codes(case.finish(raws)) == ["signature_wrong"] * 3


# --- the order of events -------------------------------------------------------------------------


def test_ballots_hidden_by_an_early_closing_are_refused(case, steps):
    hidden = [*steps[:2], (Kind.END_BALLOTS, ()), *steps[2:]]
    assert _codes(hidden) == ["event_order"]


def test_a_ballot_after_the_result_is_refused(case, steps):
    late = (Kind.BALLOT, (case.cast(2, [[1, 0, 0]]),))
    assert _codes([*steps, late]) == ["event_order"]


@pytest.mark.parametrize("missing", [0, 4, 5])
def test_an_event_left_out_is_refused(steps, missing):
    assert _codes([*steps[:missing], *steps[missing + 1 :]]) == ["event_order"]


def test_a_second_setup_is_refused(steps):
    assert _codes([steps[0], *steps]) == ["event_order"]


def test_a_dropped_ballot_is_refused_by_whoever_holds_its_receipt(case, steps):
    held = archive.start(1_795_341_600)
    for kind, data in steps[:3]:
        held = archive.append(held.chain, kind, *data)
    receipt = held.chain.head
    assert _codes(steps, known_events=[receipt]) == []
    rebuilt = case.finish([steps[1][1][0], steps[3][1][0]])
    assert _codes(rebuilt) == []
    assert _codes(rebuilt, known_events=[receipt]) == ["event_missing"]


def test_an_archive_that_does_not_continue_an_older_copy_is_refused(case, steps):
    older = verify_archive(joined(steps[:3]), unfinished=True).figures.last_event
    assert _codes(steps, known_events=[older]) == []
    assert _codes(case.steps(VOTES[::-1]), known_events=[older]) == ["event_missing"]


# --- setup ---------------------------------------------------------------------------------------


def _setup(case, election=None, trustees=None, credentials=None):
    files = (
        election or case.election.raw,
        trustees or case.trustees_raw,
        credentials or case.credentials_raw,
    )
    return [(Kind.SETUP, (*files, archive.setup_data(*files)))]


def test_files_that_the_setup_does_not_name_are_refused(case):
    *files, _ = _setup(case)[0][1]
    other = archive.setup_data(files[0], files[0], files[2])
    assert _codes([(Kind.SETUP, (*files, other))], unfinished=True) == ["setup_reference"]


def test_a_key_that_is_not_the_trustees_is_refused(case):
    lone = sample(trustees=2, seed=9)
    codes = _codes(_setup(case, trustees=lone.trustees_raw), unfinished=True)
    assert codes == ["key_mismatch"]


def test_a_trustee_without_a_right_proof_is_refused(case):
    shape = json.loads(case.trustees_raw)
    shape[0][1]["pok"], shape[1][1]["pok"] = shape[1][1]["pok"], shape[0][1]["pok"]
    codes = _codes(_setup(case, trustees=wire.compact(shape)), unfinished=True)
    assert codes == ["trustee_proof_wrong"]


def test_a_threshold_of_trustees_is_refused_by_name(case):
    codes = _codes(_setup(case, trustees=b'[["Pedersen",{}]]'), unfinished=True)
    assert codes == ["threshold_not_supported"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("credential_repeated", lambda listed: listed.append(listed[0])),
        ("credential_weighted", lambda listed: listed.append(f"{listed.pop()},2")),
        ("credential_not_member", lambda listed: listed.append(str(P - 1))),
    ],
)
def test_a_wrong_list_of_credentials_is_refused(case, code, change):
    listed = json.loads(case.credentials_raw)
    change(listed)
    codes = _codes(_setup(case, credentials=wire.compact(listed)), unfinished=True)
    assert codes == [code]


def test_more_credentials_than_voters_on_the_roll_are_refused(case, steps):
    assert _codes(steps, voters=3) == []
    extra = public_credentials(["spook"], case.election.uuid)
    listed = credentials_file([*case.known, *extra])
    codes = _codes(_setup(case, credentials=listed), unfinished=True, voters=3)
    assert codes == ["voters_mismatch"]


@pytest.mark.parametrize(
    ("code", "change"),
    [
        ("election_group", {"group": "RFC-3526-2048"}),
        ("election_version", {"version": 2}),
        ("election_key_not_member", {"public_key": "2"}),
        ("question_not_homomorphic", {"questions": [{"type": "NonHomomorphic", "value": {}}]}),
    ],
)
def test_another_kind_of_election_is_refused(case, code, change):
    raw = wire.compact(json.loads(case.election.raw) | change)
    assert _codes(_setup(case, election=raw), unfinished=True) == [code]


def test_an_election_changed_after_voting_began_is_refused(case, steps):
    chosen = case.election
    other = build(chosen.uuid, "Anders", "", chosen.public_key, chosen.questions)
    codes = _codes([*_setup(case, election=other.raw), *steps[1:]])
    assert codes == ["ballot_other_election"] * 3


# --- tally, decryption, result -------------------------------------------------------------------


def test_a_published_tally_of_other_ballots_is_refused(case, steps):
    other = case.finish([steps[1][1][0]])
    raw, _ = other[_place(other, Kind.ENCRYPTED_TALLY)][1]
    codes = _codes(_with_data(steps, Kind.ENCRYPTED_TALLY, raw, archive.sized_tally(raw, 2)))
    assert codes == ["tally_wrong"]


def test_a_tally_in_which_the_replaced_ballot_counts_is_refused(case, steps):
    """The three ballots of two voters, all counted: every proof of the count itself is right."""
    everything = [ballot.parse(data[0]) for kind, data in steps if kind == Kind.BALLOT]
    assert _codes([*steps[:5], *case.outcome(everything)]) == ["tally_wrong"]


def test_a_wrong_number_of_tallied_ballots_is_refused(steps):
    raw = steps[5][1][0]
    codes = _codes(_with_data(steps, Kind.ENCRYPTED_TALLY, raw, archive.sized_tally(raw, 3)))
    assert codes == ["tally_size_wrong"]


def test_a_decryption_by_nobody_or_twice_is_refused(case, steps):
    part = steps[6][1][0]
    for owner in (0, 3):
        forged = (Kind.PARTIAL_DECRYPTION, (part, archive.owned(owner, part)))
        assert _codes([*steps[:6], forged, *steps[7:]]) == ["owner_unknown"]
    assert _codes([*steps[:7], steps[6], *steps[7:]]) == ["owner_repeated"]


def test_a_decryption_under_another_trustees_name_is_refused(steps):
    part = steps[6][1][0]
    forged = (Kind.PARTIAL_DECRYPTION, (part, archive.owned(2, part)))
    report = verify_archive(joined([*steps[:6], forged, *steps[7:]]))
    assert [(one.code, one.facts) for one in report.findings] == [
        ("decryption_proof_wrong", {"height": 6, "owner": 2})
    ]


def test_a_decryption_that_its_owner_does_not_name_is_refused(steps):
    part, other = steps[6][1][0], steps[7][1][0]
    forged = (Kind.PARTIAL_DECRYPTION, (part, archive.owned(1, other)))
    assert _codes([*steps[:6], forged, *steps[7:]]) == ["decryption_reference"]


def test_a_result_before_all_trustees_have_decrypted_is_refused(steps):
    assert _codes([*steps[:7], steps[-1]]) == ["decryption_missing"]


def test_trustees_may_decrypt_in_any_order(steps):
    assert _codes([*steps[:6], steps[7], steps[6], steps[8]]) == []


@pytest.mark.parametrize(
    ("code", "counts"),
    [
        ("result_wrong", ((1, 0, 1),)),
        ("result_wrong", ((0, 1, 0),)),
        ("result_above_turnout", ((0, 1, 3),)),
        ("result_length", ((0, 1),)),
        ("result_length", ((0, 1, 1), (0,))),
    ],
)
def test_a_wrong_result_is_refused(steps, code, counts):
    assert _codes(_with_data(steps, Kind.RESULT, tally.result_file(counts))) == [code]


def test_a_factor_forged_to_shift_the_result_is_refused(case, steps):
    """A trustee who lies about one factor cannot prove it."""
    shape = json.loads(steps[6][1][0])
    row = shape["decryption_factors"][0]
    row[0] = str(int(row[0]) * int(G) % int(P))
    raw = wire.compact(shape)
    lied = _with_data(steps, Kind.PARTIAL_DECRYPTION, raw, archive.owned(1, raw))
    assert _codes(lied) == ["decryption_proof_wrong"]


# --- bytes ---------------------------------------------------------------------------------------


def test_zeros_after_the_end_are_refused(steps):
    report = verify_archive(joined(steps) + bytes(1024))
    assert [finding.code for finding in report.findings] == ["member_header"]


def test_a_torn_archive_is_refused(steps):
    report = verify_archive(joined(steps)[:-100])
    assert [finding.code for finding in report.findings] == ["archive_truncated"]
