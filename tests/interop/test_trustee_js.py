"""The trustees' JavaScript: what it decrypts, and above all what it refuses to."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consult.belenios import archive, tally, trustee
from consult.elections.core import draw
from tests.elections import number_of
from tests.interop.vote import CODES, Event, Vote, compact, hex_hash, needs_node_and_tool, node

pytestmark = needs_node_and_tool


@pytest.fixture
def closed(tmp_path: Path) -> Vote:
    """Three ballots, the middle one replaced by its voter; closed and added up."""
    vote = Vote(tmp_path, answers=3, most=1)
    vote.cast(CODES[0], [1, 0, 0])
    vote.cast(CODES[1], [0, 1, 0])
    vote.cast(CODES[1], [0, 0, 1])
    vote.close()
    return vote


def read(vote: Vote) -> dict[str, object]:
    answer: dict[str, object] = node("read", {"archive": str(vote.archive)})
    return answer


def test_an_honest_archive_is_read_and_every_ballot_holds(closed: Vote) -> None:
    found = read(closed)
    head = hex_hash(closed.members()[-1][1])
    assert found == {"valid": [True] * 3, "counted": 2, "head": head}


def test_a_rewritten_archive_with_the_same_events_is_still_honest(closed: Vote) -> None:
    closed.rewrite(closed.events())
    assert "refused" not in read(closed)


def test_the_decryption_of_the_page_is_accepted_by_our_python(closed: Vote) -> None:
    [key] = closed.keys
    raw = compact(node("decrypt", {"archive": str(closed.archive), "file": key["file"]})).encode()
    holder = trustee.parse_trustee(
        compact({"pok": key["pok"], "public_key": key["public_key"]}).encode()
    )
    summed = tally.parse_tally(closed.events()[-1].data[0])
    fingerprint = closed.python().fingerprint
    factors = trustee.check_decryption(raw, holder, summed, fingerprint)
    assert [list(row) for row in tally.open_tally(summed, [factors], 2)] == [[1, 0, 1]]


def test_a_decryption_by_another_trustee_does_not_stop_the_next(tmp_path: Path) -> None:
    vote = Vote(tmp_path, answers=3, most=1, trustees=2)
    vote.cast(CODES[0], [1, 0, 0])
    vote.close()
    assert vote.decrypt() == [[1, 0, 0]]


@pytest.fixture
def closed_with_two_questions(tmp_path: Path) -> Vote:
    """Two ballots with an answer to each of two questions; closed and added up."""
    vote = Vote(tmp_path, answers=2, most=1, more=[(3, 2)])
    vote.cast(CODES[0], [1, 0], [1, 1, 0])
    vote.cast(CODES[1], [0, 1], [0, 1, 0])
    vote.close()
    return vote


def _answers(vote: Vote, change: Callable[[list[object]], list[object]]) -> dict[str, object]:
    """What the page makes of the archive when the answers of its first ballot are changed."""
    events = vote.events()
    ballot = json.loads(events[1].data[0])
    ballot["answers"] = change(ballot["answers"])
    changed = Event("Ballot", (compact(ballot).encode(),))
    vote.rewrite([events[0], changed, *events[2:]])
    return read(vote)


def test_an_honest_archive_with_two_questions_is_read_and_opened(
    closed_with_two_questions: Vote,
) -> None:
    vote = closed_with_two_questions
    found = read(vote)
    assert (found["valid"], found["counted"]) == ([True, True], 2)
    assert vote.decrypt() == [[1, 1], [1, 2, 0]]
    assert vote.verifies()


def test_ballots_with_an_answer_left_out_doubled_or_moved_are_noticed(
    closed_with_two_questions: Vote,
) -> None:
    vote, honest = closed_with_two_questions, closed_with_two_questions.events()
    for change in (lambda a: a[:1], lambda a: [*a, a[1]], lambda a: a[::-1]):
        assert _answers(vote, change) == {"refused": "ballot"}
        vote.rewrite(honest)


def test_a_forged_proof_of_a_later_question_is_noticed(closed_with_two_questions: Vote) -> None:
    def forged(answers: list[Any]) -> list[Any]:
        answers[1]["overall_proof"] = answers[1]["overall_proof"][::-1]
        return answers

    assert _answers(closed_with_two_questions, forged)["valid"] == [False, True]


def test_the_page_commits_to_the_number_that_python_expects(closed: Vote) -> None:
    [key] = closed.keys
    found = node("lot", {"file": key["file"], "uuid": closed.uuid})
    assert found["number"] == number_of(closed.uuid, int(json.loads(key["file"])))
    assert found["commitment"] == draw.commitment(closed.uuid, found["number"])


Tamper = Callable[[list[Event]], list[Event]]


def _of(events: list[Event], kind: str) -> list[Event]:
    return [event for event in events if event.kind == kind]


def _without(kind: str) -> Tamper:
    return lambda events: [event for event in events if event.kind != kind]


def _tally_of_one(events: list[Event]) -> list[Event]:
    """The "sum" is one voter's ballot, which would show that voter's choice."""
    alone = json.loads(_of(events, "Ballot")[0].data[0])
    raw = compact([alone["answers"][0]["choices"]]).encode()
    sized = {"num_tallied": 2, "total_weight": 2, "encrypted_tally": hex_hash(raw)}
    return [*events[:-1], Event("EncryptedTally", (raw, compact(sized).encode()))]


def _miscounted(events: list[Event]) -> list[Event]:
    raw, sized = events[-1].data
    wrong = compact({**json.loads(sized), "num_tallied": 3}).encode()
    return [*events[:-1], Event("EncryptedTally", (raw, wrong))]


def _with_ballot(change: Callable[[str], str]) -> Tamper:
    def tamper(events: list[Event]) -> list[Event]:
        changed = Event("Ballot", (change(events[1].data[0].decode()).encode(),))
        return [events[0], changed, *events[2:]]

    return tamper


def _with_another_key(events: list[Event]) -> list[Event]:
    """A trustee's key that has no part in the election's key."""
    election, _, credentials, setup = events[0].data
    key = node("key", None)
    entry = {"pok": key["pok"], "public_key": key["public_key"]}
    trustees = compact([["Single", entry]]).encode()
    wrong = compact({**json.loads(setup), "trustees": hex_hash(trustees)}).encode()
    return [Event("Setup", (election, trustees, credentials, wrong)), *events[1:]]


@pytest.mark.parametrize(
    ("tamper", "reason"),
    [
        (_without("EndBallots"), "not-closed"),
        (_without("EncryptedTally"), "tallies"),
        (lambda events: [*events, events[-1]], "tallies"),
        (_tally_of_one, "tally"),
        (_miscounted, "tally"),
        (lambda events: [events[0], *events[2:]], "tally"),
        (lambda events: [*events[:3], *events[4:]], "tally"),
        (lambda events: [*events[:2], events[4], *events[2:4], events[5]], "order"),
        (lambda events: [*events[:4], events[1], *events[4:]], "ballot"),
        (_with_ballot(lambda text: text.replace('"alpha":', '"alpha": ', 1)), "ballot"),
        (_with_ballot(lambda text: text.replace('"credential":"', '"credential":"1', 1)), "ballot"),
        (_with_ballot(lambda text: text.replace('uuid":"', 'uuid":"x', 1)), "ballot"),
        (_with_another_key, "election"),
    ],
)
def test_an_archive_that_is_not_in_order_gets_no_decryption(
    closed: Vote, tamper: Tamper, reason: str
) -> None:
    closed.rewrite(tamper(closed.events()))
    assert read(closed) == {"refused": reason}


def test_a_ballot_with_a_forged_proof_is_noticed(closed: Vote) -> None:
    """The sum is that of the ballots, but one of them is worth what nobody may give."""
    events = closed.events()
    ballot = json.loads(events[1].data[0])
    first, second = ballot["answers"][0]["individual_proofs"][0]
    ballot["answers"][0]["individual_proofs"][0] = [second, first]
    forged = Event("Ballot", (compact(ballot).encode(),))
    closed.rewrite([events[0], forged, *events[2:]])
    assert read(closed)["valid"] == [False, True, True]


def test_a_copy_of_somebody_elses_ciphertexts_is_noticed(closed: Vote) -> None:
    """Counting one person's ballot twice would show in the result what that person chose."""
    events = closed.events()
    victim, copy = (json.loads(event.data[0]) for event in events[1:3])
    copy["answers"] = victim["answers"]
    closed.rewrite([*events[:2], Event("Ballot", (compact(copy).encode(),)), *events[3:]])
    assert read(closed)["valid"] == [True, False, True]


@pytest.mark.parametrize("place", [5_000, 12_000])
def test_a_changed_byte_in_the_archive_is_noticed(closed: Vote, place: int) -> None:
    raw = bytearray(closed.archive.read_bytes())
    raw[place] ^= 1
    closed.archive.write_bytes(raw)
    assert "refused" in read(closed)


def test_an_archive_that_is_cut_off_is_noticed(closed: Vote) -> None:
    raw = closed.archive.read_bytes()
    closed.archive.write_bytes(raw[:-700])
    assert read(closed) == {"refused": "damaged"}


def test_events_in_another_order_than_they_name_are_noticed(closed: Vote) -> None:
    names = closed.members()
    setup, first, second, rest = names[:6], names[6:8], names[8:10], names[10:]
    swapped = [*setup, *second, *first, *rest]
    closed.archive.write_bytes(b"".join(archive.member(name, body, 0) for name, body in swapped))
    assert read(closed) == {"refused": "chain"}
