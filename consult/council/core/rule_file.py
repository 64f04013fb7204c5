"""A set of rules as a file (schema consult-rules/1, docs/rules-format.md).

There is one spelling of a set; its SHA-256 names it wherever it is used: in the seal of an
election, on the page, in the log.
"""

import hashlib
from collections.abc import Callable, Mapping
from typing import Any, Final

from consult import reading
from consult.canonical import canonical
from consult.council.core.agreement import (
    BOARD_SIZE,
    Agreement,
    Elects,
    Settings,
    Ties,
    Uncontested,
    VoteUnit,
)
from consult.council.core.possible import refuse_impossible
from consult.council.core.rules import (
    TENANT,
    IfShort,
    Max,
    Min,
    MinHard,
    Rule,
    RuleSet,
    ShareGt,
    as_json,
)
from consult.reading import Fields
from consult.refusal import Refusal

SCHEMA: Final = "consult-rules/1"
LARGEST_FILE: Final = 65_536
LONGEST_TEXT: Final = 200
"""Signs of a name or an article."""
LARGEST_BOARD: Final = 99
LONGEST_TERM: Final = 12
MOST_TERMS: Final = 20
LARGEST_PART: Final = 1000
KINDS: Final = ("tenant", "owner", "entrepreneur")
PARTS: Final = ("board", "chair", "executive")
_RULE_FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "share_gt": ("num", "den"),
    "max": ("value",),
    "min_hard": ("value",),
    "min": ("value", "if_short"),
}
_SETTINGS: Final = tuple(Settings.__dataclass_fields__)


