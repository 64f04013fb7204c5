"""The JavaScript of booth and trustees against the public tool and against our own Python."""

import base64
import hashlib
import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
TOOL, NODE = shutil.which("belenios-tool"), shutil.which("node")

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(NODE is None, reason="node is not installed"),
    pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed"),
]

CODES = [
    "1234-5678-9012-3456-7890-1234-01",
    "0000-0000-0000-0000-0000-0000-01",
    "9999-9999-9999-9999-9999-9999-70",
    "3141-5926-5358-9793-2384-6264-34",
]


def node(task: str, asked: object) -> Any:
    """The answer of one task of booth.mjs."""
    done = subprocess.run(
        [str(NODE), str(HERE / "booth.mjs"), task],
        input=json.dumps(asked),
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


class Vote:
    """An election in a folder, set up by the public tool with a trustee's key from our page."""

    def __init__(self, folder: Path, answers: int, most: int, trustees: int = 1) -> None:
        self.folder = folder
        self.uuid = self.tool("setup", "generate-token").strip()
        self.keys = [node("key", None) for _ in range(trustees)]
        self._setup(answers, most)
        self.archive = folder / f"{self.uuid}.bel"

    def tool(self, *words: str, told: str = "", check: bool = True) -> str:
        """Standard output of the tool, run in the folder; its outcome stays in ``self.code``."""
        done = subprocess.run(
            [str(TOOL), *words],
            cwd=self.folder,
            input=told,
            capture_output=True,
            text=True,
            check=check,
            env={"BELENIOS_USE_URANDOM": "1", "PATH": "/usr/bin:/bin"},
        )
        self.code = done.returncode
        return done.stdout

    def _setup(self, answers: int, most: int) -> None:
        public = [{"pok": key["pok"], "public_key": key["public_key"]} for key in self.keys]
        credentials = [node("credential", {"code": code, "uuid": self.uuid}) for code in CODES]
        names = [f"Kandidaat {number} é" for number in range(answers)]
        question = {"answers": names, "min": 0, "max": most, "question": "Wie kiest u?"}
        people = {"administrator": "de raad", "credential_authority": "de registrar"}
        template = {"description": "", "name": "Bestuur", "questions": [question], **people}
        self.write("public_keys.jsons", "".join(f"{json.dumps(key)}\n" for key in public))
        self.write("public_creds.json", json.dumps(credentials))
        self.write("questions.json", json.dumps(template))
        of = ["--uuid", self.uuid, "--group", "BELENIOS-2048"]
        self.tool("setup", "make-trustees")
        self.tool("setup", "make-election", *of, "--template", "questions.json")
        self.election = (self.folder / "election.json").read_text().strip()
        self.tool("archive", "init")

    def write(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text)
        return path

    @property
    def fingerprint(self) -> str:
        return base64_hash(self.election)

    def make(self, code: str, choice: list[int], **changed: str) -> Any:
        """What the booth makes of this choice."""
        asked = {"election": self.election, "fingerprint": self.fingerprint, "code": code}
        return node("ballot", {**asked, "choice": choice, **changed})

    def add(self, event: str, *lines: str) -> None:
        self.tool("archive", "add-event", f"--type={event}", told="\n".join(lines))

    def cast(self, code: str, choice: list[int]) -> Any:
        ballot = self.make(code, choice)
        self.add("Ballot", ballot["text"])
        return ballot

    def close(self) -> None:
        self.add("EndBallots")
        tally = self.tool("election", "compute-encrypted-tally")
        self.add("EncryptedTally", tally)

    def decrypt(self) -> list[int]:
        """Counts for each answer, after every trustee's page has done its part."""
        for owner, key in enumerate(self.keys, start=1):
            part = compact(node("decrypt", {"archive": str(self.archive), "file": key["file"]}))
            owned = {"owner": owner, "payload": hashlib.sha256(part.encode()).hexdigest()}
            self.add("PartialDecryption", part, compact(owned))
        self.add("Result", self.tool("election", "compute-result"))
        return list(json.loads(self.data()[-1])["result"][0])

    def verifies(self) -> bool:
        self.tool("election", "verify", check=False)
        return self.code == 0

    def members(self) -> list[tuple[str, bytes]]:
        """Names and bodies in the archive, in order."""
        raw, at, found = self.archive.read_bytes(), 0, []
        while at < len(raw):
            size = int(raw[at + 124 : at + 135], 8)
            name = raw[at : at + 100].rstrip(b"\0").decode()
            found.append((name, raw[at + 512 : at + 512 + size]))
            at += 512 + -(-size // 512) * 512
        return found

    def data(self) -> list[str]:
        return [body.decode() for name, body in self.members() if name.endswith(".data.json")]


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def base64_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b64encode(digest).decode().rstrip("=")


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
    assert vote.decrypt() == [a + b for a, b in zip(full, full[::-1], strict=True)]
    assert vote.verifies()


def test_voting_again_replaces_the_ballot_and_two_trustees_are_both_needed(tmp_path: Path) -> None:
    vote = Vote(tmp_path, answers=3, most=2, trustees=2)
    vote.cast(CODES[0], [1, 1, 0])
    vote.cast(CODES[0], [0, 0, 1])
    vote.close()
    assert vote.decrypt() == [0, 0, 1]
    assert vote.verifies()


def test_the_tracker_is_the_fingerprint_of_the_ballot_and_never_the_same_twice(vote: Vote) -> None:
    first, second = (vote.make(CODES[0], [0, 1, 0]) for _ in range(2))
    assert first["tracker"] == base64_hash(first["text"])
    assert first["tracker"] != second["tracker"]
    assert json.dumps(json.loads(first["text"]), separators=(",", ":")) == first["text"]


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
