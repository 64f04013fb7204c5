"""The booth's JavaScript against the public tool and against our own Python."""

import json
from pathlib import Path

import pytest

from consult.belenios import ballot, credential
from consult.belenios.verify import verify_archive
from consult.register.core import codes
from tests.interop.vote import CODES, Vote, base64_hash, needs_node_and_tool, node

pytestmark = needs_node_and_tool


@pytest.fixture
def vote(tmp_path: Path) -> Vote:
    return Vote(tmp_path, answers=3, most=1)


@pytest.mark.parametrize(("answers", "most"), [(3, 1), (14, 5)])
def test_the_public_tool_accepts_and_counts_ballots_of_the_booth(
    tmp_path: Path, answers: int, most: int
) -> None:
    vote = Vote(tmp_path, answers, most)
    full = [1] * most + [0] * (answers - most)
    vote.cast(CODES[0], full)
    vote.cast(CODES[1], full[::-1])
    vote.cast(CODES[2], [0] * answers)
    assert vote.verifies()
    vote.close()
    assert vote.decrypt() == [[a + b for a, b in zip(full, full[::-1], strict=True)]]
    assert vote.verifies()
    assert verify_archive(vote.archive, voters=len(CODES)).findings == ()


def test_voting_again_replaces_the_ballot_and_two_trustees_are_both_needed(tmp_path: Path) -> None:
    vote = Vote(tmp_path, answers=3, most=2, trustees=2)
    vote.cast(CODES[0], [1, 1, 0])
    vote.cast(CODES[0], [0, 0, 1])
    vote.close()
    assert vote.decrypt() == [[0, 0, 1]]
    assert vote.verifies()


def test_ballots_with_three_questions_are_accepted_counted_and_verified_by_all(
    tmp_path: Path,
) -> None:
    vote = Vote(tmp_path, answers=2, most=1, trustees=2, more=[(3, 2), (5, 4)])
    vote.cast(CODES[0], [0, 0], [1, 0, 0], [0, 0, 0, 0, 1])
    vote.cast(CODES[0], [1, 0], [0, 1, 1], [1, 1, 1, 1, 0])
    made = vote.cast(CODES[1], [0, 1], [0, 0, 0], [1, 0, 0, 0, 1])
    vote.cast(CODES[2], [0, 0], [0, 0, 0], [0, 0, 0, 0, 0])
    checked = ballot.check(made["text"].encode(), vote.python())
    assert checked.tracker == made["tracker"]
    vote.close()
    assert vote.decrypt() == [[1, 1], [0, 1, 1], [2, 1, 1, 1, 1]]
    assert vote.verifies()
    report = verify_archive(vote.archive, voters=len(CODES))
    assert report.findings == ()
    assert report.figures.counts == ((1, 1), (0, 1, 1), (2, 1, 1, 1, 1))


@pytest.mark.parametrize(
    "choices",
    [
        [[1, 0], [1, 0, 0]],
        [[1, 0], [1, 0, 0], [1, 0]],
        [[1, 1], [1, 0, 0]],
        [[0, 0], [1, 1, 1]],
        [[0, 0, 0], [1, 0]],
        [[1, 0]],
    ],
)
def test_the_booth_refuses_choices_that_do_not_fit_all_questions(
    tmp_path: Path, choices: list[list[int]]
) -> None:
    vote = Vote(tmp_path, answers=2, most=1, more=[(3, 2)])
    allowed = choices == [[1, 0], [1, 0, 0]]
    made = vote.make(CODES[0], *choices)
    assert ("text" in made) is allowed
    assert allowed or made == {"refused": "choice outside the paper"}


@pytest.mark.parametrize("change", [{"blank": True}, {"type": "NonHomomorphic"}])
def test_the_booth_refuses_a_question_of_a_kind_that_it_does_not_know(
    vote: Vote, change: dict[str, object]
) -> None:
    paper = json.loads(vote.election)
    election = json.dumps({**paper, "questions": [{**paper["questions"][0], **change}]})
    changed = {"election": election, "fingerprint": base64_hash(election)}
    assert vote.make(CODES[0], [1, 0, 0], **changed) == {"refused": "unknown kind of election"}


