"""Accounts in the database: invited, taken up, signed in, stopped."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pyotp
import pytest
from sqlalchemy import select, update

from consult.accounts.actions import entry, people
from consult.accounts.actions.approvals import approved
from consult.accounts.core.entry import EVERYBODY, Attempt
from consult.accounts.core.people import Account, Person, person
from consult.accounts.factors import invited_secret
from consult.accounts.store import people as store
from consult.accounts.tables import StaffAccount
from consult.actor import SYSTEM, Actor, Role
from consult.audit.store import head, latest
from consult.db.session import Database
from consult.refusal import Refusal
from consult.web.throttle import note

KEY = bytes(32)
PASSWORD = "vier groene fietsen"
AMINA = person("Amina Yilmaz", "amina@example.org", [Role.CHAIR])
SANNE = person("Sanne de Wit", "sanne@example.org", [Role.SECRETARY])
OTTO = person("Otto Bos", "otto@example.org", [Role.OBSERVER])
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def create(database: Database, now: datetime, newcomer: Person) -> Actor:
    with database.write() as session:
        made = people.create_account(session, SYSTEM, now, newcomer, PASSWORD, SECRET, KEY)
    return Actor(made, newcomer.roles)


def account(database: Database, account_id: str) -> Account:
    with database.read() as session:
        found = store.account(session, account_id)
    assert found is not None
    return found


def invite(database: Database, who: Actor, now: datetime, newcomer: Person) -> tuple[str, str]:
    with database.write() as session:
        token = people.invite(session, who, now, newcomer)
        return token, entry.invited(session, now, token).id


def accept(database: Database, now: datetime, token: str, password: str = PASSWORD) -> str:
    code = pyotp.TOTP(invited_secret(KEY, token)).at(now)
    with database.write() as session:
        return entry.accept_invitation(session, now, token, password, code, KEY)


def try_password(
    database: Database, now: datetime, email: str, password: str, network: str = "192.0.2.0/24"
) -> Attempt:
    with database.write() as session:
        return entry.check_password(session, now, email, password, network, KEY)


def try_code(database: Database, now: datetime, account_id: str, code: str) -> Attempt:
    with database.write() as session:
        return entry.check_code(session, now, account_id, code, KEY)


def test_a_fresh_installation_invites_its_first_people_with_their_roles(
    database: Database, at: datetime
) -> None:
    token, account_id = invite(database, SYSTEM, at, SANNE)
    assert account(database, account_id).roles == {Role.SECRETARY}
    assert not account(database, account_id).active
    assert accept(database, at, token) == account_id
    assert account(database, account_id).active


def test_who_is_invited_by_a_person_has_no_role_until_a_second_person_agrees(
    database: Database, at: datetime
) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    token, otto = invite(database, sanne, at, OTTO)
    accept(database, at, token)
    assert account(database, otto).roles == frozenset()
    assert account(database, otto).wanted == {Role.OBSERVER}
    with database.write() as session:
        people.approve_roles(session, amina, at, otto, OTTO.roles)
    assert account(database, otto).roles == {Role.OBSERVER}
    assert account(database, otto).wanted is None


def test_other_roles_than_the_proposed_ones_cannot_be_approved(
    database: Database, at: datetime
) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    _, otto = invite(database, sanne, at, OTTO)
    with pytest.raises(Refusal, match=r"accounts\.effect_changed"), database.write() as session:
        people.approve_roles(session, amina, at, otto, frozenset({Role.MEMBER}))
    assert account(database, otto).roles == frozenset()


def test_an_approval_of_one_account_is_none_for_another(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    _, otto = invite(database, sanne, at, OTTO)
    with pytest.raises(Refusal, match=r"accounts\.proposal_missing"), database.write() as session:
        people.approve_roles(session, amina, at, sanne.account_id, OTTO.roles)
    assert account(database, otto).roles == frozenset()


def test_a_grant_that_was_used_is_not_used_again(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    _, otto = invite(database, sanne, at, OTTO)
    with database.write() as session:
        people.approve_roles(session, amina, at, otto, OTTO.roles)
    with pytest.raises(Refusal, match=r"accounts\.already_approved"), database.write() as session:
        people.approve_roles(session, amina, at, otto, OTTO.roles)


def test_roles_that_exclude_each_other_are_not_even_proposed(
    database: Database, at: datetime
) -> None:
    sanne = create(database, at, SANNE)
    _, otto = invite(database, sanne, at, OTTO)
    both = frozenset({Role.FACILITATOR, Role.MEMBER})
    with pytest.raises(Refusal, match=r"accounts\.roles_excluded"), database.write() as session:
        people.propose_roles(session, sanne, at, otto, both)


def test_only_a_secretary_invites(database: Database, at: datetime) -> None:
    amina = create(database, at, AMINA)
    with pytest.raises(Refusal, match=r"accounts\.propose_not_yours"), database.write() as session:
        people.invite(session, amina, at, OTTO)
    with database.read() as session:
        assert [held.name for held in store.accounts(session)] == [AMINA.name]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (Person("Somebody Else", "amina@example.org", AMINA.roles), "accounts.email_taken"),
        (Person("AMINA yilmaz", "other@example.org", AMINA.roles), "accounts.name_taken"),
    ],
)
def test_nobody_gets_a_second_account(
    database: Database, at: datetime, second: Person, code: str
) -> None:
    create(database, at, AMINA)
    with pytest.raises(Refusal) as refused, database.write() as session:
        people.invite(session, SYSTEM, at, second)
    assert refused.value.code == code


def test_a_link_is_used_up_by_taking_up_the_account(database: Database, at: datetime) -> None:
    token, _ = invite(database, SYSTEM, at, AMINA)
    accept(database, at, token)
    with pytest.raises(Refusal, match=r"accounts\.invitation_used"):
        accept(database, at, token, "een heel ander wachtwoord")


def test_of_many_who_use_a_link_at_once_one_succeeds(database: Database, at: datetime) -> None:
    token, _ = invite(database, SYSTEM, at, AMINA)

    def outcome(_: int) -> str:
        try:
            accept(database, at, token)
        except Refusal as refusal:
            return refusal.code
        return "joined"

    with ThreadPoolExecutor(4) as pool:
        outcomes = sorted(pool.map(outcome, range(4)))
    assert outcomes == ["accounts.invitation_used"] * 3 + ["joined"]


def test_a_link_runs_out_after_seven_days_also_for_looking(
    database: Database, at: datetime
) -> None:
    token, _ = invite(database, SYSTEM, at, AMINA)
    late = at + timedelta(days=7)
    with pytest.raises(Refusal, match=r"accounts\.invitation_expired"):
        accept(database, late, token)
    with pytest.raises(Refusal, match=r"accounts\.invitation_expired"), database.read() as session:
        entry.invited(session, late, token)


def test_a_made_up_link_is_refused(database: Database, at: datetime) -> None:
    with pytest.raises(Refusal, match=r"accounts\.invitation_unknown"):
        accept(database, at, "made-up")


def test_the_token_of_a_link_is_not_in_the_database(database: Database, at: datetime) -> None:
    token, _ = invite(database, SYSTEM, at, AMINA)
    with database.read() as session:
        dump = session.connection().exec_driver_sql("SELECT * FROM staff_invitation").all()
    assert dump
    assert token not in repr(dump)


def test_a_wrong_code_or_a_weak_password_leaves_the_link_unused(
    database: Database, at: datetime
) -> None:
    token, _ = invite(database, SYSTEM, at, AMINA)
    with pytest.raises(Refusal, match=r"accounts\.code_wrong"), database.write() as session:
        entry.accept_invitation(session, at, token, PASSWORD, "000000", KEY)
    with pytest.raises(Refusal, match=r"accounts\.password_short"):
        accept(database, at, token, "kort")
    accept(database, at, token)


def test_a_password_and_a_code_sign_in(database: Database, at: datetime) -> None:
    amina = create(database, at, AMINA)
    assert try_password(database, at, " AMINA@example.org", PASSWORD).account_id == amina.account_id
    code = pyotp.TOTP(SECRET).at(at)
    assert try_code(database, at, amina.account_id, f"{code[:3]} {code[3:]}").account_id
    with database.read() as session:
        newest = latest(session, 1)[0]
    assert (newest.kind, newest.who) == ("accounts.signed_in", amina.account_id)


def test_a_code_is_good_once(database: Database, at: datetime) -> None:
    amina = create(database, at, AMINA)
    code = pyotp.TOTP(SECRET).at(at)
    assert try_code(database, at, amina.account_id, code).account_id
    assert try_code(database, at, amina.account_id, code).account_id is None
    later = at + timedelta(seconds=30)
    assert try_code(database, later, amina.account_id, code).account_id is None
    assert try_code(database, later, amina.account_id, pyotp.TOTP(SECRET).at(later)).account_id


def test_the_code_that_took_up_the_account_is_used_up(database: Database, at: datetime) -> None:
    token, account_id = invite(database, SYSTEM, at, AMINA)
    accept(database, at, token)
    code = pyotp.TOTP(invited_secret(KEY, token)).at(at)
    assert try_code(database, at, account_id, code).account_id is None


def test_of_many_with_one_code_at_once_one_succeeds(database: Database, at: datetime) -> None:
    amina = create(database, at, AMINA)
    code = pyotp.TOTP(SECRET).at(at)
    with ThreadPoolExecutor(4) as pool:
        tries = pool.map(lambda _: try_code(database, at, amina.account_id, code), range(4))
    assert sum(attempt.account_id is not None for attempt in tries) == 1


def test_a_code_of_a_minute_ago_or_ahead_is_refused(database: Database, at: datetime) -> None:
    amina = create(database, at, AMINA)
    for away in (-60, 60):
        code = pyotp.TOTP(SECRET).at(at + timedelta(seconds=away))
        assert try_code(database, at, amina.account_id, code) == Attempt()


def test_wrong_passwords_have_to_wait_and_the_right_one_too(
    database: Database, at: datetime
) -> None:
    create(database, at, AMINA)
    for _ in range(5):
        assert try_password(database, at, AMINA.email, "fout") == Attempt()
    waits = try_password(database, at, AMINA.email, PASSWORD)
    assert waits.account_id is None
    assert 0 < waits.wait <= 15 * 60


def test_waiting_ends_by_itself_and_is_not_made_longer_by_trying(
    database: Database, at: datetime
) -> None:
    create(database, at, AMINA)
    for _ in range(20):
        wait = try_password(database, at, AMINA.email, "fout").wait
    assert try_password(database, at + timedelta(seconds=wait), AMINA.email, PASSWORD).account_id


def test_somebody_elsewhere_is_not_kept_waiting(database: Database, at: datetime) -> None:
    create(database, at, AMINA)
    for _ in range(6):
        try_password(database, at, AMINA.email, "fout")
    assert try_password(database, at, AMINA.email, PASSWORD, "198.51.100.0/24").account_id


def test_guesses_from_many_networks_have_to_wait_too(database: Database, at: datetime) -> None:
    create(database, at, AMINA)
    networks = [f"198.51.{n}.0/24" for n in range(25)]
    tries = [try_password(database, at, AMINA.email, "fout", n).wait for n in networks + networks]
    assert tries == [0] * 50
    for network in networks:
        assert try_password(database, at, AMINA.email, PASSWORD, network).wait > 0


def test_guesses_from_many_networks_keep_nobody_out_who_comes_from_another(
    database: Database, at: datetime
) -> None:
    create(database, at, AMINA)
    for n in range(50):
        try_password(database, at, AMINA.email, "fout", f"198.51.{n % 10}.0/24")
    assert try_password(database, at, AMINA.email, PASSWORD, "203.0.113.0/24").account_id


def test_who_tries_all_addresses_keeps_out_nobody_but_her_own_network(
    database: Database, at: datetime
) -> None:
    create(database, at, AMINA)
    flooding = "198.51.100.0/24"
    with database.write() as session:
        for bucket in ("accounts.everybody", f"accounts.network:{flooding}"):
            for _ in range(EVERYBODY.attempts):
                note(session, at, bucket, seconds=EVERYBODY.seconds)
    assert try_password(database, at, "nobody@example.org", "fout", flooding).wait > 0
    assert try_password(database, at, AMINA.email, PASSWORD, flooding).wait > 0
    assert try_password(database, at, AMINA.email, PASSWORD).account_id


def test_an_unknown_address_has_to_wait_just_the_same(database: Database, at: datetime) -> None:
    create(database, at, AMINA)
    for email in (AMINA.email, "nobody@example.org"):
        tries = [try_password(database, at, email, "fout").wait for _ in range(6)]
        assert tries[:5] == [0] * 5
        assert tries[5] > 0


def test_signing_in_forgets_the_mistakes_before_it(database: Database, at: datetime) -> None:
    create(database, at, AMINA)
    for _ in range(3):
        for _ in range(4):
            try_password(database, at, AMINA.email, "fout")
        assert try_password(database, at, AMINA.email, PASSWORD).account_id


def test_wrong_codes_have_to_wait(database: Database, at: datetime) -> None:
    amina = create(database, at, AMINA)
    for _ in range(10):
        assert try_code(database, at, amina.account_id, "000000") == Attempt()
    assert try_code(database, at, amina.account_id, pyotp.TOTP(SECRET).at(at)).wait > 0


def test_a_refused_attempt_on_an_account_is_logged_by_its_id(
    database: Database, at: datetime
) -> None:
    amina = create(database, at, AMINA)
    try_password(database, at, AMINA.email, "fout")
    try_code(database, at, amina.account_id, "000000")
    with database.read() as session:
        second, first = latest(session, 2)
    assert first.kind == second.kind == "accounts.sign_in_refused"
    assert first.facts == {"account": amina.account_id, "step": "password"}
    assert second.facts == {"account": amina.account_id, "step": "code"}


def test_nobody_fills_the_log_with_addresses_that_nobody_has(
    database: Database, at: datetime
) -> None:
    create(database, at, AMINA)
    with database.read() as session:
        before = head(session)
    try_password(database, at, "nobody@example.org", "fout")
    with database.read() as session:
        assert head(session) == before


def test_who_stopped_can_no_longer_sign_in(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    with database.write() as session:
        people.disable(session, sanne, at, amina.account_id)
    assert try_password(database, at, AMINA.email, PASSWORD) == Attempt()
    assert try_code(database, at, amina.account_id, pyotp.TOTP(SECRET).at(at)) == Attempt()
    stopped = account(database, amina.account_id)
    assert (stopped.name, stopped.email, stopped.roles) == (AMINA.name, None, frozenset())


def test_an_invitation_ends_with_the_account(database: Database, at: datetime) -> None:
    sanne = create(database, at, SANNE)
    token, otto = invite(database, SYSTEM, at, OTTO)
    with database.write() as session:
        people.disable(session, sanne, at, otto)
    with pytest.raises(Refusal, match=r"accounts\.invitation_unknown"):
        accept(database, at, token)


def test_what_somebody_proposed_lapses_when_she_stops(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    _, otto = invite(database, sanne, at, OTTO)
    with database.write() as session:
        people.disable(session, amina, at, sanne.account_id)
    with pytest.raises(Refusal, match=r"accounts\.proposal_missing"), database.write() as session:
        people.approve_roles(session, amina, at, otto, OTTO.roles)


def test_nobody_stops_herself_so_that_somebody_is_left(database: Database, at: datetime) -> None:
    sanne = create(database, at, SANNE)
    with pytest.raises(Refusal, match=r"accounts\.own_account"), database.write() as session:
        people.disable(session, sanne, at, sanne.account_id)


def test_who_stopped_is_stopped(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    with database.write() as session:
        people.disable(session, sanne, at, amina.account_id)
    for act in (people.propose_roles, people.approve_roles):
        with pytest.raises(Refusal, match=r"accounts\.stopped"), database.write() as session:
            act(session, sanne, at, amina.account_id, AMINA.roles)


def test_an_account_that_nobody_made_is_refused(database: Database, at: datetime) -> None:
    sanne = create(database, at, SANNE)
    with pytest.raises(Refusal, match=r"accounts\.unknown"), database.write() as session:
        people.disable(session, sanne, at, "nobody")


def test_who_comes_back_is_invited_anew(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    with database.write() as session:
        people.disable(session, sanne, at, amina.account_id)
    assert create(database, at, AMINA).account_id != amina.account_id


@pytest.mark.usefixtures("costly_passwords")
def test_neither_the_password_nor_the_secret_of_the_codes_is_in_the_database(
    database: Database, at: datetime
) -> None:
    create(database, at, AMINA)
    with database.read() as session:
        password, totp = session.execute(select(StaffAccount.password, StaffAccount.totp)).one()
    assert password.startswith("$argon2id$v=19$m=19456,t=2,p=1$")
    assert SECRET.encode() not in totp


def test_a_sealed_secret_is_of_no_use_with_another_account(
    database: Database, at: datetime
) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    with database.write() as session:
        sealed = session.scalar(
            select(StaffAccount.totp).where(StaffAccount.id == sanne.account_id)
        )
        session.execute(
            update(StaffAccount).where(StaffAccount.id == amina.account_id).values(totp=sealed)
        )
    with pytest.raises(Exception, match="Decryption failed"):
        try_code(database, at, amina.account_id, pyotp.TOTP(SECRET).at(at))


def test_giving_roles_is_on_record_as_approved(database: Database, at: datetime) -> None:
    sanne, amina = create(database, at, SANNE), create(database, at, AMINA)
    _, otto = invite(database, sanne, at, OTTO)
    effect = f"{otto}:observer".encode()
    with database.write() as session:
        assert not approved(session, "accounts.grant", otto, effect)
        people.approve_roles(session, amina, at, otto, OTTO.roles)
        assert approved(session, "accounts.grant", otto, effect)
        kinds = [event.kind for event in latest(session, 3)]
    assert kinds == ["accounts.roles_given", "accounts.approved", "accounts.proposed"]
