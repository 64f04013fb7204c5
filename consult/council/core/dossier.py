"""What comes of a consultation: asked, heard, advised, decided by the landlord, done.

A dossier is a row of entries that only grows. A correction is a new entry; what stood there before
stays and is shown. Each entry says by when the next step is due; an extension moves that with
consent (agreement, art. 2.2), and advice may be oral.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final

from consult.refusal import Refusal

DUTCH: Final = "nl"
LONGEST_TEXT: Final = 4000


class Step(StrEnum):
    """The steps, in their order."""

    ASKED = "asked"
    HEARD = "heard"
    ADVISED = "advised"
    DECIDED = "decided"
    DONE = "done"


STEPS: Final = tuple(Step)

DAYS: Final[Mapping[Step, int]] = {
    Step.HEARD: 42,
    Step.ADVISED: 42,
    Step.DECIDED: 42,
    Step.DONE: 182,
}
"""By when a step is due: days after the step before it; ``HEARD`` after the closing.

The agreement is silent (DOMAIN, gap) and lets both parties move a term by consent (art. 2.2): these
are defaults. They stand here and nowhere else; the form takes another day.
"""


class Kind(StrEnum):
    """What an entry is: a step, a further advice (art. 2.5), a correction, a moved term."""

    STEP = "step"
    FURTHER = "further"
    CORRECTION = "correction"
    EXTENSION = "extension"


class Way(StrEnum):
    """How an advice was given (art. 2.2)."""

    WRITTEN = "written"
    ORAL = "oral"


class Outcome(StrEnum):
    """What the landlord does with the advice."""

    FOLLOWS = "follows"
    PARTLY = "partly"
    NOT = "not"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody fills in: ``day`` it happened, ``texts`` by language with Dutch among them.

    ``due``: by when the next step is due; ``None`` takes the default, or leaves it with a
    correction. ``way`` belongs to an advice, ``outcome`` to a decision.
    """

    day: date
    texts: Mapping[str, str]
    due: date | None = None
    way: Way | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. ``corrects`` is the number of the entry whose place a correction takes.

    For an extension ``step`` is the awaited one and ``day`` that of the consent.
    """

    number: int
    kind: Kind
    step: Step
    said: Said
    noted_at: datetime
    corrects: int | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """An entry that holds, with the entries that it corrects, newest first."""

    entry: Entry
    before: tuple[Entry, ...] = ()


@dataclass(frozen=True, slots=True)
class Dossier:
    """All entries of one consultation, in the order in which they were noted."""

    entries: tuple[Entry, ...] = ()

    @property
    def at(self) -> Step | None:
        """The last step that was reached."""
        reached = {entry.step for entry in self.entries if entry.kind is Kind.STEP}
        return max(reached, key=STEPS.index, default=None)

    @property
    def awaited(self) -> Step | None:
        """The step that comes next; ``None`` when all are done."""
        at = self.at
        if at is None:
            return STEPS[0]
        return None if at is STEPS[-1] else STEPS[STEPS.index(at) + 1]

    @property
    def due(self) -> date | None:
        """By when the awaited step is due; the last that was said of it holds."""
        about = {
            **dict.fromkeys((Kind.STEP, Kind.FURTHER, Kind.CORRECTION), self.at),
            Kind.EXTENSION: self.awaited,
        }
        said = [entry.said.due for entry in self.entries if entry.step is about[entry.kind]]
        return next((day for day in reversed(said) if day is not None), None)

    def overdue(self, today: date) -> bool:
        """Whether the awaited step should have been there by now."""
        return self.awaited is not None and self.due is not None and self.due < today

    def shown(self, step: Step) -> tuple[Shown, ...]:
        """What holds of a step: one entry, or more when there were several advices."""
        own = [entry for entry in self.entries if entry.step is step]
        later = {entry.corrects: entry for entry in own if entry.kind is Kind.CORRECTION}
        return tuple(
            _newest(entry, later) for entry in own if entry.kind in {Kind.STEP, Kind.FURTHER}
        )

    def extensions(self, step: Step) -> tuple[Entry, ...]:
        """How the term for a step was moved."""
        return tuple(
            entry for entry in self.entries if entry.kind is Kind.EXTENSION and entry.step is step
        )

    @property
    def done_on(self) -> date | None:
        """The day on which all was done."""
        done = self.shown(Step.DONE)
        return done[0].entry.said.day if done else None


def begin(now: datetime, day: date, closes_on: date, texts: Mapping[str, str]) -> Dossier:
    """A dossier with what was asked; ``day`` is the first on which people can answer."""
    said = Said(day=day, texts=texts, due=closes_on + timedelta(DAYS[Step.HEARD]))
    return Dossier((Entry(number=1, kind=Kind.STEP, step=Step.ASKED, said=said, noted_at=now),))


def advance(dossier: Dossier, now: datetime, today: date, step: Step, said: Said) -> Entry:
    """The entry that notes a step, or a further advice.

    Raises:
        Refusal: ``council.dossier_order`` for any but the awaited step; as :func:`_check`.
    """
    further = step is Step.ADVISED and dossier.at is Step.ADVISED
    if step is not dossier.awaited and not further:
        raise Refusal("council.dossier_order", step=step.value)
    _check(step, said, today)
    _check_row(dossier, step, said)
    if said.due is None and step is not STEPS[-1]:
        said = replace(said, due=default_due(step, said.day))
    kind = Kind.FURTHER if further else Kind.STEP
    return _entry(dossier, now, kind, step, said)


def correct(dossier: Dossier, now: datetime, today: date, number: int, said: Said) -> Entry:
    """The entry that takes the place of the one with that number.

    Raises:
        Refusal: ``council.dossier_entry`` unless that entry is one that holds; as :func:`_check`.
    """
    holding = {shown.entry.number: shown.entry for step in STEPS for shown in dossier.shown(step)}
    if number not in holding:
        raise Refusal("council.dossier_entry")
    step = holding[number].step
    _check(step, said, today)
    _check_row(dossier, step, said)
    return _entry(dossier, now, Kind.CORRECTION, step, said, number)


def extend(dossier: Dossier, now: datetime, today: date, said: Said) -> Entry:
    """The entry that moves the term of the awaited step, with the consent of both parties.

    Raises:
        Refusal: ``council.dossier_nothing_due``, ``council.dossier_due_missing``; as
            :func:`_check`.
    """
    awaited = dossier.awaited
    if awaited is None or dossier.at is None:
        raise Refusal("council.dossier_nothing_due")
    if said.due is None:
        raise Refusal("council.dossier_due_missing", field="due")
    _check(None, said, today)
    return _entry(dossier, now, Kind.EXTENSION, awaited, said)


def default_due(step: Step, day: date) -> date | None:
    """By when the step after ``step`` is due, when that was on ``day``."""
    if step is STEPS[-1]:
        return None
    return day + timedelta(DAYS[STEPS[STEPS.index(step) + 1]])


def _check(step: Step | None, said: Said, today: date) -> None:
    """Refuse what cannot have happened, or lacks something.

    Raises:
        Refusal: ``council.dossier_text``, ``council.dossier_future``, ``council.dossier_due``,
            ``council.dossier_way`` or ``council.dossier_outcome``; ``field`` names the field.
    """
    if not said.texts.get(DUTCH) or any(len(text) > LONGEST_TEXT for text in said.texts.values()):
        raise Refusal("council.dossier_text", field="text_nl", most=LONGEST_TEXT)
    if said.day > today and step is not Step.ASKED:
        raise Refusal("council.dossier_future", field="day")
    if said.due is not None and said.due < said.day:
        raise Refusal("council.dossier_due", field="due")
    if (said.way is None) == (step is Step.ADVISED):
        raise Refusal("council.dossier_way", field="way")
    if (said.outcome is None) == (step is Step.DECIDED):
        raise Refusal("council.dossier_outcome", field="outcome")


def _check_row(dossier: Dossier, step: Step, said: Said) -> None:
    place = STEPS.index(step)
    days = {one: [s.entry.said.day for s in dossier.shown(one)] for one in STEPS}
    before = max((day for one in STEPS[:place] for day in days[one]), default=said.day)
    after = min((day for one in STEPS[place + 1 :] for day in days[one]), default=said.day)
    if said.day < before:
        raise Refusal("council.dossier_before", field="day", day=before)
    if said.day > after:
        raise Refusal("council.dossier_after", field="day", day=after)


def _entry(
    dossier: Dossier,
    now: datetime,
    kind: Kind,
    step: Step,
    said: Said,
    corrects: int | None = None,
) -> Entry:
    number = len(dossier.entries) + 1
    return Entry(number=number, kind=kind, step=step, said=said, noted_at=now, corrects=corrects)


def _newest(entry: Entry, later: Mapping[int | None, Entry]) -> Shown:
    before: list[Entry] = []
    while entry.number in later:
        before.insert(0, entry)
        entry = later[entry.number]
    return Shown(entry, tuple(before))
