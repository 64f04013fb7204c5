"""The pages of the keys, and of opening what was answered."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.register.core.codes import CONSULTATION_DIGITS, Code, parse
from consult.surveys.actions import closing, keys
from consult.surveys.jobs import tick
from consult.surveys.store import consultations, envelopes, holders
from tests.cast import Member, join, sign_in
from tests.consultations import (
    AFTER,
    CHEAP,
    CLOSES,
    PASSPHRASE,
    PREPARED,
    WHILE_OPEN,
    Running,
    answer,
    drafted,
    estate,
    running,
    server_keys,
)

Staff = Callable[..., FlaskClient]
NEW = {"passphrase": PASSPHRASE, "again": PASSPHRASE}


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """A try of a passphrase that costs next to nothing, for keys that the pages make."""
    made: Callable[..., Any] = keys.make
    monkeypatch.setattr(keys, "make", lambda *given: made(*given[:6], CHEAP))


def at(moment: datetime) -> Any:
    return time_machine.travel(moment, tick=False)


def key(file: bytes, phrase: str = PASSPHRASE, **more: str) -> dict[str, Any]:
    """A form with a key file and a passphrase."""
    return {"file": (BytesIO(file), "sleutel.json"), "typed": phrase, **more}


def made_keys(database: Database, *people: FlaskClient) -> tuple[str, list[bytes]]:
    """A draft for which these people made and proved keys through the pages."""
    with database.write() as session:
        estate(session, 30)
        made = drafted(session)
    page = f"/raad/raadplegingen/{made}/sleutel"
    files = [client.post(f"{page}/maken", data=NEW).data for client in people]
    for client, file in zip(people, files, strict=True):
        assert client.post(page, data=key(file)).location == page
    return made, files


def test_two_people_make_a_key_each_and_prove_it(staff: Staff, database: Database) -> None:
    with at(PREPARED), database.write() as session:
        made = drafted(session)
    with at(PREPARED):
        secretary, chair = staff(Role.SECRETARY, name="Sanne"), staff(Role.CHAIR, name="Amina")
        page = f"/raad/raadplegingen/{made}/sleutel"
        assert "Nog niemand heeft een sleutel." in secretary.get(page).text
        first = secretary.post(f"{page}/maken", data=NEW)
        assert first.headers["Content-Disposition"].startswith("attachment;")
        assert first.headers["Cache-Control"] == "no-store"
        assert b"consult-answer-key-2" in first.data
        assert "private_key" not in secretary.get(page).text
        assert "Vraag een tweede mens van de raad" in secretary.get(page).text
        assert "Probeer mijn sleutel" not in secretary.get(page).text
        assert secretary.post(page, data=key(first.data)).status_code == 409
        second = chair.post(f"{page}/maken", data=NEW)
        for client, file in ((secretary, first), (chair, second)):
            assert client.post(page, data=key(file.data)).location == page
        shown = secretary.get(page).text
        assert shown.count("geprobeerd op") == 2
        assert "Sanne" in shown
        assert "Amina" in shown


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"passphrase": "te kort", "again": "te kort"}, "Neem minstens 12 tekens."),
        ({"passphrase": PASSPHRASE, "again": "iets heel anders"}, "Typ twee keer hetzelfde."),
        ({"passphrase": "Groen in uw buurt", "again": "Groen in uw buurt"}, "De titel is te makk"),
        ({"passphrase": "aaaaaaaaaaaaa", "again": "aaaaaaaaaaaaa"}, "te makkelijk te raden"),
        ({"passphrase": "ab " * 90, "again": "ab " * 90}, "Er passen 200 tekens in."),
        ({}, "Neem minstens 12 tekens."),
    ],
)
def test_a_passphrase_that_will_not_do_is_refused_at_its_field(
    staff: Staff, database: Database, typed: dict[str, str], told: str
) -> None:
    with database.write() as session:
        made = drafted(session)
    with at(PREPARED):
        answered = staff(Role.SECRETARY).post(
            f"/raad/raadplegingen/{made}/sleutel/maken", data=typed
        )
    assert told in answered.text
    assert f'value="{typed.get("passphrase")}"' not in answered.text
    with database.read() as session:
        assert holders.holders(session, made) == ()


def test_each_mistake_with_a_key_file_has_its_own_words(staff: Staff, database: Database) -> None:
    with at(PREPARED):
        secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
        made, (file, other) = made_keys(database, secretary, chair)
        page = f"/raad/raadplegingen/{made}/sleutel"
        for data, told in (
            ({}, "Dit is geen goed sleutelbestand."),
            (key(b"{}"), "Dit is geen goed sleutelbestand."),
            (key(file[:200]), "Dit is geen goed sleutelbestand."),
            (key(other), "Dit is de sleutel van iemand anders."),
            (key(file, "iets anders"), "De wachtzin klopt niet."),
        ):
            answered = secretary.post(page, data=data)
            assert told in answered.text
            assert "iets anders" not in answered.text
        secretary.post(f"{page}/maken", data=NEW)
        assert "U hebt later een nieuwe gemaakt." in secretary.post(page, data=key(file)).text


def test_the_secretary_takes_a_holder_off_the_list(staff: Staff, database: Database) -> None:
    with at(PREPARED):
        secretary, chair = staff(Role.SECRETARY), staff(Role.CHAIR)
        made, _ = made_keys(database, secretary, chair)
        page = f"/raad/raadplegingen/{made}/sleutel"
        assert "Trek de sleutel" not in chair.get(page).text
        with database.read() as session:
            account = holders.holders(session, made)[1].account_id
        assert secretary.post(f"{page}/weg", data={"account": account}).location == page
        with database.read() as session:
            assert len(holders.holders(session, made)) == 1


@dataclass(frozen=True)
class Held:
    """A consultation that thirty people answered, and the two people who hold its keys."""

    run: Running
    secretary: Member
    chair: Member
    file: bytes

    @property
    def page(self) -> str:
        return f"/raad/raadplegingen/{self.run.id}/zegels"


@pytest.fixture
def held(app: Flask, database: Database, settings: Settings, staff: Staff) -> Held:
    secretary, chair = (join(app, database, [role]) for role in (Role.SECRETARY, Role.CHAIR))
    with at(PREPARED):
        clients = [sign_in(app.test_client(), member) for member in (secretary, chair)]
        made, (file, _) = made_keys(database, *clients)
        assert clients[0].post(f"/raad/raadplegingen/{made}/openen").status_code == 303
        letters = staff(Role.REGISTRAR).post(f"/raad/raadplegingen/{made}/brieven").text
    typed = dict.fromkeys(re.findall(r"(?:\d{4}-){3}\d{4}", letters))
    codes = [parse(one, CONSULTATION_DIGITS) for one in typed]
    with database.write() as session:
        found = consultations.get(session, made)
        assert found is not None
        known = tuple(code for code in codes if isinstance(code, Code))
        run = Running(made, found.slug, file, known, server_keys(settings))
        for code in run.codes:
            answer(session, settings, run, code)
    return Held(run, secretary, chair, file)


def test_while_it_is_open_nothing_can_be_opened(app: Flask, held: Held) -> None:
    with at(WHILE_OPEN):
        secretary = sign_in(app.test_client(), held.secretary)
        assert "nog niet gesloten" in secretary.get(held.page).text
        assert secretary.post(held.page, data={"act": "propose"}).status_code == 409
        assert secretary.post(held.page, data=key(held.file, act="open")).status_code == 409


def test_from_closing_to_opened_answers(
    app: Flask, database: Database, settings: Settings, held: Held
) -> None:
    page = held.page
    with at(AFTER):
        secretary, chair = (
            sign_in(app.test_client(), member) for member in (held.secretary, held.chair)
        )
        assert "Nog even wachten" in secretary.get(page).text
        tick(database, settings)
        shown = secretary.get(page).text
        assert shown.count(">nog niet<") == 2
        assert "Stel voor om te openen" in shown
        assert secretary.post(page, data=key(held.file, act="open")).status_code == 409
        secretary.post(page, data={"act": "propose"})
        assert "Nu moet iemand anders van de raad instemmen." in secretary.get(page).text
        assert "Stem in met openen" not in secretary.get(page).text
        assert f'href="{page}"' in chair.get("/raad/goedkeuringen").text
        assert chair.post(page, data={"act": "approve", "shown": "0"}).status_code == 409
        chair.post(page, data={"act": "approve", "shown": shown_effect(chair, page)})
        wrong = secretary.post(page, data=key(held.file, "iets heel anders", act="open"))
        assert "De wachtzin klopt niet." in wrong.text
        done = secretary.post(page, data=key(held.file, act="open"))
        assert done.location == page
        tick(database, settings)
        shown = chair.get(page).text
        assert "De antwoorden zijn geopend" in shown
        assert "nog niet" not in shown
    with database.read() as session:
        assert len(list(envelopes.answers(session, held.run.id))) == 30


def shown_effect(client: FlaskClient, page: str) -> str:
    """The fingerprint on which the page lets somebody agree."""
    seen = re.search(r'name="shown" value="(\w+)"', client.get(page).text)
    assert seen is not None
    return seen[1]


def test_somebody_without_a_key_sees_who_holds_one(
    app: Flask, staff: Staff, database: Database, settings: Settings, held: Held
) -> None:
    with at(AFTER):
        member, secretary = staff(Role.MEMBER), sign_in(app.test_client(), held.secretary)
        tick(database, settings)
        member.post(held.page, data={"act": "propose"})
        secretary.post(
            held.page, data={"act": "approve", "shown": shown_effect(secretary, held.page)}
        )
        assert "Nu opent iemand met een sleutel de antwoorden." in member.get(held.page).text
        assert "Open de antwoorden" not in member.get(held.page).text
        assert "Open de antwoorden" in secretary.get(held.page).text


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.REGISTRAR, Role.OBSERVER, Role.SELECTION])
def test_nobody_outside_the_council_comes_near_keys_or_seals(
    staff: Staff, database: Database, settings: Settings, role: Role
) -> None:
    with database.write() as session:
        run = running(session, settings)
        closing.pass_time(session, CLOSES, CLOSES.date())
    client = staff(role)
    base = f"/raad/raadplegingen/{run.id}"
    for path in ("sleutel", "zegels"):
        assert client.get(f"{base}/{path}").status_code == 403
    for path in ("sleutel", "sleutel/maken", "sleutel/weg", "zegels"):
        assert client.post(f"{base}/{path}", data=NEW).status_code == 403
