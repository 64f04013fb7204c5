"""A whole election of chair, executive and board from our database, read by tools of others."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from consult.belenios import credential
from consult.belenios.verify import verify_archive
from consult.config import Settings
from consult.db.session import Database
from consult.elections.actions import public, voting
from consult.elections.store import elections as store
from tests import contests
from tests import elections as story
from tests.contests import STANDING
from tests.interop.vote import node

TOOL, NODE = shutil.which("belenios-tool"), shutil.which("node")
A, B, C, D, E, F = STANDING
VOTES = (([A], [C, D], [A, E, F]), ([], [B], []), ([B], [], [F]), ([A], [D, A], [B, D, E]))

pytestmark = [
    pytest.mark.interop,
    pytest.mark.skipif(TOOL is None, reason="belenios-tool is not installed (Debian package)"),
]


def tool(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [str(TOOL), *words, "--dir", str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def archive(database: Database, folder: Path, election_id: str, uuid: str) -> Path:
    path = folder / f"{uuid}.bel"
    with database.read() as session:
        path.write_bytes(b"".join(public.archive_blocks(session, election_id)))
    return path


def test_the_public_tool_accepts_the_archive_and_its_result(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.write() as session:
        run = contests.counted(session, settings, VOTES)
        totals = store.get(session, run.id).totals
    path = archive(database, tmp_path, run.id, run.uuid)
    assert tool(tmp_path, "election", "verify").returncode == 0
    assert verify_archive(path).figures.counts == totals
    raw = bytearray(path.read_bytes())
    place = raw.rindex(b'{"result":[[')
    raw[place + 12] ^= 1
    path.write_bytes(raw)
    assert tool(tmp_path, "election", "verify").returncode != 0


def test_a_ballot_of_the_public_tool_is_taken_into_our_box(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.write() as session:
        run = contests.running(session, settings)
        paper = voting.paper_of(session, run.id)
    archive(database, tmp_path, run.id, run.uuid)
    choices = [[int(place == 0) for place in range(len(q.answers))] for q in paper.questions]
    (tmp_path / "code").write_text(str(run.codes[0]))
    (tmp_path / "choices").write_text(json.dumps(choices))
    files = ("--privcred", str(tmp_path / "code"), "--ballot", str(tmp_path / "choices"))
    made = tool(tmp_path, "election", "generate-ballot", *files)
    assert made.returncode == 0, made.stderr
    with database.write() as session:
        raw = made.stdout.rstrip("\n").encode()
        receipt = story.cast(session, settings, run, raw)
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
        totals = store.get(session, run.id).totals
    assert receipt.tracker
    assert totals == tuple(map(tuple, choices))
    assert credential.public_credential(str(run.codes[0]), run.uuid) in made.stdout


@pytest.mark.skipif(NODE is None, reason="node is not installed")
def test_the_room_of_key_holders_finds_every_ballot_right(
    database: Database, settings: Settings, tmp_path: Path
) -> None:
    with database.write() as session:
        run = contests.running(session, settings)
        for code, chosen in zip(run.codes, VOTES, strict=False):
            raw = contests.ballot_of(session, run, code, chosen)
            story.cast(session, settings, run, raw)
        story.closed(session, settings, run)
    path = archive(database, tmp_path, run.id, run.uuid)
    found = node("read", {"archive": str(path)})
    assert (found["valid"], found["counted"]) == ([True] * len(VOTES), len(VOTES))
