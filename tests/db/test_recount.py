"""A published election is counted again from its bundle, and every planted alteration is found."""

import hashlib
import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

import pytest

from consult.canonical import canonical
from consult.config import ROOT, Settings
from consult.council.core.agreement import Ties
from consult.db.session import Database
from consult.elections import recounting
from consult.elections.actions import draws
from consult.elections.core import bundle as files
from consult.elections.core.draw import Beacon
from consult.refusal import Refusal
from consult.schema import metadata
from tests import contests
from tests import elections as story
from tests.elections import AFTER, PLAN

COMPUTED = replace(PLAN, ties=Ties.COMMIT_BEACON, beacon="20 worpen op 3 december")
BEACON = Beacon("01234567890123456789", "notulen van 3 december")
Members = dict[str, bytes]


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    """Bundles that cost a while to make, by their kind, for all tests of this module."""
    return {}


@pytest.fixture
def drawn(made: dict[str, bytes], tmp_path: Path, request: pytest.FixtureRequest) -> bytes:
    """The bundle of an election in which a computed lot decided."""
    if "drawn" not in made:
        # A database of its own: a test may ask for another election beside this one.
        where = f"sqlite:///{tmp_path / 'drawn.db'}"
        settings = replace(request.getfixturevalue("settings"), database_url=where)
        database = Database(where)
        with database.write() as session:
            metadata().create_all(session.connection())
            run = story.tied(session, settings, COMPUTED, numbers=True)
            for who in (run.secretary, run.chair):
                draws.enter_beacon(session, who, AFTER, run.id, BEACON)
        made["drawn"] = _published(database, settings, run)
        database.dispose()
    return made["drawn"]


@pytest.fixture
def plain(database: Database, settings: Settings) -> bytes:
    """The bundle of an election in which nobody had to draw, with a replaced vote."""
    with database.write() as session:
        run = story.running(session, settings)
        votes = (story.NAMES[:2], story.NAMES[:1], story.NAMES[:2], story.NAMES[2:3])
        for code, names in zip(run.codes[:1] + run.codes[:3], votes, strict=True):
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names))
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    return _published(database, settings, run)


def _published(database: Database, settings: Settings, run: story.Running) -> bytes:
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    first, again = story.bundled(database, run), story.bundled(database, run)
    assert first == again, "the same election gives the same bytes"
    return first


def unpacked(raw: bytes) -> Members:
    with ZipFile(io.BytesIO(raw)) as packed:
        return {info.filename: packed.read(info) for info in packed.infolist()}


def packed(members: Members, folder: Path) -> Path:
    """A bundle with these members, whose README says the digests that they have."""
    digests = {
        name: hashlib.sha256(raw).hexdigest()
        for name, raw in members.items()
        if name != files.README
    }
    path = folder / "bundel.zip"
    with ZipFile(path, "w", ZIP_STORED) as file:
        for name, raw in members.items():
            said = files.readme("Over", digests).encode() if name == files.README else raw
            file.writestr(name, said)
    return path


