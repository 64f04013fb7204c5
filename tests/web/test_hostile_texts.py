"""Whatever staff or tenants write is shown as the text that it is, on every page (security T18)."""

import re
from dataclasses import replace

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import belonging, drafting, opening
from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.questions.choices import OneChoice, Scale, SeveralChoices
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.core.asking.words import words
from consult.surveys.core.consultation import Consultation
from consult.surveys.store import holders
from tests import elections
from tests.cast import join, sign_in
from tests.consultations import (
    AFTER,
    PASSPHRASE,
    PLAN,
    PREPARED,
    REGISTRAR,
    SECRETARY,
    SUBJECT,
    TODAY,
    WHILE_OPEN,
    Running,
    answer,
    estate,
    options,
    proved_keys,
    server_keys,
    unsealed,
)

HOSTILE = "\"'></textarea></title><script>alert(1)</script><img src=x onerror=alert(1)>{{7*7}}"
OURS = re.compile(r'<script (type="module" )?src="/static/|<script type="application/json"')
QUESTIONS: tuple[Question, ...] = (
    OneChoice(
        id="q1",
        text=words(HOSTILE),
        help=words(HOSTILE),
        options=options(a=HOSTILE, b="Ja"),
    ),
    SeveralChoices(
        id="q2", text=words(HOSTILE), options=options(a=HOSTILE, b="Ja", c="Nee"), most=2
    ),
    Scale(id="q3", text=words(HOSTILE), steps=5, low=words(HOSTILE), high=words(HOSTILE)),
    OpenText(id="q4", text=words(HOSTILE), limit=300),
)
FORM = ("a", "a", "1", HOSTILE)


def shown(client: FlaskClient, path: str) -> str:
    """The page, in which the text stands and has become neither markup nor a program."""
    page = client.get(path, follow_redirects=True)
    assert (path, page.status_code) == (path, 200)
    scripts = re.findall(r"<script\b[^>]*>", page.text, re.IGNORECASE)
    assert (path, [tag for tag in scripts if not OURS.match(tag)]) == (path, [])
    assert (path, "<img src=x" in page.text, "&gt;49" in page.text) == (path, False, False)
    assert page.text.count("</title>") == 1
    assert (path, "alert(1)" in page.text) == (path, True)
    return page.text


def consultation(session: Session, settings: Settings) -> Running:
    """A consultation of which every text is hostile."""
    plan = replace(PLAN, title=words(HOSTILE), intro=words(HOSTILE))
    made = drafting.draft(session, SECRETARY, PREPARED, plan)
    assert isinstance(made, Consultation)
    for question in QUESTIONS:
        assert drafting.put_question(session, SECRETARY, PREPARED, made.id, question) is None
    file = proved_keys(session, made.id)
    belonging.set_subject(session, SECRETARY, PREPARED, made.id, SUBJECT)
    opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made.id)
    key = settings.key("register.codes")
    codes = tuple(c for _, c in opening.issue_codes(session, REGISTRAR, PREPARED, key, made.id))
    return Running(made.id, made.slug, file, codes, server_keys(settings))


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        estate(session, 30)
        return consultation(session, settings)


def test_a_tenant_sees_texts_as_texts(app: Flask, run: Running) -> None:
    with time_machine.travel(WHILE_OPEN, tick=False):
        client, page = app.test_client(), f"/meedoen/{run.slug}"
        shown(client, "/")
        shown(client, page)
        client.post(page, data={"code": str(run.codes[0])})
        for number, value in enumerate(FORM, 1):
            shown(client, f"{page}/vraag/q{number}")
            client.post(f"{page}/vraag/q{number}", data={"answer": value})
        shown(client, f"{page}/controle")
        wrong = client.post(page, data={"code": HOSTILE})
        assert "<script>alert" not in wrong.text
        assert client.post(f"{page}/controle").location == f"{page}/bedankt"


