"""Our elections against ``belenios-tool`` 2.0, which we did not write."""

import json
import shutil
import subprocess

import pytest

from consult.belenios import archive, ballot, credential, tally
from consult.belenios.archive import Kind
from consult.belenios.election import Question
from consult.belenios.reading import read
from consult.belenios.verify import verify_archive
from tests.unit.belenios.sample import joined, sample

TOOL = shutil.which("belenios-tool")

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed (Debian package)"),
]


def _tool(*arguments, given=None):
    done = subprocess.run(
        [TOOL, *map(str, arguments)], input=given, capture_output=True, check=False
    )
    return done.returncode, done.stdout


def _accepts(folder, case, raw):
    (folder / f"{case.election.uuid}.bel").write_bytes(raw)
    code, _ = _tool("election", "verify", "--dir", folder)
    return code == 0


def _chosen(length, *places):
    return [int(place in places) for place in range(length)]


ONE_OF_THREE = Question("Wie kiest u?", ("Ada", "Bob", "Cas"), 0, 1)
FIVE_OF_FOURTEEN = Question("Wie?", tuple(f"Kandidaat {n}" for n in range(14)), 0, 5)
WITH_BLANK = Question("Wie?", ("Ada", "Bob", "Cas", "Dia"), 1, 2, blank=True)
UNUSUAL = Question('Zoë, "de" é \\ / <b>?\n\t€ 😀', ("Çelik", "Łucja", "  ", "日本"), 2, 3)
EXACTLY_TWO = Question("Precies twee?", ("a", "b", "c"), 2, 2)


@pytest.mark.parametrize(
    ("case", "votes"),
    [
        (
            sample(ONE_OF_THREE),
            [(0, [[1, 0, 0]]), (1, [[0, 0, 0]]), (0, [[0, 0, 1]]), (0, [[0, 1, 0]])],
        ),
        (
            sample(FIVE_OF_FOURTEEN, trustees=2),
            [(0, [_chosen(14, 0, 3, 5, 9, 13)]), (2, [_chosen(14)]), (1, [_chosen(14, 3)])],
        ),
        (
            sample(WITH_BLANK, trustees=3),
            [(0, [[1, 0, 0, 0, 0]]), (1, [[0, 1, 0, 1, 0]]), (2, [[0, 0, 0, 0, 1]])],
        ),
        (
            sample(UNUSUAL, name="Hûs fan 'e bewenners — “1” 😀"),
            [(0, [[1, 1, 0, 0]]), (1, [[0, 1, 1, 1]])],
        ),
        (
            sample(ONE_OF_THREE, WITH_BLANK, EXACTLY_TWO, trustees=2),
            [
                (0, [[0, 1, 0], [1, 0, 0, 0, 0], [1, 0, 1]]),
                (1, [[0, 0, 0], [0, 1, 0, 0, 0], [1, 1, 0]]),
            ],
        ),
        (sample(ONE_OF_THREE, seed=5), []),
    ],
    ids=["revotes", "five of fourteen", "blank", "unusual text", "three questions", "no ballots"],
)
def test_the_tool_accepts_our_elections(tmp_path, case, votes):
    raw = joined(case.steps(votes))
    report = verify_archive(raw)
    assert report.valid
    assert _accepts(tmp_path, case, raw)


@pytest.mark.parametrize("length", [1, 2, 4, 5, 6])
def test_the_tool_accepts_an_election_under_way(tmp_path, length):
    case = sample()
    steps = case.steps([(0, [[1, 0, 0]]), (1, [[0, 1, 0]])])
    assert _accepts(tmp_path, case, joined(steps[:length]))


