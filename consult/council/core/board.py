"""The board on a day: who sits, who holds which office, and whether that is lawful.

Days are half open everywhere: a mandate holds from ``start`` up to, and without, ``end``.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from consult.council.core.agreement import BOARD_SIZE, Agreement, Office, rules_on
from consult.council.core.rules import TENANT, Person, Rule, RuleSet, in_group, lawful


class Ending(StrEnum):
    """Why a mandate ended before its time. For the council's own eyes."""

    RESIGNED = "resigned"
    MOVED = "moved"
    STADSWONEN = "stadswonen"
    NOT_CUSTOMER = "not_customer"
    DIED = "died"
    OTHER = "other"


class Verdict(StrEnum):
    """What a check comes to. ``OPEN``: a post is vacant, and with it the rule can still be met."""

    KEPT = "kept"
    OPEN = "open"
    BROKEN = "broken"


class Part(StrEnum):
    """Of whom a rule speaks."""

    BOARD = "board"
    CHAIR = "chair"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class Term:
    """An office that somebody holds; ``end`` is ``None`` as long as nobody ended it.

    ``acting``: for the time being, until the office is given for good. ``id``: its appointment.
    """

    office: Office
    start: date
    end: date | None = None
    acting: bool = False
    id: str = ""

    def holds(self, day: date) -> bool:
        """Whether the office is held on the day."""
        return self.start <= day and (self.end is None or day < self.end)


@dataclass(frozen=True, slots=True)
class Mandate:
    """A seat that somebody was given.

    ``tenancy`` says from which day on the person is or is not a tenant of a dwelling; its first
    entry is the day of seating. ``ending`` is told only when the mandate ended before its time;
    ``planned`` is then the day on which it would have ended.
    """

    id: str
    name: str
    start: date
    end: date
    tenancy: tuple[tuple[date, bool], ...]
    terms: tuple[Term, ...] = ()
    election_id: str | None = None
    ending: Ending | None = None
    planned: date | None = None

    @property
    def term_end(self) -> date:
        """The day up to which the seat was given, whatever happened since."""
        return self.planned or self.end

    def sits(self, day: date) -> bool:
        """Whether this is a seat on the board on the day."""
        return self.start <= day < self.end

    def is_tenant(self, day: date) -> bool:
        """Whether the person is a tenant of a dwelling on the day."""
        known = [(since, tenant) for since, tenant in self.tenancy if since <= day]
        return max(known)[1] if known else False

    def offices(self, day: date) -> tuple[Office, ...]:
        """The offices that the person holds on the day."""
        if not self.sits(day):
            return ()
        return tuple(term.office for term in self.terms if term.holds(day))

    def acting(self, day: date) -> tuple[Office, ...]:
        """Which of the offices that the person holds on the day are for the time being."""
        held = self.offices(day)
        return tuple(one.office for one in self.terms if one.acting and one.holds(day) and held)


@dataclass(frozen=True, slots=True)
class Check:
    """One rule on one day: of ``size`` people ``have`` count; ``least`` to ``most`` may.

    ``part``: of whom it is asked. ``of``: the rule itself; the size of the board has none.
    """

    rule: str
    article: str
    verdict: Verdict
    size: int
    have: int
    least: int
    most: int
    part: Part = Part.BOARD
    of: Rule | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """The composition of the board on a day; members with an office come first, then by name.

    ``may_change`` and ``may_leave``: how many tenants could become something else than tenants, or
    leave, one after the other, before the board would break a rule.
    """

    day: date
    members: tuple[Mandate, ...]
    tenants: int
    checks: tuple[Check, ...]
    may_change: int
    may_leave: int

    @property
    def size(self) -> int:
        """How many people sit on the board."""
        return len(self.members)

    @property
    def broken(self) -> tuple[Check, ...]:
        """The rules that are not kept."""
        return tuple(check for check in self.checks if check.verdict is Verdict.BROKEN)

    @property
    def lawful(self) -> bool:
        """Whether no rule is broken. A vacant office breaks none; a board of nobody does."""
        return not self.broken

    def holder(self, office: Office) -> Mandate | None:
        """Who holds the office on the day."""
        return next((one for one in self.members if office in one.offices(self.day)), None)


def served(mandates: Iterable[Mandate], terms: Mapping[str, int], begins: date) -> int:
    """How many terms in a row somebody has behind her on a day; 0 without a seat up to that day.

    ``terms``: which term in a row it is, by id of her mandates.
    """
    before = (
        terms[one.id] for one in mandates if one.id in terms and one.start < begins <= one.end
    )
    return max(before, default=0)