def test_the_tracker_is_the_fingerprint_of_the_ballot_and_never_the_same_twice(vote: Vote) -> None:
    first, second = (vote.make(CODES[0], [0, 1, 0]) for _ in range(2))
    assert first["tracker"] == base64_hash(first["text"])
    assert first["tracker"] != second["tracker"]
    assert json.dumps(json.loads(first["text"]), separators=(",", ":")) == first["text"]


@pytest.mark.parametrize(("answers", "most"), [(3, 1), (14, 5)])
def test_our_python_accepts_ballots_of_the_booth(tmp_path: Path, answers: int, most: int) -> None:
    vote = Vote(tmp_path, answers, most)
    for choice in ([1] * most + [0] * (answers - most), [0] * answers):
        made = vote.make(CODES[3], choice)
        checked = ballot.check(made["text"].encode(), vote.python())
        assert checked.tracker == made["tracker"]
        assert checked.credential == credential.public_credential(CODES[3], vote.uuid)


@pytest.mark.parametrize("choice", [[1, 1, 0], [1, 0], [2, 0, 0], [-1, 1, 0], [0, 0, 0, 0]])
def test_the_booth_refuses_a_choice_that_the_paper_does_not_allow(
    vote: Vote, choice: list[int]
) -> None:
    assert vote.make(CODES[0], choice) == {"refused": "choice outside the paper"}


def test_the_booth_refuses_an_election_file_with_another_fingerprint(vote: Vote) -> None:
    altered = vote.election.replace("Kandidaat 0", "Kandidaat 9")
    assert vote.make(CODES[0], [1, 0, 0], election=altered) == {"refused": "fingerprint"}


def test_the_booth_refuses_a_key_outside_the_group(vote: Vote) -> None:
    election = json.dumps({**json.loads(vote.election), "public_key": "2"})
    changed = {"election": election, "fingerprint": base64_hash(election)}
    refused = vote.make(CODES[0], [1, 0, 0], **changed)
    assert refused == {"refused": "election key outside the group"}


def test_typed_codes_are_read_whatever_the_keyboard_made_of_them() -> None:
    good = CODES[3]
    digits = good.replace("-", "")
    arabic = "".join(chr(0x0660 + int(digit)) for digit in digits)
    persian = "".join(chr(0x06F0 + int(digit)) for digit in digits)
    typed = [good, digits, good.replace("-", " "), good.replace("-", "."), f" {good}\u200e "]
    typed += [good.replace("-", "\u2011"), arabic, persian, good.replace("-", "\u00a0")]
    assert node("codes", typed) == [["good", good]] * len(typed)
    assert [str(codes.parse(one, codes.ELECTION_DIGITS)) for one in typed] == [good] * len(typed)


def test_every_code_that_the_registrar_makes_is_good() -> None:
    made = [str(codes.make(lambda below, n=n: n % below, 26)) for n in (0, 7, 10**24 - 1, 3**50)]
    assert node("codes", made) == [["good", code] for code in made]


def test_a_code_that_cannot_be_right_is_told_apart_from_an_unfinished_one() -> None:
    digits = CODES[3].replace("-", "")
    typed = ["", "  - ", digits[:-1], digits + "1", digits[:-1] + "o", "hallo"]
    expected = ["empty", "empty", "short", "long", "strange", "strange"]
    assert [state for state, _ in node("codes", typed)] == expected


def test_each_single_wrong_digit_is_noticed() -> None:
    digits = CODES[3].replace("-", "")
    wrong = [
        digits[:place] + other + digits[place + 1 :]
        for place in range(26)
        for other in "0123456789"
        if other != digits[place]
    ]
    assert {state for state, _ in node("codes", wrong)} == {"wrong"}


def test_each_swap_of_neighbours_and_over_one_is_noticed() -> None:
    digits = list(CODES[3].replace("-", ""))
    wrong = []
    for distance in (1, 2):
        for place in range(26 - distance):
            swapped = digits.copy()
            there = place + distance
            swapped[place], swapped[there] = swapped[there], swapped[place]
            if swapped != digits:
                wrong.append("".join(swapped))
    assert len(wrong) > 40
    assert {state for state, _ in node("codes", wrong)} == {"wrong"}
