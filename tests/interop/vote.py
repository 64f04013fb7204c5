"""An election that the public tool keeps, with ballots and keys made by our JavaScript."""

import base64
import hashlib
import json
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from consult.belenios import archive, election
from consult.belenios.election import Election

HERE = Path(__file__).parent
TOOL, NODE = shutil.which("belenios-tool"), shutil.which("node")

needs_node_and_tool = [
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


class Event(NamedTuple):
    """A kind of event with its data members; the last of them is its payload."""

    kind: str
    data: tuple[bytes, ...]


class Vote:
    """An election in a folder, set up by the public tool with a trustee's key from our page."""

    def __init__(
        self,
        folder: Path,
        answers: int,
        most: int,
        trustees: int = 1,
        more: Sequence[tuple[int, int]] = (),
    ) -> None:
        self.folder = folder
        self.uuid = self.tool("setup", "generate-token").strip()
        self.keys = [node("key", None) for _ in range(trustees)]
        self._setup([(answers, most), *more])
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

    def _setup(self, asked: Sequence[tuple[int, int]]) -> None:
        public = [{"pok": key["pok"], "public_key": key["public_key"]} for key in self.keys]
        credentials = [node("credential", {"code": code, "uuid": self.uuid}) for code in CODES]
        questions = [
            {
                "answers": [f"Kandidaat {number} é" for number in range(answers)],
                "min": 0,
                "max": most,
                "question": f"Wie kiest u? ({place})",
            }
            for place, (answers, most) in enumerate(asked, 1)
        ]
        people = {"administrator": "de raad", "credential_authority": "de registrar"}
        template = {"description": "", "name": "Bestuur", "questions": questions, **people}
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

    def make(self, code: str, *choices: list[int], **changed: str) -> Any:
        """What the booth makes of these choices, one for each question."""
        asked = {"election": self.election, "fingerprint": self.fingerprint, "code": code}
        return node("ballot", {**asked, "choices": choices, **changed})

    def add(self, event: str, *lines: str) -> None:
        self.tool("archive", "add-event", f"--type={event}", told="\n".join(lines))

    def cast(self, code: str, *choices: list[int]) -> Any:
        ballot = self.make(code, *choices)
        self.add("Ballot", ballot["text"])
        return ballot

    def close(self) -> None:
        self.add("EndBallots")
        tally = self.tool("election", "compute-encrypted-tally")
        self.add("EncryptedTally", tally)

    def decrypt(self) -> list[list[int]]:
        """Counts by question and answer, after every trustee's page has done its part."""
        for owner, key in enumerate(self.keys, start=1):
            part = compact(node("decrypt", {"archive": str(self.archive), "file": key["file"]}))
            owned = {"owner": owner, "payload": hex_hash(part.encode())}
            self.add("PartialDecryption", part, compact(owned))
        self.add("Result", self.tool("election", "compute-result"))
        return list(json.loads(self.events()[-1].data[0])["result"])

    def verifies(self) -> bool:
        self.tool("election", "verify", check=False)
        return self.code == 0

    def python(self) -> Election:
        """The election as our Python reads it."""
        return election.parse(self.election.encode())

    def members(self) -> list[tuple[str, bytes]]:
        """Names and bodies in the archive, in order."""
        raw, at, found = self.archive.read_bytes(), 0, []
        while at < len(raw):
            size = int(raw[at + 124 : at + 135], 8)
            name = raw[at : at + 100].rstrip(b"\0").decode()
            found.append((name, raw[at + 512 : at + 512 + size]))
            at += 512 + -(-size // 512) * 512
        return found

    def events(self) -> list[Event]:
        """What is in the archive, event by event."""
        found: list[Event] = []
        data: list[bytes] = []
        for name, body in self.members()[1:]:
            data.append(body)
            if name.endswith(".event.json"):
                found.append(Event(json.loads(data.pop())["type"], tuple(data)))
                data = []
        return found

    def rewrite(self, events: list[Event]) -> None:
        """Write the archive anew, whole and well chained, with whatever events we like."""
        (name, first), head = self.members()[0], None
        blocks = [archive.member(name, first, 0)]
        for height, (kind, data) in enumerate(events):
            parent = {} if head is None else {"parent": head}
            payload = {"payload": hex_hash(data[-1])} if data else {}
            event = compact({**parent, "height": height, "type": kind, **payload}).encode()
            head = hex_hash(event)
            blocks += [archive.member(f"{hex_hash(one)}.data.json", one, 0) for one in data]
            blocks.append(archive.member(f"{head}.event.json", event, 0))
        self.archive.write_bytes(b"".join(blocks))


def hex_hash(raw: bytes) -> str:
    return hashlib.sha256(raw).hexdigest()


def compact(value: object) -> str:
    return json.dumps(value, separators=(",", ":"))


def base64_hash(text: str) -> str:
    digest = hashlib.sha256(text.encode()).digest()
    return base64.b64encode(digest).decode().rstrip("=")
