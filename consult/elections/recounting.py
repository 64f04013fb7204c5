"""Counting a published bundle again from the command line."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Final
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from consult.elections.actions.recount import Recount
from consult.elections.actions.recount import recount as count_again
from consult.elections.core.bundle import ARCHIVE, MEMBERS, OPTIONAL, SMALL
from consult.refusal import Refusal

LARGEST: Final = 64 * 1024 * 1024
"""Bytes of a member that is read into memory; an archive goes through the disk."""
_ENCRYPTED: Final = 0x1
_PIECE: Final = 1024 * 1024


def recount(path: Path, jobs: int) -> int:
    """Count the bundle at ``path``, a zip or a folder, again, and print what agreed as JSON.

    Raises:
        Refusal: ``elections.bundle_unreadable``, ``elections.bundle_member``; as
            :func:`consult.elections.actions.recount.recount`.
    """
    with _unpacked(path) as folder:
        small = {name: (folder / name).read_bytes() for name in SMALL if (folder / name).exists()}
        archive = folder / ARCHIVE
        with archive.open("rb") as file:
            found = count_again(
                small, archive, hashlib.file_digest(file, "sha256").hexdigest(), jobs
            )
    print(json.dumps(_told(found), ensure_ascii=False, indent=2))
    return 0


def _told(found: Recount) -> Mapping[str, object]:
    counted, figures = found.counted, found.figures
    return {
        "agreed": found.agreed,
        "election": counted.uuid,
        "title": counted.sealed["title"],
        "archive": {
            name: value
            for name, value in asdict(figures).items()
            if name in {"last_event", "fingerprint", "voters", "ballots", "turnout"}
        },
        "elected": {
            office.office: [counted.names[one] for one in office.result.elected]
            for office in counted.offices
        },
        "record": counted.record_hash,
        "program": f"Consult {version('consult')}",
    }


@contextmanager
def _unpacked(path: Path) -> Iterator[Path]:
    """A folder with the members of the bundle, each of them checked to be one."""
    if path.is_dir():
        _check_folder(path)
        yield path
        return
    try:
        with ZipFile(path) as packed, tempfile.TemporaryDirectory() as folder:
            _check_zip(packed.infolist())
            for info in packed.infolist():
                with packed.open(info) as member, (Path(folder) / info.filename).open("wb") as file:
                    shutil.copyfileobj(member, file, _PIECE)
            yield Path(folder)
    except (OSError, BadZipFile, EOFError, ValueError, NotImplementedError) as error:
        found = str(error) or type(error).__name__
        raise Refusal("elections.bundle_unreadable", path=str(path), found=found) from error


def _check_folder(folder: Path) -> None:
    for found in sorted(folder.iterdir()):
        if found.name not in MEMBERS:
            _refuse(found.name, "unknown")
        if found.is_symlink() or not found.is_file():
            _refuse(found.name, "link")
        if found.name in SMALL and found.stat().st_size > LARGEST:
            _refuse(found.name, "too_large")
    _check_all_there({found.name for found in folder.iterdir()})


def _check_zip(infos: list[ZipInfo]) -> None:
    """Only our own kind of zip is opened: whatever could hide something is refused by its name.

    Members are not compressed, so nothing can swell; their names are ours, so nothing can be
    written elsewhere.
    """
    seen: set[str] = set()
    for info in infos:
        if info.orig_filename not in MEMBERS or info.filename not in MEMBERS:
            _refuse(info.orig_filename, "unknown")
        if info.filename in seen:
            _refuse(info.filename, "twice")
        if info.compress_type != ZIP_STORED or info.file_size != info.compress_size:
            _refuse(info.filename, "packed")
        if info.flag_bits & _ENCRYPTED:
            _refuse(info.filename, "packed")
        if info.filename in SMALL and info.file_size > LARGEST:
            _refuse(info.filename, "too_large")
        seen.add(info.filename)
    _check_all_there(seen)


def _check_all_there(found: set[str]) -> None:
    for name in MEMBERS:
        if name not in found and name not in OPTIONAL:
            _refuse(name, "missing")


def _refuse(name: str, problem: str) -> None:
    raise Refusal("elections.bundle_member", file=name[:80], problem=problem)
