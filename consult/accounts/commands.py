"""The command line's door: the first people of a fresh installation."""

from collections.abc import Sequence

from consult.accounts.actions.people import invite as make_invitation
from consult.accounts.core.people import person
from consult.actor import SYSTEM, Role
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal


def invite(settings: Settings, name: str, email: str, roles: Sequence[str]) -> int:
    """Print the link by which somebody takes up an account with ``roles``.

    Whoever may run commands on the machine stands in for the second person here: a fresh
    installation has nobody to approve.

    Raises:
        Refusal: ``accounts.role_unknown``; as ``people.invite`` and ``core.people.person``.
    """
    newcomer = person(name, email, [_role(role) for role in roles])
    database = Database(settings.database_url)
    try:
        with database.write() as session:
            token = make_invitation(session, SYSTEM, now(), newcomer)
    finally:
        database.dispose()
    print(f"{settings.base_url}/uitnodiging/{token}")
    return 0


def _role(name: str) -> Role:
    if name not in set(Role):
        raise Refusal("accounts.role_unknown", role=name, known=", ".join(Role))
    return Role(name)