@pytest.mark.parametrize(
    ("case", "choices"),
    [
        (sample(ONE_OF_THREE), [[0, 1, 0]]),
        (sample(FIVE_OF_FOURTEEN), [_chosen(14, 1, 2)]),
        (sample(WITH_BLANK), [[1, 0, 0, 0, 0]]),
        (sample(WITH_BLANK), [[0, 1, 1, 0, 0]]),
        (sample(UNUSUAL), [[1, 0, 0, 1]]),
        (
            sample(ONE_OF_THREE, EXACTLY_TWO, FIVE_OF_FOURTEEN),
            [[0, 1, 0], [1, 0, 1], _chosen(14, 1, 2, 13)],
        ),
    ],
    ids=["one of three", "five of fourteen", "blank", "not blank", "unusual text", "three"],
)
def test_a_ballot_made_by_the_tool_with_one_of_our_codes_is_accepted(tmp_path, case, choices):
    (tmp_path / f"{case.election.uuid}.bel").write_bytes(joined([case.setup()]))
    (tmp_path / "code").write_text(case.codes[0])
    (tmp_path / "choices").write_text(json.dumps(choices))
    code, made = _tool(
        *("election", "generate-ballot", "--dir", tmp_path),
        *("--privcred", tmp_path / "code", "--ballot", tmp_path / "choices"),
    )
    assert code == 0
    raw = made.rstrip(b"\n")
    cast = ballot.verify(raw, case.election, case.known)
    assert cast.credential == credential.public_credential(case.codes[0], case.election.uuid)
    report = verify_archive(joined(case.finish([raw, case.cast(1, choices)])))
    assert report.valid
    assert report.figures.counts == tuple(tuple(2 * each for each in row) for row in choices)


def test_the_tool_derives_the_same_credential_from_its_own_code(tmp_path):
    uuid = "YLLfuPzNtR6iTr"
    code, _ = _tool(
        *("setup", "generate-credentials", "--uuid", uuid, "--count", 2),
        *("--group", "BELENIOS-2048", "--dir", tmp_path),
    )
    assert code == 0
    lines = next(tmp_path.glob("*.privcreds")).read_text().split("\n")
    listed = next(tmp_path.glob("*.pubcreds")).read_text()
    ours = credential.public_credentials([line.split()[-1] for line in lines if line], uuid)
    assert all(each in listed for each in ours)


def test_a_trustee_may_decrypt_with_the_tool(tmp_path):
    case = sample()
    steps = case.steps([(0, [[1, 0, 0]]), (1, [[0, 1, 0]])])
    (tmp_path / f"{case.election.uuid}.bel").write_bytes(joined(steps[:5]))
    (tmp_path / "key").write_text(f'"{case.private_keys[0]}"')
    code, part = _tool(
        *("election", "decrypt", "--dir", tmp_path),
        *("--privkey", tmp_path / "key", "--trustee-id", 1),
    )
    assert code == 0
    # the tool prints the decryption and the line that names its owner
    raw = part.split(b"\n")[0]
    named = (Kind.PARTIAL_DECRYPTION, (raw, archive.owned(1, raw)))
    assert verify_archive(joined([*steps[:5], named, steps[-1]])).valid


def test_an_election_made_wholly_by_the_tool_is_valid(tmp_path):
    """Keys, credentials, ballots, tally, decryptions and result: all by the tool."""
    made = _made_by_the_tool(tmp_path)
    report = verify_archive(made)
    assert report.findings == ()
    assert report.figures.counts == ((1, 0, 1),)
    assert (report.figures.ballots, report.figures.turnout) == (3, 2)
    blocks = read(made.read_bytes())
    assert blocks.chain.last == Kind.RESULT


def _run(folder, *arguments, given=None):
    done = subprocess.run(
        [TOOL, *map(str, arguments)], cwd=folder, input=given, capture_output=True, check=True
    )
    return done.stdout