def test_the_council_and_the_public_see_texts_as_texts(
    app: Flask, database: Database, settings: Settings, run: Running
) -> None:
    with database.write() as session:
        for code in run.codes[:15]:
            given = {"q1": "a", "q2": ("a",), "q3": 1, "q4": HOSTILE}
            answer(session, settings, run, code, given)
        unsealed(session, run)
    desk, public = f"/raad/raadplegingen/{run.id}", app.test_client()
    with time_machine.travel(AFTER, tick=False):
        secretary, chair = (
            sign_in(app.test_client(), join(app, database, [role], f"{role} {HOSTILE[:70]}"))
            for role in (Role.SECRETARY, Role.CHAIR)
        )
        secretary.post(f"{desk}/terugkoppeling", data={"heard-nl": HOSTILE, "will_do-nl": HOSTILE})
        secretary.post(f"{desk}/publiceren", data={"act": "propose"})
        for path in ("", "/vragen", "/sleutel", "/uitslag", "/teksten/q4", "/terugkoppeling"):
            shown(secretary, f"{desk}{path}")
        for path in ("/raad", "/raad/mensen", "/raad/goedkeuringen", "/raad/logboek"):
            shown(chair, path)
        page = shown(chair, f"{desk}/publiceren")
        seen = re.search(r'name="shown" value="(\w+)"', page)
        assert seen is not None
        chair.post(f"{desk}/publiceren", data={"act": "approve", "shown": seen[1]})
        for path in ("/", "/uitslagen", f"/uitslagen/raadpleging-{run.slug}"):
            shown(public, path)
        document = public.get(f"/uitslagen/raadpleging-{run.slug}.json")
        assert document.mimetype == "application/json"


def test_letters_and_names_of_files_carry_nothing_but_text(
    app: Flask, database: Database, settings: Settings
) -> None:
    with database.write() as session:
        estate(session, 3)
        made = drafting.draft(session, SECRETARY, PREPARED, replace(PLAN, title=words(HOSTILE)))
        assert isinstance(made, Consultation)
        assert drafting.put_question(session, SECRETARY, PREPARED, made.id, QUESTIONS[0]) is None
    with time_machine.travel(PREPARED, tick=False):
        secretary = sign_in(app.test_client(), join(app, database, [Role.SECRETARY]))
        phrase = {"passphrase": PASSPHRASE, "again": PASSPHRASE}
        key = secretary.post(f"/raad/raadplegingen/{made.id}/sleutel/maken", data=phrase)
    with database.write() as session:
        [holder] = holders.holders(session, made.id)
        holders.drop(session, made.id, holder.account_id)
        proved_keys(session, made.id)
        belonging.set_subject(session, SECRETARY, PREPARED, made.id, SUBJECT)
        opening.open_consultation(session, SECRETARY, PREPARED, TODAY, made.id)
    with time_machine.travel(PREPARED, tick=False):
        registrar = sign_in(app.test_client(), join(app, database, [Role.REGISTRAR]))
        letters = registrar.post(f"/raad/raadplegingen/{made.id}/brieven")
    assert "<script" not in letters.text
    assert "alert(1)" in letters.text
    for download in (key, letters):
        assert re.fullmatch(
            r'attachment; filename="[a-z0-9.-]+"', download.headers["Content-Disposition"]
        )


def test_a_candidate_is_shown_as_text(app: Flask, database: Database, settings: Settings) -> None:
    hostile = replace(elections.PLAN, title=HOSTILE, profile=HOSTILE)
    with database.write() as session:
        run = elections.ready(session, settings, hostile)
        elections.opened(session, run)
    with time_machine.travel(WHILE_OPEN, tick=False):
        for path in (f"/stemmen/{run.uuid}/", f"/verkiezing/{run.uuid}", "/"):
            shown(app.test_client(), path)
        shown(app.test_client(), f"/stemmen/{run.uuid}/volgcode?code={HOSTILE}")
        shown(app.test_client(), f"/sleutelhouder/{run.keys[0][0]}")
