"""Who works with Consult, and which roles may not come together in one person."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from typing import Final

from consult.actor import Role
from consult.refusal import Refusal

LONGEST_NAME: Final = 100
LONGEST_EMAIL: Final = 254
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")

EXCLUSIONS: Final = frozenset(
    frozenset(pair)
    for pair in (
        # Woonstad's ICT imports and sends; it sees no votes, answers, codes or interim figures
        # (agreement art. 8.1; reference/security.md T5, T36 and the line under the §5.3 matrix).
        (Role.FACILITATOR, Role.SECRETARY),
        (Role.FACILITATOR, Role.MEMBER),
        (Role.FACILITATOR, Role.CHAIR),
        (Role.FACILITATOR, Role.SELECTION),
        (Role.FACILITATOR, Role.REGISTRAR),
        (Role.FACILITATOR, Role.OBSERVER),
        # The selection committee is external to the council (infographic S2; DOMAIN, roles).
        (Role.SELECTION, Role.SECRETARY),
        (Role.SELECTION, Role.MEMBER),
        (Role.SELECTION, Role.CHAIR),
        # Who makes the codes neither opens elections nor approves the register, so that no single
        # person can add a vote unnoticed (reference/security.md §2, T5).
        (Role.REGISTRAR, Role.SECRETARY),
        (Role.REGISTRAR, Role.CHAIR),
        # Helpers are given people's codes and answers; who makes codes or works for the landlord
        # is not (docs/adr/0024-filling-in.md).
        (Role.HELPER, Role.FACILITATOR),
        (Role.HELPER, Role.REGISTRAR),
    )
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody to invite: what she is called, where she gets mail, what she may do."""

    name: str
    email: str
    roles: frozenset[Role]


@dataclass(frozen=True, slots=True)
class Account:
    """A member of staff. ``wanted`` are roles that somebody proposed and nobody has approved."""

    id: str
    name: str
    email: str | None
    roles: frozenset[Role]
    wanted: frozenset[Role] | None
    invited_at: datetime
    joined_at: datetime | None
    disabled_at: datetime | None

    @property
    def active(self) -> bool:
        """Whether this person can sign in."""
        return self.joined_at is not None and self.disabled_at is None


def person(name: str, email: str, roles: Iterable[Role]) -> Person:
    """A person whose name, address and roles are in order.

    Raises:
        Refusal: ``accounts.name_invalid``, ``accounts.email_invalid``, or as :func:`check_roles`.
    """
    name = " ".join(name.split())
    if not 2 <= len(name) <= LONGEST_NAME or not name.isprintable():
        raise Refusal("accounts.name_invalid", most=LONGEST_NAME)
    email = address(email)
    if len(email) > LONGEST_EMAIL or not _EMAIL.fullmatch(email):
        raise Refusal("accounts.email_invalid")
    held = frozenset(roles)
    check_roles(held)
    return Person(name, email, held)


def address(email: str) -> str:
    """The one spelling of an e-mail address by which an account is found."""
    return email.strip().casefold()


def check_roles(roles: frozenset[Role]) -> None:
    """Refuse roles that one person may not hold together.

    Raises:
        Refusal: ``accounts.roles_missing``; ``accounts.roles_excluded`` with the two roles.
    """
    if not roles:
        raise Refusal("accounts.roles_missing")
    for pair in combinations(sorted(roles), 2):
        if frozenset(pair) in EXCLUSIONS:
            raise Refusal("accounts.roles_excluded", one=pair[0], other=pair[1])


def roles_effect(account_id: str, roles: frozenset[Role]) -> bytes:
    """What two persons agree on when roles are given: the account and all it will hold."""
    return f"{account_id}:{','.join(sorted(roles))}".encode()
