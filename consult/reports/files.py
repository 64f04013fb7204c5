"""Files of analysts: read whole, and written whole or not at all."""

import os
import secrets
import shutil
from collections.abc import Iterable
from pathlib import Path

from consult.refusal import Refusal


def content(path: Path) -> bytes:
    """All bytes of a file.

    Raises:
        Refusal: ``reports.file_unreadable``.
    """
    try:
        return path.read_bytes()
    except OSError as error:
        raise Refusal("reports.file_unreadable", file=str(path), found=_reason(error)) from error


def check_writable(path: Path, inputs: Iterable[Path]) -> None:
    """See, before any work, that a file may be made here and is none of those that are read.

    Raises:
        Refusal: ``reports.out_is_input``, ``reports.out_is_folder``, ``reports.out_is_device``,
            ``reports.out_nowhere``.
    """
    if path.is_dir():
        raise Refusal("reports.out_is_folder", file=str(path))
    if path.exists() and not path.is_file():  # it would be replaced by a file, for everybody
        raise Refusal("reports.out_is_device", file=str(path))
    if not path.resolve().parent.is_dir():
        raise Refusal("reports.out_nowhere", folder=str(path.resolve().parent))
    for one in inputs:
        if path.exists() and one.exists() and path.samefile(one):
            raise Refusal("reports.out_is_input", file=str(path))


def write(path: Path, pieces: Iterable[str], mark: bytes = b"") -> None:
    """Write ``mark`` and the pieces, as UTF-8, in the place of what stood at ``path``.

    They go into a new file beside it, which takes its place when it is whole and on the disk. So at
    every moment ``path`` holds all of the old or all of the new, even if we are killed.

    Raises:
        Refusal: ``reports.out_unwritable``.
    """
    place = path.resolve()  # a link stays a link
    beside = place.with_name(f".{place.name}.{secrets.token_hex(4)}.part")
    try:
        with beside.open("xb") as file:
            file.write(mark)
            for piece in pieces:
                file.write(piece.encode())
            file.flush()
            os.fsync(file.fileno())
        if place.exists():
            shutil.copymode(place, beside)  # who could not read it before cannot now
        beside.replace(place)
    except OSError as error:
        raise Refusal("reports.out_unwritable", file=str(path), found=_reason(error)) from error
    finally:
        beside.unlink(missing_ok=True)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
