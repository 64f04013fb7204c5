"""Verifying a whole archive, stricter than the public tool.

Everything that ``belenios-tool election verify`` checks (specification 2.0, section 3.5), and
what it leaves out: the exact order of events, no ballot twice, the published encrypted tally and
its size recomputed, every trustee exactly once, the group's constants, no weights, every length,
and no count above the turnout. What no archive can show is taken from outside: the size of the
roll, and events that somebody else has seen (receipts, an older copy).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from mmap import ACCESS_READ, mmap
from os import SEEK_END, PathLike
from pathlib import Path

from consult.belenios.archive import Kind
from consult.belenios.examination import (
    Progress,
    Setup,
    count_ballots,
    open_setup,
    read_outcome,
)
from consult.belenios.invalid import Invalid
from consult.belenios.reading import Event, read
from consult.belenios.tally import Counts


@dataclass(frozen=True)
class Finding:
    """Something wrong: a reason code, and facts that say where."""

    code: str
    facts: dict[str, object]


@dataclass(frozen=True)
class Figures:
    """What the archive holds, as far as it was examined; None where not reached."""

    events: int = 0
    last_event: str | None = None
    """The hash of the last event: whoever has the same has the same archive."""
    stage: str | None = None
    """The kind of the last event; ``Result`` when the election is over."""
    uuid: str | None = None
    name: str | None = None
    fingerprint: str | None = None
    trustees: int | None = None
    voters: int | None = None
    """How many credentials may vote."""
    ballots: int | None = None
    """How many ballots were cast, those later replaced included."""
    turnout: int | None = None
    """How many ballots count: one for each credential that voted."""
    counts: Counts | None = None
    """The verified result, question by question; with a blank, place 0 counts blanks."""


@dataclass(frozen=True)
class Report:
    """The outcome of a verification; valid when nothing was found wrong."""

    findings: tuple[Finding, ...]
    figures: Figures

    @property
    def valid(self) -> bool:
        """Whether everything checked out."""
        return not self.findings

    def json(self) -> dict[str, object]:
        """The report as plain JSON values."""
        return {
            "valid": self.valid,
            "findings": [asdict(finding) for finding in self.findings],
            "figures": asdict(self.figures),
        }


def verify_archive(
    source: bytes | str | PathLike[str],
    jobs: int = 1,
    progress: Progress | None = None,
    *,
    unfinished: bool = False,
    known_events: Iterable[str] = (),
    voters: int | None = None,
) -> Report:
    """Examines an archive, given as bytes or as the path of a file.

    ``jobs`` processes share the ballots. An election without a result is refused unless
    ``unfinished``. Each of ``known_events`` (hashes from receipts, or the last event of an older
    copy) must be in the chain. ``voters`` is how many credentials there should be.
    """
    figures = Figures()
    broken: list[Invalid] = []
    try:
        events = _events(source)
        broken += _outside(events, known_events, unfinished=unfinished)
        for so_far, found in _steps(events, jobs, progress, voters):
            figures = so_far
            broken += found
    except Invalid as stopped:
        broken.append(stopped)
    return Report(tuple(Finding(one.code, one.facts) for one in broken), figures)


def _events(source: bytes | str | PathLike[str]) -> tuple[Event, ...]:
    """The events of an archive; of a file, only what is being looked at is in memory."""
    if isinstance(source, bytes):
        buffer: bytes | mmap = source
    else:
        with Path(source).open("rb") as file:
            size = file.seek(0, SEEK_END)
            buffer = mmap(file.fileno(), size, access=ACCESS_READ) if size else b""
    events = read(buffer).events
    if not events:
        raise Invalid("setup_missing")
    return events


def _outside(
    events: Sequence[Event], known_events: Iterable[str], *, unfinished: bool
) -> list[Invalid]:
    """What is missing from the chain by what others know: its end, or events they have seen."""
    missing = sorted(set(known_events) - {event.hash for event in events})
    broken = [Invalid("event_missing", event=event) for event in missing]
    if events[-1].kind != Kind.RESULT and not unfinished:
        broken.append(Invalid("result_missing", stage=str(events[-1].kind)))
    return broken


def _steps(
    events: Sequence[Event], jobs: int, progress: Progress | None, voters: int | None
) -> Iterator[tuple[Figures, Sequence[Invalid]]]:
    """Each step of the examination: the figures so far, and what it found wrong."""
    last = events[-1]
    figures = Figures(events=len(events), last_event=last.hash, stage=str(last.kind))
    yield figures, ()
    setup = open_setup(events[0], jobs)
    figures = _with_setup(figures, setup)
    yield figures, _roll(len(setup.credentials), voters)
    box = count_ballots(setup, events, jobs, progress)
    figures = replace(figures, ballots=box.cast, turnout=box.turnout)
    yield figures, box.broken
    if not box.broken:
        yield replace(figures, counts=read_outcome(setup, events, box)), ()


def _roll(found: int, expected: int | None) -> list[Invalid]:
    if expected in {None, found}:
        return []
    return [Invalid("voters_mismatch", expected=expected, found=found)]


def _with_setup(figures: Figures, setup: Setup) -> Figures:
    chosen = setup.election
    return replace(
        figures,
        uuid=chosen.uuid,
        name=chosen.name,
        fingerprint=chosen.fingerprint,
        trustees=len(setup.trustees),
        voters=len(setup.credentials),
    )
