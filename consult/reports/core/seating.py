"""The seats of candidates and boards beside the base, as an edition may tell them."""

from collections.abc import Mapping, Sequence

from consult.reports.core.chain import Group, Members
from consult.reports.core.edition import Body, Seats, Table, Verdict
from consult.reports.core.response.small_bodies import Share, shares


def seated_in(body: Members, tables: Sequence[Table], total: int) -> Body:
    """A body by the groups whose base is told in ``tables``; ``total``: everybody in the base."""
    bases = {table.dimension: _bases(table) for table in tables}
    seats = {
        dimension: _seats(bases[dimension], members, body.size, total)
        for dimension, members in body.groups.items()
        if bases.get(dimension)
    }
    return Body(body.stage, body.size, seats)


def small_bases(groups: Sequence[Group], least: int) -> frozenset[str]:
    """Groups whose base hides, where bases are told of one dimension apart and nothing else.

    Two at least, and ``least`` people together: then each of them can be anything up to that.
    """
    small = [one for one in groups if one.base < least]
    others = sorted((one for one in groups if one.base >= least), key=_base_then_label)
    while small and others and (len(small) == 1 or sum(one.base for one in small) < least):
        small.append(others.pop(0))
    return frozenset(one.label for one in small)


def _base_then_label(group: Group) -> tuple[int, str]:
    return group.base, group.label


def _bases(table: Table) -> dict[str, int]:
    """The base of each group, as far as it is told."""
    found = {row.group.label: row.group.base for row in table.rows}
    return found | {one.label: one.base for one in table.hidden if one.base is not None}


def _seats(
    bases: Mapping[str, int], members: Mapping[str, int], size: int, total: int
) -> tuple[Seats, ...]:
    """Groups whose base is told; all others count in the whole alone.

    A group that is not named has no members only where those that are named add up to the body.
    """
    everybody = sum(members.values()) == size
    named = bases if everybody else [label for label in bases if label in members]
    held = {label: members.get(label, 0) for label in named}
    known = {label: seen for label, seen in held.items() if 0 < bases[label] >= seen}
    rest = max(total - sum(bases[label] for label in known), size - sum(known.values()))
    found = shares(
        [bases[label] for label in known],
        list(known.values()),
        (rest, size - sum(known.values())),
        untold=len(bases) - len(held),
    )
    whole = rest + sum(bases[label] for label in known)
    return tuple(
        Seats(
            label,
            bases[label] / whole,
            one.members,
            one.expected,
            one.one_sided,
            _verdict(one),
        )
        for label, one in zip(known, found, strict=True)
    )


def _verdict(share: Share) -> Verdict:
    if not share.certain:
        return Verdict.EQUAL
    return Verdict.UNDER if share.members < share.expected else Verdict.OVER