def _made_by_the_tool(folder):
    """The archive of an election of three voters and two trustees."""
    codes, keys = _set_up_by_the_tool(folder)
    for code, choice in ((codes[0], [0, 1, 0]), (codes[1], [0, 0, 1]), (codes[0], [1, 0, 0])):
        (folder / "code").write_text(code)
        (folder / "choice").write_text(json.dumps([choice]))
        files = ("--privcred", "code", "--ballot", "choice")
        _add(folder, "Ballot", _run(folder, "election", "generate-ballot", *files))
    _add(folder, "EndBallots", b"")
    _add(folder, "EncryptedTally", _run(folder, "election", "compute-encrypted-tally"))
    for owner, key in enumerate(keys, start=1):
        files = ("--privkey", key, "--trustee-id", owner)
        _add(folder, "PartialDecryption", _run(folder, "election", "decrypt", *files))
    _add(folder, "Result", _run(folder, "election", "compute-result"))
    return next(folder.glob("*.bel"))


def _add(folder, kind, given):
    _run(folder, "archive", "add-event", "--type", kind, given=given)


def _set_up_by_the_tool(folder):
    uuid, group = ("--uuid", "YLLfuPzNtR6iTr"), ("--group", "BELENIOS-2048")
    for _ in range(2):
        _run(folder, "setup", "generate-trustee-key", *group)
    keys = sorted(folder.glob("*.privkey"))
    publics = [key.with_suffix(".pubkey").read_text() for key in keys]
    (folder / "public_keys.jsons").write_text("".join(publics))
    _run(folder, "setup", "make-trustees")
    _run(folder, "setup", "generate-credentials", *uuid, *group, "--count", 3)
    next(folder.glob("*.pubcreds")).rename(folder / "public_creds.json")
    lines = next(folder.glob("*.privcreds")).read_text().splitlines()
    asked = {"description": "d", "name": "n", "questions": [ONE_OF_THREE.json()]}
    (folder / "asked").write_text(json.dumps(asked))
    _run(folder, "setup", "make-election", *uuid, *group, "--template", "asked")
    _run(folder, "archive", "init")
    return [line.split()[-1] for line in lines], keys


def _cheats(case, steps):
    """Archives that the public tool lets pass although the count is not that of the voters."""
    raws = [data[0] for kind, data in steps if kind == Kind.BALLOT]
    other = case.finish(raws[1:2])
    tallied = (Kind.ENCRYPTED_TALLY, (other[3][1][0], archive.sized_tally(other[3][1][0], 2)))
    return {
        "ballot_repeated": case.finish([*raws, raws[0]]),
        "event_order": [*steps[:4], *steps[5:]],
        "tally_wrong": [*steps[:5], tallied, *steps[6:]],
    }


@pytest.mark.parametrize("code", ["ballot_repeated", "event_order", "tally_wrong"])
def test_what_the_tool_lets_pass_is_refused_by_ours(tmp_path, code):
    case = sample(ONE_OF_THREE)
    steps = case.steps([(0, [[1, 0, 0]]), (1, [[0, 1, 0]]), (0, [[0, 0, 1]])])
    raw = joined(_cheats(case, steps)[code])
    assert _accepts(tmp_path, case, raw)
    assert [finding.code for finding in verify_archive(raw).findings] == [code]


def test_ballots_hidden_by_an_early_closing_pass_the_tool_but_not_ours(tmp_path):
    case = sample(ONE_OF_THREE)
    steps = case.steps([(0, [[1, 0, 0]]), (1, [[0, 1, 0]])])
    counted = [ballot.parse(steps[2][1][0])]
    hidden = [*steps[:2], (Kind.END_BALLOTS, ()), *steps[2:4], *case.outcome(counted)]
    assert _accepts(tmp_path, case, joined(hidden))
    assert [finding.code for finding in verify_archive(joined(hidden)).findings] == ["event_order"]


def test_the_tool_finds_the_same_result_wrong(tmp_path):
    case = sample()
    steps = case.steps([(0, [[1, 0, 0]])])
    assert _accepts(tmp_path, case, joined(steps))
    wrong = [*steps[:-1], (Kind.RESULT, (tally.result_file(((0, 1, 0),)),))]
    assert not _accepts(tmp_path, case, joined(wrong))
    assert not verify_archive(joined(wrong)).valid
