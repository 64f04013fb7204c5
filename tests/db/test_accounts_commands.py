"""The first people of a fresh installation, from the command line."""

from dataclasses import replace
from datetime import timedelta

import pytest

from consult.accounts.actions.entry import invited
from consult.accounts.commands import invite
from consult.actor import Role
from consult.clock import now
from consult.config import Settings
from consult.db.session import Database
from consult.refusal import Refusal


def test_a_link_is_printed_that_leads_to_the_account_with_its_role(
    settings: Settings, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    reachable = replace(settings, base_url="https://raad.example.org")
    assert invite(reachable, "Sanne de Wit", "sanne@example.org", ["secretary", "member"]) == 0
    base, _, token = capsys.readouterr().out.strip().rpartition("/")
    assert base == "https://raad.example.org/uitnodiging"
    with database.read() as session:
        account = invited(session, now() + timedelta(days=6), token)
    assert (account.name, account.roles) == ("Sanne de Wit", {Role.SECRETARY, Role.MEMBER})


@pytest.mark.parametrize(
    ("roles", "code"),
    [
        (["boss"], "accounts.role_unknown"),
        ([], "accounts.roles_missing"),
        (["facilitator", "secretary"], "accounts.roles_excluded"),
    ],
)
def test_roles_that_are_not_in_order_are_refused(
    settings: Settings, database: Database, roles: list[str], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        invite(settings, "Sanne de Wit", "sanne@example.org", roles)
    assert refused.value.code == code