def read(raw: bytes) -> Agreement:
    """The rules in a file.

    Raises:
        Refusal: ``reading.*``, ``council.rules_*``; ``field`` names the place, other facts what
            was found there.
    """
    if len(raw) > LARGEST_FILE:
        raise Refusal("council.rules_too_large", most=LARGEST_FILE // 1024)
    top = reading.fields(
        reading.parsed(raw),
        "",
        needed=("schema", "source", "start", "largest_board", *PARTS, "settings"),
        optional=("end",),
    )
    reading.choice(top["schema"], "schema", (SCHEMA,))
    articles: dict[str, str] = {}
    size = reading.fields(top["largest_board"], "largest_board", needed=("value", "article"))
    articles[BOARD_SIZE] = reading.line(size["article"], "largest_board.article", most=LONGEST_TEXT)
    board, chair, executive = (_rule_set(top[part], part, articles) for part in PARTS)
    start = reading.day(top["start"], "start")
    end = reading.day(top["end"], "end") if "end" in top else None
    if end is not None and end <= start:
        raise Refusal("council.rules_end_before_start", field="end", start=start, end=end)
    found = Agreement(
        reading.line(top["source"], "source", most=LONGEST_TEXT),
        start,
        reading.whole(size["value"], "largest_board.value", least=1, most=LARGEST_BOARD),
        board,
        chair,
        executive,
        articles,
        _settings(top["settings"]),
        end,
    )
    refuse_impossible(found)
    return found


def write(agreement: Agreement) -> bytes:
    """The one spelling of the rules; :func:`read` gives back the same."""
    largest = {"value": agreement.largest_board, "article": agreement.articles[BOARD_SIZE]}
    shape: dict[str, Any] = {
        "schema": SCHEMA,
        "source": agreement.source,
        "start": agreement.start.isoformat(),
        "largest_board": largest,
        "settings": settings_json(agreement.settings),
    }
    if agreement.end is not None:
        shape["end"] = agreement.end.isoformat()
    for part in PARTS:
        rules: RuleSet = getattr(agreement, part)
        shape[part] = [
            {**rule, "article": agreement.articles[str(rule["id"])]} for rule in as_json(rules)
        ]
    return canonical(shape)


def fingerprint(agreement: Agreement) -> str:
    """SHA-256, in hex, of the one spelling of the rules."""
    return hashlib.sha256(write(agreement)).hexdigest()


def for_seal(agreement: Agreement) -> dict[str, Any]:
    """What the seal of an election says of the rules that it keeps."""
    return {
        "source": agreement.source,
        "start": agreement.start.isoformat(),
        "sha256": fingerprint(agreement),
        **{part: as_json(getattr(agreement, part)) for part in PARTS},
        "settings": settings_json(agreement.settings),
    }


def settings_json(settings: Settings) -> dict[str, Any]:
    """What the council decided, as the file spells it."""
    found = {name: getattr(settings, name) for name in _SETTINGS}
    return {**found, "electorate": sorted(settings.electorate, key=KINDS.index)}


def _rule_set(value: object, part: str, articles: dict[str, str]) -> RuleSet:
    rules: list[Rule] = []
    for where, item in reading.items(value, part):
        rule, article = _rule(item, where)
        if rule.id in articles:
            raise Refusal("council.rules_id_twice", field=f"{where}.id", id=rule.id)
        if not isinstance(rule, Min) and any(isinstance(one, Min) for one in rules):
            raise Refusal("council.rules_order", field=where)
        articles[rule.id] = article
        rules.append(rule)
    return RuleSet(tuple(rules))


def _rule(item: object, where: str) -> tuple[Rule, str]:
    kind = _kind(item, where)
    found = reading.fields(
        item, where, needed=("id", "type", "group", "article", *_RULE_FIELDS[kind])
    )
    article = reading.line(found["article"], f"{where}.article", most=LONGEST_TEXT)
    name = reading.line(found["id"], f"{where}.id", most=LONGEST_TEXT)
    group = reading.choice(found["group"], f"{where}.group", (TENANT,))
    if kind == "share_gt":
        return _share(found, where, name, group), article
    value = reading.whole(
        found["value"], f"{where}.value", least=0 if kind == "max" else 1, most=LARGEST_BOARD
    )
    if kind == "min":
        spot = f"{where}.if_short"
        if_short = IfShort(reading.choice(found["if_short"], spot, tuple(IfShort)))
        return Min(name, group, value, if_short), article
    return (Max if kind == "max" else MinHard)(name, group, value), article


def _kind(item: object, where: str) -> str:
    """The type comes first: it says which other fields belong there."""
    names = item if isinstance(item, dict) else ()
    found = reading.fields(item, where, needed=("type",), optional=names)
    return reading.choice(found["type"], f"{where}.type", tuple(_RULE_FIELDS))


def _share(found: Fields, where: str, name: str, group: str) -> ShareGt:
    den = reading.whole(found["den"], f"{where}.den", least=1, most=LARGEST_PART)
    num = reading.whole(found["num"], f"{where}.num", least=0, most=LARGEST_PART)
    if num >= den:
        raise Refusal("council.rules_share_whole", field=f"{where}.num", num=num, den=den)
    return ShareGt(name, group, num, den)


def _settings(value: object) -> Settings:
    found = reading.fields(value, "settings", needed=_SETTINGS)

    def one(name: str, choices: Callable[[str], Any], known: tuple[str, ...]) -> Any:
        return choices(reading.choice(found[name], f"settings.{name}", known))

    if found["vote_unit"] != VoteUnit.PERSON:
        raise Refusal("council.rules_vote_unit", field="settings.vote_unit")
    most = found["most_terms"]
    return Settings(
        vote_unit=VoteUnit.PERSON,
        electorate=_electorate(found["electorate"]),
        ties=one("ties", Ties, tuple(Ties)),
        unfilled=one("unfilled", IfShort, tuple(IfShort)),
        uncontested=one("uncontested", Uncontested, tuple(Uncontested)),
        chair_by=one("chair_by", Elects, tuple(Elects)),
        executive_by=one("executive_by", Elects, tuple(Elects)),
        term_years=reading.whole(
            found["term_years"], "settings.term_years", least=1, most=LONGEST_TERM
        ),
        most_terms=None
        if most is None
        else reading.whole(most, "settings.most_terms", least=1, most=MOST_TERMS),
        co_optation=reading.yes_or_no(found["co_optation"], "settings.co_optation"),
    )


def _electorate(value: object) -> tuple[str, ...]:
    where = "settings.electorate"
    kinds = [reading.choice(item, spot, KINDS) for spot, item in reading.items(value, where)]
    if not kinds:
        raise Refusal("council.rules_nobody_votes", field=where)
    for place, kind in enumerate(kinds):
        if kind in kinds[:place]:
            raise Refusal("council.rules_id_twice", field=f"{where}[{place}]", id=kind)
    return tuple(sorted(kinds, key=KINDS.index))
