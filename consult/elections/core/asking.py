"""What an election asks of who applies, one page at a time, and what counts as an answer."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Final

from consult.elections.core import words
from consult.elections.core.nomination import BOARD, Application
from consult.elections.core.profile import Competence, Needs

LONGEST_NAME: Final = 80
LONGEST_WORDS: Final = 150
"""Words of a statement: a minute's reading, and the same for everybody."""
LONGEST_ANSWER: Final = 75
"""Words for each competence, and for other interests."""


class Kind(StrEnum):
    """What one page of an application asks."""

    NAME = "name"
    STATEMENT = "statement"
    ANSWER = "answer"
    BACKGROUND = "background"
    OFFICES = "offices"
    PHOTO = "photo"
    CONFLICTS = "conflicts"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Step:
    """One page; ``competence`` is what an answer is about."""

    kind: Kind
    competence: Competence | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What an election asks of who applies: its profile, and offices that voters give.

    ``offices`` are those that this applicant may stand for.
    """

    needs: Needs
    offices: tuple[str, ...] = ()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The pages in their order. What the profile has no use for is never asked."""
        return tuple(self._steps())

    def stands_for(self, application: Application) -> frozenset[str]:
        """What she stands for, as far as it can be stood for."""
        return application.stands_for & {BOARD, *self.offices}

    def _steps(self) -> Iterator[Step]:
        yield Step(Kind.NAME)
        yield Step(Kind.STATEMENT)
        yield from (Step(Kind.ANSWER, one) for one in self.needs.competences)
        if self.needs.backgrounds:
            yield Step(Kind.BACKGROUND)
        if self.offices:
            yield Step(Kind.OFFICES)
        yield Step(Kind.PHOTO)
        yield Step(Kind.CONFLICTS)
        yield Step(Kind.CONSENT)

    def missing(self, application: Application | None) -> tuple[int, ...]:
        """The numbers, from 1, of the pages without which nobody can stand."""
        begun = application or Application("", "", "")
        return tuple(
            number for number, step in enumerate(self.steps, 1) if not _filled(begun, step)
        )


@dataclass(frozen=True, slots=True)
class Problem:
    """Why what was filled in cannot stand: a reason, the field, and the limit it speaks of."""

    code: str
    field: str
    limit: int = 0


@dataclass(frozen=True, slots=True)
class Page:
    """One page as it was sent: ``given`` is what was filled in, by field."""

    asked: Asked
    step: Step
    given: Mapping[str, Sequence[str]]
    at: datetime

    def one(self, name: str) -> str:
        """What stands in a field of one value."""
        values = self.given.get(name, ())
        return values[0] if values else ""

    def text(self, name: str, most: int) -> str | Problem:
        """A text of at most so many words, and at least one."""
        text = words.clean(self.one(name))
        if words.count(text) == 0:
            return Problem("text_missing", name)
        return self.optional(name, most)

    def optional(self, name: str, most: int) -> str | Problem:
        """A text of at most so many words, or none."""
        text = words.clean(self.one(name))
        found = words.too_long(text, most)
        if found is None:
            return text
        return Problem("text_signs" if found.signs else "text_words", name, found.signs or most)


Answered = Application | Problem


def answered(application: Application, page: Page) -> Answered:
    """The application with what was filled in on one page, or what is wrong with that.

    Whoever changes something that she had accepted has to accept it again.
    """
    found = _READERS[page.step.kind](application, page)
    return found if isinstance(found, Problem) else reopened(application, found)


def reopened(before: Application, after: Application) -> Application:
    """``after``, to be accepted anew if it says something else than ``before``."""
    same = replace(after, consented_at=before.consented_at) == before
    return after if same else replace(after, submitted_at=None)


def _filled(application: Application, step: Step) -> bool:
    match step.kind:
        case Kind.NAME:
            return bool(application.name)
        case Kind.STATEMENT:
            return bool(application.statement)
        case Kind.ANSWER:
            return bool(step.competence and application.answers.get(step.competence.id))
        case Kind.CONFLICTS:
            return application.staff is not None and application.committee is not None
        case Kind.CONSENT:
            return application.consented_at is not None
        case _:
            return True


def _named(application: Application, page: Page) -> Answered:
    name = words.line(page.one("name"))
    if words.count(name) == 0:
        return Problem("name_missing", "name")
    if len(name) > LONGEST_NAME:
        return Problem("name_long", "name", LONGEST_NAME)
    return replace(application, name=name)


def _stated(application: Application, page: Page) -> Answered:
    text = page.text("statement", LONGEST_WORDS)
    return text if isinstance(text, Problem) else replace(application, statement=text)


def _told(application: Application, page: Page) -> Answered:
    text, about = page.text("answer", LONGEST_ANSWER), page.step.competence
    if isinstance(text, Problem):
        return text
    told = {about.id: text} if about else {}
    return replace(application, answers={**application.answers, **told})


def _background(application: Application, page: Page) -> Answered:
    chosen = frozenset(page.given.get("background", ()))
    if chosen - set(page.asked.needs.backgrounds):
        return Problem("choice_unknown", "background")
    return replace(application, backgrounds=chosen)


def _offices(application: Application, page: Page) -> Answered:
    chosen = frozenset(page.given.get("office", ()))
    if chosen - set(page.asked.offices):
        return Problem("choice_unknown", "office")
    return replace(application, stands_for=chosen | {BOARD})


def _conflicts(application: Application, page: Page) -> Answered:
    for name in ("staff", "committee"):
        if page.one(name) not in {"yes", "no"}:
            return Problem("choice_missing", name)
    interests = page.optional("interests", LONGEST_ANSWER)
    if isinstance(interests, Problem):
        return interests
    return replace(
        application,
        staff=page.one("staff") == "yes",
        committee=page.one("committee") == "yes",
        conflicts=interests,
    )


def _consent(application: Application, page: Page) -> Answered:
    if page.one("consent") != "y":
        return Problem("consent_missing", "consent")
    return replace(application, consented_at=application.consented_at or page.at)


def _photo(application: Application, page: Page) -> Answered:
    """A photo is no words: it goes its own way (``core/photo.py``)."""
    del page
    return application


_READERS: Final[Mapping[Kind, Callable[[Application, Page], Answered]]] = {
    Kind.NAME: _named,
    Kind.STATEMENT: _stated,
    Kind.ANSWER: _told,
    Kind.BACKGROUND: _background,
    Kind.OFFICES: _offices,
    Kind.PHOTO: _photo,
    Kind.CONFLICTS: _conflicts,
    Kind.CONSENT: _consent,
}
