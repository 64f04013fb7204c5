"""Everything that a stranger needs to count an election again, as one file.

The file is a zip without compression, whose members have one order, one date and one mode: the
same election always gives the same bytes. Its last member says the SHA-256 of the others.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, Final
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from consult.canonical import canonical
from consult.elections.core.signing import SIGNERS, Signed, missing
from consult.refusal import Refusal

SEAL: Final = "zegel.json"
CASE: Final = "telling.json"
LOT: Final = "loting.json"
RECORD: Final = "proces-verbaal.jsonl"
SIGNATURES: Final = "handtekeningen.json"
DOCUMENT: Final = "uitslag.json"
ARCHIVE: Final = "archief.bel"
README: Final = "LEESMIJ.txt"

SMALL: Final = (SEAL, CASE, LOT, RECORD, SIGNATURES, DOCUMENT, README)
"""Members that are read into memory."""
OPTIONAL: Final = frozenset({LOT})
"""Nobody had to draw."""
MEMBERS: Final = (*SMALL[:-1], ARCHIVE, README)

SCHEMA: Final = "consult-signatures/1"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the first day that a zip knows
_LINE: Final = re.compile(r"([0-9a-f]{64})  ([\w.-]+)", re.ASCII)


def bundle(members: Iterable[tuple[str, Iterable[bytes]]], about: str) -> Iterator[bytes]:
    """The zip, piece by piece; ``about`` is what its README says before the digests."""
    pipe, digests = _Pipe(), {}
    with ZipFile(pipe, "w", ZIP_STORED) as packed:
        for name, pieces in members:
            hashed = hashlib.sha256()
            # The archive may pass 4 GB, and nobody knows before it is written.
            with packed.open(_info(name), "w", force_zip64=name == ARCHIVE) as member:
                for piece in pieces:
                    hashed.update(piece)
                    member.write(piece)
                    yield from pipe.take()
            digests[name] = hashed.hexdigest()
        packed.writestr(_info(README), readme(about, digests))
    yield from pipe.take()


def readme(about: str, digests: Mapping[str, str]) -> str:
    """What is in the bundle; ``sha256sum --check`` reads these lines too."""
    lines = [f"{digest}  {name}" for name, digest in digests.items()]
    return "\n".join([about.strip(), "", *lines, ""])


def digests_in(raw: bytes) -> dict[str, str]:
    """The SHA-256 that a README says of each member.

    Raises:
        Refusal: ``elections.bundle_file``.
    """
    try:
        text = raw.decode()
    except UnicodeDecodeError as error:
        raise Refusal("elections.bundle_file", file=README, at="UTF-8") from error
    found = [match for match in map(_LINE.fullmatch, text.splitlines()) if match]
    if len({match[2] for match in found}) < len(found):
        raise Refusal("elections.bundle_file", file=README, at="sha256")
    return {match[2]: match[1] for match in found}


def signatures_file(record: str, signed: Sequence[Signed]) -> bytes:
    """Who signed the record with this SHA-256."""
    names = [{"name": one.name, "role": one.role, "day": one.day.isoformat()} for one in signed]
    return canonical({"schema": SCHEMA, "record": record, "signed": names})


def read_signatures(raw: bytes, record: str) -> list[Signed]:
    """Who signed, if that was the record with this SHA-256 and nobody is missing.

    Raises:
        Refusal: ``elections.bundle_file`` or ``elections.bundle_differs``, with the place.
    """
    try:
        shape: Any = json.loads(raw)
        signed = [
            Signed(str(one["name"]), str(one["role"]), date.fromisoformat(one["day"]))
            for one in shape["signed"]
        ]
        held = shape["record"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise Refusal("elections.bundle_file", file=SIGNATURES, at="signed") from error
    if held != record:
        raise Refusal("elections.bundle_differs", file=SIGNATURES, at="record")
    if missing(one.role for one in signed) or {one.role for one in signed} - set(SIGNERS):
        raise Refusal("elections.bundle_differs", file=SIGNATURES, at="signed")
    if signatures_file(record, signed) != raw:
        raise Refusal("elections.bundle_file", file=SIGNATURES, at="schema")
    return signed


def difference(ours: bytes, theirs: bytes) -> str:
    """Where two files first differ: a field of JSON, with the line where there are more."""
    mine, other = ours.splitlines(), theirs.splitlines()
    for number, (line, said) in enumerate(zip(mine, other, strict=False), start=1):
        if line != said:
            place = _field(line, said)
            return f"{number}: {place}" if len(mine) > 1 else place
    return f"{min(len(mine), len(other)) + 1}:"


def _field(ours: bytes, theirs: bytes) -> str:
    try:
        return _path(json.loads(ours), json.loads(theirs), "")
    except (ValueError, RecursionError):
        return "JSON"


def _path(ours: Any, theirs: Any, where: str) -> str:
    if isinstance(ours, dict) and isinstance(theirs, dict):
        for name in (*ours, *theirs):
            if name not in ours or name not in theirs or ours[name] != theirs[name]:
                return _path(ours.get(name), theirs.get(name), f"{where}.{name}".lstrip("."))
    if isinstance(ours, list) and isinstance(theirs, list) and len(ours) == len(theirs):
        for place, (one, other) in enumerate(zip(ours, theirs, strict=True)):
            if one != other:
                return _path(one, other, f"{where}[{place}]")
    return where or "JSON"


def _info(name: str) -> ZipInfo:
    made = ZipInfo(name, _EPOCH)
    made.external_attr, made.create_system = 0o644 << 16, 3
    return made


class _Pipe(io.RawIOBase):
    """Takes what is written until somebody asks for it."""

    def __init__(self) -> None:
        super().__init__()
        self._held: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._held.append(bytes(data))
        return len(data)

    def take(self) -> Iterator[bytes]:
        held, self._held = self._held, []
        yield from held
