"""Counting a published election again, from its files alone: no database, nothing of ours.

The totals come out of the archive, after every proof in it was checked; the seal is the one whose
SHA-256 every ballot carries. From these two and the lot everything else is made again, and must be
the same bytes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from consult.belenios import election, reading, tally
from consult.belenios.archive import BLOCK
from consult.belenios.verify import Figures, verify_archive
from consult.council.core.agreement import Ties
from consult.elections.actions.document import document
from consult.elections.core import bundle as files
from consult.elections.core import lotfile, official
from consult.elections.core.balance import Balance
from consult.elections.core.election import digest, parse_seal
from consult.elections.core.lotfile import ComputedLot, Lot, PublicDraw
from consult.elections.core.official import Box, Counted
from consult.elections.core.outcome import DrawNeeded
from consult.elections.core.sealed import Outcome, contests, count_sealed
from consult.refusal import Refusal
from consult.site import core as site

_NO_SEAL = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError)


@dataclass(frozen=True, slots=True)
class Recount:
    """What came out of it, all of which agrees with what is published."""

    figures: Figures
    counted: Counted
    agreed: tuple[str, ...]


def recount(small: Mapping[str, bytes], archive: Path, archive_hash: str, jobs: int = 1) -> Recount:
    """Count an election again. ``small``: the members of the bundle but for the archive.

    Raises:
        Refusal: ``elections.bundle_differs`` with the ``file`` and the place ``at`` which it
            differs; ``elections.bundle_file`` for a file that cannot be read;
            ``elections.bundle_archive`` with the findings of the verification.
    """
    _check_digests(small, archive_hash)
    report = verify_archive(archive, jobs=jobs)
    if not report.valid:
        codes = ", ".join(dict.fromkeys(finding.code for finding in report.findings))
        raise Refusal("elections.bundle_archive", codes=codes)
    figures, seal = report.figures, small[files.SEAL]
    try:
        _check_seal(seal, _first_event(archive), figures)
        lot = _lot(small.get(files.LOT), parse_seal(seal), _totals_hash(figures))
        found = count_sealed(seal, figures.counts or (), figures.turnout or 0, lot)
        _check_count(small, found, lot)
        counted = official.counted(seal, found, lot, _box(figures))
        _check_document(small, counted)
    except _NO_SEAL as error:
        raise Refusal("elections.bundle_file", file=files.SEAL, at=str(error)[:80]) from error
    agreed = [name for name in files.MEMBERS if name in small or name == files.ARCHIVE]
    return Recount(figures, counted, tuple(agreed))


def _check_digests(small: Mapping[str, bytes], archive_hash: str) -> None:
    """The README says of every file the SHA-256 that it has."""
    said = files.digests_in(small[files.README])
    found = {name: digest(raw) for name, raw in small.items() if name != files.README}
    found[files.ARCHIVE] = archive_hash
    for name in (*found, *said):
        if said.get(name) != found.get(name):
            raise Refusal("elections.bundle_differs", file=name, at="SHA-256")


def _first_event(archive: Path) -> reading.Event:
    """The setup of an archive that was verified: its first event with its data."""
    taken, name = b"", ""
    with archive.open("rb") as file:
        while not name.endswith(".event.json"):
            header = file.read(BLOCK)
            name = header[:100].rstrip(b"\0").decode()
            size = int(header[124:135], 8)
            taken += header + file.read(size + -size % BLOCK)
    return reading.read(taken).events[0]


def _check_seal(seal: bytes, setup: reading.Event, figures: Figures) -> None:
    """The seal is the one that the ballots of this archive were made for."""
    paper = election.parse(bytes(setup.data[0]))
    sealed = parse_seal(seal)
    names = {one["id"]: one["name"] for one in sealed["candidates"]}
    asked = tuple(tuple(names[one] for one in who) for who in contests(sealed).values())
    agrees = {
        "SHA-256": paper.description == f"Consult seal SHA-256 {digest(seal)}",
        "uuid": sealed["uuid"] == paper.uuid,
        "title": sealed["title"] == paper.name,
        "candidates": asked == tuple(question.answers for question in paper.questions),
        "credentials": sealed["credentials"] == digest(bytes(setup.data[2])),
        "voters": sealed["voters"] == figures.voters,
    }
    for place, holds in agrees.items():
        if not holds:
            raise Refusal("elections.bundle_differs", file=files.SEAL, at=place)


def _lot(raw: bytes | None, sealed: Mapping[str, Any], totals: str) -> Lot | None:
    """The lot, if it is the one that the seal announced, made for these totals."""
    ties = sealed["ties"]
    if raw is None:
        if ties["procedure"] != str(Ties.PUBLIC_DRAW):
            raise Refusal("elections.bundle_member", file=files.LOT, problem="missing")
        return None
    try:
        lot = lotfile.read(raw)
    except Refusal as refusal:
        at = refusal.facts.get("field", "JSON")
        raise Refusal("elections.bundle_differs", file=files.LOT, at=at) from refusal
    agrees = {"election": lot.election == sealed["uuid"], **_announced(lot, ties)}
    if isinstance(lot, ComputedLot):
        agrees["totals"] = lot.totals == totals
        agrees["contests"] = lot.json()["contests"] == contests(sealed)
    for place, holds in agrees.items():
        if not holds:
            raise Refusal("elections.bundle_differs", file=files.LOT, at=place)
    return lot


def _announced(lot: Lot, ties: Mapping[str, Any]) -> dict[str, bool]:
    """Whether a lot was made as the seal says."""
    if isinstance(lot, PublicDraw):
        return {"procedure": ties["procedure"] == str(Ties.PUBLIC_DRAW)}
    committed = [{"name": one.name, "commitment": one.commitment} for one in lot.holders]
    return {
        "procedure": ties["procedure"] == str(Ties.COMMIT_BEACON),
        "beacon_named": lot.named == ties.get("beacon"),
        "holders": committed == ties.get("commitments"),
    }


def _check_count(small: Mapping[str, bytes], found: Outcome, lot: Lot | None) -> None:
    _same(files.CASE, found.case, small)
    if lot is not None:
        _same(files.LOT, found.lot, small)
    if isinstance(found.result, DrawNeeded):
        raise Refusal("elections.bundle_differs", file=files.RECORD, at="lot_order")
    _same(files.RECORD, found.record, small)


def _check_document(small: Mapping[str, bytes], counted: Counted) -> None:
    """The published text says what was counted, word for word."""
    signed = files.read_signatures(small[files.SIGNATURES], counted.record_hash)
    try:
        held = json.loads(small[files.DOCUMENT])
        texts = {"slug": held["slug"], "kind": held["kind"], "texts": held["texts"]}
    except _NO_SEAL as error:
        raise Refusal("elections.bundle_file", file=files.DOCUMENT, at="texts") from error
    made = document(counted, signed)
    ours = {"slug": made.slug, "kind": made.kind, "texts": site.texts_to_data(made.texts)}
    ours_raw, theirs_raw = (json.dumps(one, sort_keys=True).encode() for one in (ours, texts))
    if ours_raw != theirs_raw:
        at = files.difference(ours_raw, theirs_raw)
        raise Refusal("elections.bundle_differs", file=files.DOCUMENT, at=at)


def _same(name: str, ours: bytes, small: Mapping[str, bytes]) -> None:
    if small[name] != ours:
        at = files.difference(ours, small[name])
        raise Refusal("elections.bundle_differs", file=name, at=at)


def _totals_hash(figures: Figures) -> str:
    return digest(tally.result_file(figures.counts or ()))


def _box(figures: Figures) -> Box:
    cast, counted = figures.ballots or 0, figures.turnout or 0
    return Box(
        balance=Balance(cast, cast - counted, counted, counted),
        voters=figures.voters or 0,
        head=figures.last_event or "",
        totals=_totals_hash(figures),
    )