def recounted(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    assert recounting.recount(path, 1) == 0
    told: dict[str, Any] = json.loads(capsys.readouterr().out)
    return told


def test_a_fresh_process_without_a_database_counts_the_same_bytes(
    drawn: bytes, tmp_path: Path
) -> None:
    path = tmp_path / "bundel.zip"
    path.write_bytes(drawn)
    done = subprocess.run(
        [sys.executable, "-m", "consult.cli", "recount", str(path)],
        cwd=ROOT,
        env={"PATH": "/usr/bin:/bin", "CONSULT_DATABASE_URL": "sqlite:////nonexistent/none.db"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert told["agreed"] == [*files.MEMBERS]
    record = unpacked(drawn)[files.RECORD]
    assert told["record"] == hashlib.sha256(record).hexdigest()
    assert len(told["elected"]["board"]) == 3


def test_without_a_lot_the_rest_agrees_too_from_a_zip_and_from_a_folder(
    plain: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bundel.zip"
    path.write_bytes(plain)
    told = recounted(path, capsys)
    assert files.LOT not in told["agreed"]
    assert (told["archive"]["ballots"], told["archive"]["turnout"]) == (4, 3)
    folder = tmp_path / "bundel"
    folder.mkdir()
    for name, raw in unpacked(plain).items():
        (folder / name).write_bytes(raw)
    assert recounted(folder, capsys) == told


def test_three_offices_on_one_paper_are_counted_again(
    database: Database, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    a, b, c, d, e, f = contests.STANDING
    votes = (
        ([a], [c, d], [a, e, f]),
        ([a], [c, b], [b, e, c]),
        ([b], [c, d], [b, e, f]),
        ([a], [d, c], [b, d]),
        ([], [], []),
    )
    with database.write() as session:
        run = contests.counted(session, settings, votes)
    path = tmp_path / "bundel.zip"
    path.write_bytes(_published(database, settings, run))
    told = recounted(path, capsys)
    assert list(told["elected"]) == ["chair", "executive", "board"]
    assert told["elected"]["chair"] == [a]
    assert files.CASE in told["agreed"]


def test_the_readme_says_what_sha256sum_checks(drawn: bytes, tmp_path: Path) -> None:
    for name, raw in unpacked(drawn).items():
        (tmp_path / name).write_bytes(raw)
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", files.README],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


def test_the_bundle_repacked_by_us_still_agrees(
    drawn: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """So that what the next tests find is the alteration, and not the packing."""
    recounted(packed(unpacked(drawn), tmp_path), capsys)


def json_with(name: str, change: Callable[[Any], object]) -> Callable[[Members], object]:
    def alter(members: Members) -> None:
        shape = json.loads(members[name])
        change(shape)
        members[name] = canonical(shape)

    return alter


def replaced(name: str, old: bytes, new: bytes) -> Callable[[Members], object]:
    def alter(members: Members) -> None:
        assert old in members[name]
        members[name] = members[name].replace(old, new, 1)

    return alter


def put(*path: Any) -> Callable[[Any], object]:
    *places, last, value = path

    def change(shape: Any) -> None:
        for place in places:
            shape = shape[place]
        shape[last] = value

    return change


ALTERED: list[tuple[str, Callable[[Members], object], str, str]] = [
    # file, alteration, refusal, where
    (files.SEAL, json_with(files.SEAL, put("max_board", 2)), "differs", "SHA-256"),
    (files.SEAL, json_with(files.SEAL, put("candidates", 0, "groups", [])), "differs", "SHA-256"),
    (files.SEAL, replaced(files.SEAL, b"{", b"["), "file", ""),
    (files.CASE, json_with(files.CASE, put("candidates", 1, "votes", 9)), "differs", "candidates"),
    (files.CASE, json_with(files.CASE, put("lot_order", [])), "differs", "lot_order"),
    (files.CASE, replaced(files.CASE, b"{", b"{ "), "differs", "JSON"),
    (files.LOT, json_with(files.LOT, put("beacon", "value", "9" * 20)), "differs", "seed"),
    (
        files.LOT,
        json_with(files.LOT, put("beacon_named", "iets anders")),
        "differs",
        "beacon_named",
    ),
    (files.LOT, json_with(files.LOT, put("totals", "0" * 64)), "differs", "totals"),
    (files.LOT, json_with(files.LOT, put("election", "other")), "differs", "holders[0].reveal"),
    # where the beacon can be looked up is no part of the arithmetic, but the record tells it
    (files.RECORD, json_with(files.LOT, put("beacon", "source", "elders")), "differs", "source"),
    (files.RECORD, replaced(files.RECORD, b'"votes":1', b'"votes":2'), "differs", "1:"),
    (
        files.RECORD,
        replaced(files.RECORD, b'"line":"result"', b'"line":"einde"'),
        "differs",
        "line",
    ),
    (files.DOCUMENT, replaced(files.DOCUMENT, b"Anna Appel", b"Anne Appel"), "differs", "texts"),
    (files.DOCUMENT, json_with(files.DOCUMENT, put("slug", "x")), "differs", "slug"),
    (files.DOCUMENT, json_with(files.DOCUMENT, put("texts", None)), "differs", "texts"),
    (files.DOCUMENT, replaced(files.DOCUMENT, b"{", b"["), "file", "texts"),
    (files.SIGNATURES, json_with(files.SIGNATURES, put("record", "0" * 64)), "differs", "record"),
    (files.SIGNATURES, json_with(files.SIGNATURES, put("signed", [])), "differs", "signed"),
    (files.SIGNATURES, json_with(files.SIGNATURES, put("signed", 0, "name", 1)), "file", "schema"),
    (files.SIGNATURES, json_with(files.SIGNATURES, put("signed", 0, "day", "x")), "file", "signed"),
]


@pytest.mark.parametrize(("name", "alter", "code", "where"), ALTERED)
def test_a_planted_alteration_is_found_by_its_file_and_place(
    drawn: bytes,
    tmp_path: Path,
    name: str,
    alter: Callable[[Members], object],
    code: str,
    where: str,
) -> None:
    members = unpacked(drawn)
    alter(members)
    with pytest.raises(Refusal, match=rf"elections\.bundle_{code}") as refused:
        recounting.recount(packed(members, tmp_path), 1)
    assert refused.value.facts["file"] == name
    assert where in str(refused.value.facts["at"])


def test_another_name_of_a_signer_shows_in_the_published_text(drawn: bytes, tmp_path: Path) -> None:
    members = unpacked(drawn)
    json_with(files.SIGNATURES, put("signed", 0, "name", "Iemand Anders"))(members)
    with pytest.raises(Refusal, match=r"elections\.bundle_differs") as refused:
        recounting.recount(packed(members, tmp_path), 1)
    assert refused.value.facts["file"] == files.DOCUMENT


def test_a_changed_byte_of_the_archive_is_found(drawn: bytes, tmp_path: Path) -> None:
    members = unpacked(drawn)
    raw = bytearray(members[files.ARCHIVE])
    raw[len(raw) // 2] ^= 1
    members[files.ARCHIVE] = bytes(raw)
    with pytest.raises(Refusal, match=r"elections\.bundle_archive"):
        recounting.recount(packed(members, tmp_path), 1)


def test_the_archive_of_another_election_is_found(
    drawn: bytes, plain: bytes, tmp_path: Path
) -> None:
    members = {**unpacked(drawn), files.ARCHIVE: unpacked(plain)[files.ARCHIVE]}
    with pytest.raises(Refusal, match=r"elections\.bundle_differs") as refused:
        recounting.recount(packed(members, tmp_path), 1)
    assert refused.value.facts["file"] == files.SEAL


def test_a_lot_that_is_left_out_is_missed(drawn: bytes, tmp_path: Path) -> None:
    members = unpacked(drawn)
    del members[files.LOT]
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(packed(members, tmp_path), 1)
    assert refused.value.facts == {"file": files.LOT, "problem": "missing"}


def test_a_public_draw_in_place_of_the_computed_lot_is_found(drawn: bytes, tmp_path: Path) -> None:
    members = unpacked(drawn)
    shape = json.loads(members[files.LOT])
    own = {"schema": shape["schema"], "procedure": "public_draw", "election": shape["election"]}
    members[files.LOT] = canonical({**own, "order": {"board": shape["order"]["board"][::-1]}})
    with pytest.raises(Refusal, match=r"elections\.bundle_differs") as refused:
        recounting.recount(packed(members, tmp_path), 1)
    assert refused.value.facts == {"file": files.LOT, "at": "procedure"}


def test_a_digest_that_the_readme_does_not_say_is_found(drawn: bytes, tmp_path: Path) -> None:
    members = unpacked(drawn)
    path = tmp_path / "bundel.zip"
    with ZipFile(path, "w", ZIP_STORED) as file:
        for name, raw in {**members, files.CASE: members[files.CASE] + b"\n"}.items():
            file.writestr(name, raw)
    with pytest.raises(Refusal, match=r"elections\.bundle_differs") as refused:
        recounting.recount(path, 1)
    assert refused.value.facts == {"file": files.CASE, "at": "SHA-256"}


@pytest.mark.parametrize("readme", [b"\xff", b"%s  a\n%s  a\n" % (b"0" * 64, b"1" * 64)])
def test_a_readme_that_cannot_be_read_is_refused(
    drawn: bytes, tmp_path: Path, readme: bytes
) -> None:
    path = tmp_path / "bundel.zip"
    with ZipFile(path, "w", ZIP_STORED) as file:
        for name, raw in {**unpacked(drawn), files.README: readme}.items():
            file.writestr(name, raw)
    with pytest.raises(Refusal, match=r"elections\.bundle_file"):
        recounting.recount(path, 1)


# Hostile files


@pytest.fixture
def tiny(tmp_path: Path) -> Members:
    return dict.fromkeys(files.MEMBERS, b"{}")


def hostile(path: Path, members: list[tuple[ZipInfo, bytes]]) -> Path:
    with ZipFile(path, "w") as file:
        for info, raw in members:
            file.writestr(info, raw)
    return path


def entries(members: Members) -> Iterator[tuple[ZipInfo, bytes]]:
    for name, raw in members.items():
        yield ZipInfo(name), raw


@pytest.mark.parametrize(
    "name", ["../zegel.json", "/etc/passwd", "map/zegel.json", "map/", "ZEGEL.JSON", "x.txt"]
)
def test_a_name_that_is_not_ours_is_refused_and_nothing_is_written(
    tiny: Members, tmp_path: Path, name: str
) -> None:
    path = hostile(tmp_path / "b.zip", [*entries(tiny), (ZipInfo(name), b"x")])
    with pytest.raises(Refusal, match=r"elections\.bundle_member"):
        recounting.recount(path, 1)
    assert [one.name for one in tmp_path.iterdir()] == ["b.zip"]


def test_a_name_with_something_hidden_behind_it_is_refused(tiny: Members, tmp_path: Path) -> None:
    """A zip's names end at a zero; what stands behind it must not make it one of ours."""
    tiny["zegel.json-x"] = tiny.pop(files.SEAL)
    path = hostile(tmp_path / "b.zip", [*entries(tiny)])
    path.write_bytes(path.read_bytes().replace(b"zegel.json-x", b"zegel.json\0x"))
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(path, 1)
    assert refused.value.facts["problem"] == "unknown"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_member_that_is_there_twice_is_refused(tiny: Members, tmp_path: Path) -> None:
    path = hostile(tmp_path / "b.zip", [*entries(tiny), (ZipInfo(files.CASE), b"[]")])
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(path, 1)
    assert refused.value.facts == {"file": files.CASE, "problem": "twice"}


@pytest.mark.parametrize("name", [one for one in files.MEMBERS if one != files.LOT])
def test_a_member_that_is_missing_is_named(tiny: Members, tmp_path: Path, name: str) -> None:
    del tiny[name]
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(hostile(tmp_path / "b.zip", [*entries(tiny)]), 1)
    assert refused.value.facts == {"file": name, "problem": "missing"}


def test_a_bomb_is_refused_before_it_swells(tiny: Members, tmp_path: Path) -> None:
    path = tmp_path / "b.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as file:
        for name in tiny:
            file.writestr(name, b"0" * 10_000_000 if name == files.CASE else b"{}")
    assert path.stat().st_size < 100_000
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(path, 1)
    assert refused.value.facts["problem"] == "packed"


def test_a_small_file_that_is_large_is_refused(
    tiny: Members, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recounting, "LARGEST", 1000)
    tiny[files.SEAL] = b"0" * 1001
    path = hostile(tmp_path / "b.zip", [*entries(tiny)])
    folder = tmp_path / "map"
    folder.mkdir()
    for name, raw in tiny.items():
        (folder / name).write_bytes(raw)
    for one in (path, folder):
        with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
            recounting.recount(one, 1)
        assert refused.value.facts == {"file": files.SEAL, "problem": "too_large"}


def test_a_folder_with_something_else_in_it_is_refused(tiny: Members, tmp_path: Path) -> None:
    for name, raw in tiny.items():
        (tmp_path / name).write_bytes(raw)
    (tmp_path / files.LOT).unlink()
    (tmp_path / files.LOT).symlink_to("/etc/hostname")
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(tmp_path, 1)
    assert refused.value.facts == {"file": files.LOT, "problem": "link"}
    (tmp_path / files.LOT).unlink()
    (tmp_path / "foto.jpg").write_bytes(b"")
    with pytest.raises(Refusal, match=r"elections\.bundle_member") as refused:
        recounting.recount(tmp_path, 1)
    assert refused.value.facts == {"file": "foto.jpg", "problem": "unknown"}


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"x" * 1000])
def test_what_is_no_zip_is_refused(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "b.zip"
    path.write_bytes(raw)
    with pytest.raises(Refusal, match=r"elections\.bundle_unreadable"):
        recounting.recount(path, 1)


def test_a_bundle_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal, match=r"elections\.bundle_unreadable"):
        recounting.recount(tmp_path / "niets.zip", 1)