def composition(mandates: Iterable[Mandate], rules: Agreement, day: date) -> Status:
    """Who sits on the day, and how that stands to the rules."""
    members = _ordered((mandate for mandate in mandates if mandate.sits(day)), day)
    board = persons(members, day)
    return Status(
        day=day,
        members=members,
        tenants=in_group(board, TENANT),
        checks=(
            _size(rules, len(board)),
            *(_check(rules, rule, board, vacant=0) for rule in rules.board.hard),
            *_chair(rules, members, day),
            *_executive(rules, members, day),
        ),
        may_change=_spare(board, rules.board, Person("")),
        may_leave=_spare(board, rules.board),
    )


def ahead(
    mandates: Sequence[Mandate], agreements: Sequence[Agreement], day: date
) -> tuple[Status, ...]:
    """The composition on each later day on which something is already known to change.

    Newer rules are such a change too.
    """
    return tuple(
        composition(mandates, rules_on(agreements, change), change)
        for change in changes(mandates, agreements)
        if change > day
    )


def changes(mandates: Sequence[Mandate], agreements: Sequence[Agreement]) -> list[date]:
    """Every day on which seats, tenancies, offices or rules are known to change, in order."""
    days = {agreement.start for agreement in agreements}
    for mandate in mandates:
        days |= {mandate.start, mandate.end, *(since for since, _ in mandate.tenancy)}
        ends = {term.end for term in mandate.terms if term.end is not None}
        days |= ends | {term.start for term in mandate.terms}
    return sorted(days)


def persons(members: Iterable[Mandate], day: date) -> list[Person]:
    """The members as the rules see them."""
    return [
        Person(one.id, frozenset({TENANT}) if one.is_tenant(day) else frozenset())
        for one in members
    ]


def _ordered(members: Iterable[Mandate], day: date) -> tuple[Mandate, ...]:
    rank = {office: place for place, office in enumerate(Office)}

    def place(one: Mandate) -> tuple[int, str, str]:
        first = min((rank[office] for office in one.offices(day)), default=len(rank))
        return first, one.name, one.id

    return tuple(sorted(members, key=place))


def _size(rules: Agreement, size: int) -> Check:
    verdict = Verdict.KEPT if 1 <= size <= rules.largest_board else Verdict.BROKEN
    article = rules.articles[BOARD_SIZE]
    return Check(BOARD_SIZE, article, verdict, size, size, 1, rules.largest_board)


def _chair(rules: Agreement, members: Iterable[Mandate], day: date) -> tuple[Check, ...]:
    chairs = [one for one in members if Office.CHAIR in one.offices(day)]
    people = persons(chairs, day)
    return tuple(
        _check(rules, rule, people, vacant=1 - len(chairs), part=Part.CHAIR)
        for rule in rules.chair.hard
    )


def _executive(rules: Agreement, members: Iterable[Mandate], day: date) -> tuple[Check, ...]:
    """Somebody with two posts counts once; a vacant post can still go to a tenant."""
    executive = [one for one in members if one.offices(day)]
    filled = {office for one in executive for office in one.offices(day)}
    people, vacant = persons(executive, day), len(Office) - len(filled)
    return tuple(
        _check(rules, rule, people, vacant=vacant, part=Part.EXECUTIVE)
        for rule in rules.executive.hard
    )


def _check(
    rules: Agreement,
    rule: Rule,
    people: Collection[Person],
    *,
    vacant: int,
    part: Part = Part.BOARD,
) -> Check:
    size, have = len(people), in_group(people, rule.group)
    least, most = rule.least(size), rule.most(size)
    verdict = Verdict.BROKEN
    if least <= have <= most:
        verdict = Verdict.KEPT
    elif have < least and rule.least(size + vacant) <= have + vacant:
        verdict = Verdict.OPEN
    return Check(rule.id, rules.articles[rule.id], verdict, size, have, least, most, part, rule)


def _spare(board: Collection[Person], rules: RuleSet, *instead: Person) -> int:
    """How many tenants can go, one after the other, ``instead`` coming in the place of each."""
    tenants = [one for one in board if TENANT in one.groups]
    others = [one for one in board if TENANT not in one.groups]
    spare = 0
    while spare < len(tenants):
        others += instead
        if not lawful([*tenants[spare + 1 :], *others], rules):
            break
        spare += 1
    return spare
