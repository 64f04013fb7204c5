"""The rules of a case from a file, and which of them cannot be meant."""

from collections.abc import Collection, Sequence

from consult.council.core.rules import (
    TENANT,
    IfShort,
    Max,
    Min,
    MinHard,
    Person,
    Rule,
    RuleSet,
    ShareGt,
)
from consult.reading import Fields, choice, fields, items, text, whole
from consult.refusal import Refusal

LARGEST_BOARD = 1000
_RULE_FIELDS = {
    "share_gt": frozenset({"num", "den"}),
    "max": frozenset({"value"}),
    "min_hard": frozenset({"value"}),
    "min": frozenset({"value"}),
}


class Groups:
    """The groups that exist in a file: those it declares, else those of its people.

    Tenants of a dwelling always exist. A rule that asks for people of a group that does not exist
    is taken for a typing error: it would lower itself, or leave every seat empty.
    """

    def __init__(self, case: Fields, people: Collection[Person]) -> None:
        held = {group for person in people for group in person.groups}
        self._declared = "groups" in case
        listed = [text(item, where) for where, item in items(case.get("groups", []), "groups")]
        for place, group in enumerate(listed):
            if group in listed[:place]:
                raise Refusal("elections.case_id_twice", field=f"groups[{place}]", id=group)
        self.known = frozenset({TENANT, *(listed if self._declared else held)})

    def check_people(self, people: Sequence[Person], where: str) -> None:
        """Refuse somebody in a group that the file does not declare.

        Raises:
            Refusal: ``elections.case_group_unknown``.
        """
        for place, person in enumerate(people):
            for group in sorted(person.groups - self.known):
                raise self._unknown(f"{where}[{place}].groups", group)

    def check_rule(self, rule: Rule, where: str) -> None:
        """Refuse a rule about a group that does not exist.

        Raises:
            Refusal: ``elections.case_group_unknown``.
        """
        asks = isinstance(rule, ShareGt) or (not isinstance(rule, Max) and rule.value > 0)
        if rule.group not in self.known and (asks or self._declared):
            raise self._unknown(f"{where}.group", rule.group)

    def _unknown(self, field: str, group: str) -> Refusal:
        known = ", ".join(sorted(self.known))
        return Refusal("elections.case_group_unknown", field=field, id=group, known=known)


def rule_set(value: object, where: str, groups: Groups, seats: int) -> RuleSet:
    """The rules of one count of a body of at most ``seats``.

    Raises:
        Refusal: ``reading.*``, ``elections.case_*``, also for rules that no body could keep.
    """
    rules: list[Rule] = []
    for spot, item in items(value, where):
        rule = _rule(item, spot)
        if any(rule.id == other.id for other in rules):
            raise Refusal("elections.case_id_twice", field=f"{spot}.id", id=rule.id)
        groups.check_rule(rule, spot)
        rules.append(rule)
    _possible(rules, where, seats)
    return RuleSet(tuple(rules))


def _possible(rules: Sequence[Rule], where: str, seats: int) -> None:
    most: dict[str, int] = {}
    for place, rule in enumerate(rules):
        if isinstance(rule, Max):
            most[rule.group] = min(rule.value, most.get(rule.group, rule.value))
        elif isinstance(rule, MinHard):
            whole(rule.value, f"{where}[{place}].value", most=seats)
    for place, rule in enumerate(rules):
        if isinstance(rule, MinHard) and rule.value > most.get(rule.group, rule.value):
            raise Refusal(
                "elections.case_rules_clash",
                field=f"{where}[{place}].value",
                least=rule.value,
                most=most[rule.group],
                group=rule.group,
            )


def _rule(item: object, where: str) -> Rule:
    kind = _rule_kind(item, where)
    needed = {"id", "group", "type", *_RULE_FIELDS[kind]}
    found = fields(item, where, needed=needed, optional={"if_short"} if kind == "min" else ())
    name, group = text(found["id"], f"{where}.id"), text(found["group"], f"{where}.group")
    if kind == "share_gt":
        den = whole(found["den"], f"{where}.den", least=1, most=LARGEST_BOARD)
        return ShareGt(name, group, whole(found["num"], f"{where}.num", most=den - 1), den)
    value = whole(found["value"], f"{where}.value", most=LARGEST_BOARD)
    if kind == "min":
        spot, choices = f"{where}.if_short", [str(one) for one in IfShort]
        if_short = choice(found.get("if_short", str(IfShort.RELEASE)), spot, choices)
        return Min(name, group, value, IfShort(if_short))
    return Max(name, group, value) if kind == "max" else MinHard(name, group, value)


def _rule_kind(item: object, where: str) -> str:
    """The type comes first: it says which other fields belong there."""
    names = item if isinstance(item, dict) else ()
    found = fields(item, where, needed={"type"}, optional=names)
    return choice(found["type"], f"{where}.type", _RULE_FIELDS)
