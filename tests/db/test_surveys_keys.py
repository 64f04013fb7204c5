"""Two people of the council hold the keys: making them, and showing that each opens."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from consult.actor import Actor, Role
from consult.db.session import Database
from consult.refusal import Refusal
from consult.surveys.actions import keys, opening
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.store import consultations, holders
from tests.consultations import (
    CHAIR,
    CHEAP,
    PASSPHRASE,
    PREPARED,
    SECRETARY,
    TODAY,
    drafted,
    estate,
    key_file,
    with_key,
)

MEMBER = Actor("member", frozenset({Role.MEMBER}))
LATER = PREPARED + timedelta(hours=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.write() as opened:
        yield opened


def proved(session: Session, made: str) -> list[bool]:
    return [one.proved_at is not None for one in holders.holders(session, made)]


def test_two_holders_have_two_keys_of_which_either_is_proved_alone(session: Session) -> None:
    made = drafted(session)
    files = {who: key_file(session, made, who) for who in (SECRETARY, CHAIR)}
    assert keys.prove(session, CHAIR, LATER, made, files[CHAIR], PASSPHRASE) is None
    held = holders.holders(session, made)
    assert [(one.account_id, one.proved_at) for one in held] == [
        ("chair", LATER),
        ("secretary", None),
    ]
    assert held[0].public_key != held[1].public_key


def test_a_test_envelope_is_sealed_to_both_so_a_first_holder_waits_for_the_second(
    session: Session,
) -> None:
    made = drafted(session)
    file = key_file(session, made, SECRETARY)
    with pytest.raises(Refusal, match=r"surveys\.key_holders"):
        keys.prove(session, SECRETARY, LATER, made, file, PASSPHRASE)


@pytest.mark.parametrize(
    ("phrase", "code"),
    [("kort", "passphrase_short"), ("Groen in uw buurt", "passphrase_title")],
)
def test_a_passphrase_that_protects_nothing_makes_no_key(
    session: Session, phrase: str, code: str
) -> None:
    made = drafted(session)
    found = keys.make(session, SECRETARY, PREPARED, made, phrase, "", CHEAP)
    assert isinstance(found, Problem)
    assert found.code == code
    assert holders.holders(session, made) == ()


def test_a_new_key_undoes_every_proof(session: Session) -> None:
    made, old = with_key(session)
    assert proved(session, made) == [True, True]
    new = key_file(session, made, SECRETARY)
    assert proved(session, made) == [False, False]
    assert keys.prove(session, SECRETARY, LATER, made, old, PASSPHRASE) == Problem("key_file_old")
    assert keys.prove(session, SECRETARY, LATER, made, new, PASSPHRASE) is None


def test_the_file_of_somebody_else_proves_nothing(session: Session) -> None:
    made = drafted(session)
    files = {who: key_file(session, made, who) for who in (SECRETARY, CHAIR)}
    found = keys.prove(session, SECRETARY, LATER, made, files[CHAIR], PASSPHRASE)
    assert found == Problem("key_file_holder")
    found = keys.prove(session, SECRETARY, LATER, made, files[SECRETARY], PASSPHRASE + "x")
    assert found == Problem("passphrase_wrong")
    assert proved(session, made) == [False, False]


def test_who_holds_no_key_proves_none(session: Session) -> None:
    made, file = with_key(session)
    with pytest.raises(Refusal, match=r"surveys\.key_missing"):
        keys.prove(session, MEMBER, LATER, made, file, PASSPHRASE)


@pytest.mark.parametrize("also", [Role.REGISTRAR, Role.FACILITATOR, Role.OBSERVER])
def test_a_key_is_for_the_council_and_never_for_who_makes_codes(
    session: Session, also: Role
) -> None:
    made = drafted(session)
    for roles in ({also}, {also, Role.MEMBER}):
        with pytest.raises(Refusal, match=r"surveys\.holder_not_yours"):
            key_file(session, made, Actor("x", frozenset(roles)))


def test_a_third_holder_is_one_too_many_until_another_is_let_go(session: Session) -> None:
    made, _ = with_key(session)
    with pytest.raises(Refusal, match=r"surveys\.holders_full"):
        key_file(session, made, MEMBER)
    keys.let_go(session, SECRETARY, LATER, made, "chair")
    assert proved(session, made) == [False]
    key_file(session, made, MEMBER)
    assert {one.account_id for one in holders.holders(session, made)} == {"secretary", "member"}
    with pytest.raises(Refusal, match=r"surveys\.key_missing"):
        keys.let_go(session, SECRETARY, LATER, made, "chair")


def test_without_two_proved_keys_it_cannot_open(session: Session) -> None:
    estate(session, 3)
    made = drafted(session)
    for obstacle in ("key_holders", "key_holders", "key_unproved"):
        with pytest.raises(Refusal, match=f"obstacle={obstacle}"):
            opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
        key_file(session, made, CHAIR if holders.holders(session, made) else SECRETARY)


def test_opening_fixes_to_whom_answers_are_sealed(session: Session) -> None:
    estate(session, 3)
    made, _ = with_key(session)
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made)
    found = consultations.get(session, made)
    assert found is not None
    assert set(found.recipients) == {one.public_key for one in holders.holders(session, made)}
    for act in (
        lambda: key_file(session, made, SECRETARY),
        lambda: keys.let_go(session, SECRETARY, LATER, made, "chair"),
        lambda: keys.prove(session, SECRETARY, LATER, made, b"", ""),
    ):
        with pytest.raises(Refusal, match=r"surveys\.not_draft"):
            act()


def test_nothing_private_of_a_key_is_kept(database: Database) -> None:
    with database.write() as session:
        made, file = with_key(session)
        box = file.split(b'"private_key": "')[1].split(b'"')[0].decode()
        salt = file.split(b'"salt": "')[1].split(b'"')[0].decode()
    with database.read() as session:
        public = holders.holders(session, made)[0].public_key
    with database.engine.connect() as connection:
        dump = "\n".join(
            str(row)
            for name in ("consultation", "key_holder", "audit_event")
            if connection.dialect.has_table(connection, name)
            for row in connection.exec_driver_sql(f"SELECT * FROM {name}")  # noqa: S608 - fixed names
        )
    assert str(public) in dump
    for secret in (box, salt, PASSPHRASE):
        assert secret not in dump
