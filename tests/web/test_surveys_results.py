"""After opening: results, the council's word, publication and the files of figures."""

import csv
import io
import re
import zipfile
from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.actor import Role
from consult.config import Settings
from consult.db.session import Database
from consult.surveys.actions import publishing
from consult.surveys.actions.exporting import FORMS
from consult.surveys.core.counts.uncertainty import plain
from consult.surveys.store import consultations
from tests.consultations import AFTER, PREPARED, Running, answer, running, unsealed

Staff = Callable[..., FlaskClient]
FEEDBACK = {"heard-nl": "Bomen.", "will_do-nl": "Planten."}


def opened(database: Database, settings: Settings, people: int = 40) -> Running:
    """A consultation with answers of so many people, some of them rare, and open envelopes."""
    with time_machine.travel(PREPARED, tick=False), database.write() as session:
        run = running(session, settings, people + 5)
        for number, code in enumerate(run.codes[:people]):
            given = {"q1": ("yes", "no", "unsure")[number % 3], "q3": 1 + number % 3}
            answer(session, settings, run, code, {**given, "q4": "=Meer bomen graag."})
        unsealed(session, run)
    return run


def publish(run: Running, secretary: FlaskClient, member: FlaskClient) -> TestResponse:
    """Write the council's word, propose and agree."""
    base = f"/raad/raadplegingen/{run.id}"
    secretary.post(f"{base}/terugkoppeling", data=FEEDBACK)
    secretary.post(f"{base}/publiceren", data={"act": "propose"})
    return agree(member, base)


def shown(client: FlaskClient, base: str) -> str:
    """What the page says that it shows."""
    found = re.search(r'name="shown" value="([0-9a-f]{64})"', client.get(f"{base}/publiceren").text)
    assert found is not None
    return found[1]


def agree(client: FlaskClient, base: str) -> TestResponse:
    """Agree on what the page shows."""
    data = {"act": "approve", "shown": shown(client, base)}
    return client.post(f"{base}/publiceren", data=data)


def test_the_council_reads_tables_and_only_the_secretary_texts(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings)
    base = f"/raad/raadplegingen/{run.id}"
    with time_machine.travel(AFTER, tick=False):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        page = member.get(f"{base}/uitslag").text
        assert "40 mensen deden mee" in page
        assert "minder dan 5 mensen" in page
        assert "Meer bomen graag." not in page
        assert f"{base}/teksten" in secretary.get(f"{base}/uitslag").text


def test_two_persons_publish_and_everybody_reads(
    app: Flask, staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings)
    base = f"/raad/raadplegingen/{run.id}"
    with time_machine.travel(AFTER, tick=False):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        empty = secretary.post(f"{base}/terugkoppeling", data={"heard-nl": "Bomen."})
        assert "Vertel wat de raad gaat doen." in empty.text
        secretary.post(f"{base}/terugkoppeling", data=FEEDBACK)
        assert "Bomen." in secretary.get(f"{base}/terugkoppeling").text
        assert member.post(f"{base}/publiceren", data={"act": "approve"}).status_code == 409
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        assert secretary.post(f"{base}/publiceren", data={"act": "approve"}).status_code == 409
        assert agree(member, base).status_code == 303
        public = app.test_client().get(f"/uitslagen/raadpleging-{run.slug}").text
    assert "Wat wij gaan doen" in public
    assert "Planten." in public
    assert "minder dan 10 mensen" in public
    assert "Tussen haakjes staat de marge." in public


def test_a_margin_takes_into_account_how_many_were_invited(
    database: Database, settings: Settings
) -> None:
    """Of 45 came 40, so a ninth of what chance could do is left."""
    run = opened(database, settings)
    with database.read() as session:
        found = publishing.results(session, run.answers_key, run.id)
    [yes] = [line for line in found.questions[0].total.lines if line.code == "yes"]
    assert (yes.count, yes.share and yes.share.part) == (14, 14 / 40)
    assert yes.share is not None
    assert yes.share.interval == plain(14 / 40, 40, 1 - 40 / 45)


def test_nobody_agrees_on_another_text_than_she_was_shown(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings)
    base = f"/raad/raadplegingen/{run.id}"
    with time_machine.travel(AFTER, tick=False):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        secretary.post(f"{base}/terugkoppeling", data=FEEDBACK)
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        before = shown(member, base)
        secretary.post(f"{base}/terugkoppeling", data={**FEEDBACK, "heard-nl": "Auto’s."})
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        late = member.post(f"{base}/publiceren", data={"act": "approve", "shown": before})
        assert late.status_code == 409
        assert "veranderd" in late.text
        assert agree(member, base).status_code == 303


def test_the_councils_word_is_written_in_each_language_of_the_consultation(
    app: Flask, staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings)
    with database.write() as session:
        consultations.change(session, run.id, languages=("nl", "en"))
    base = f"/raad/raadplegingen/{run.id}"
    with time_machine.travel(AFTER, tick=False):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        both = {**FEEDBACK, "heard-en": "Trees.", "will_do-en": "Planting."}
        secretary.post(f"{base}/terugkoppeling", data=both)
        assert 'name="heard-en"' in secretary.get(f"{base}/terugkoppeling").text
        secretary.post(f"{base}/publiceren", data={"act": "propose"})
        agree(member, base)
        english = app.test_client().get(f"/uitslagen/raadpleging-{run.slug}?taal=en").text
    assert "Planting." in english
    assert "Some of the texts are in Dutch only." in english


def test_results_of_few_people_are_not_shown_to_anybody(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings, 4)
    with time_machine.travel(AFTER, tick=False):
        page = staff(Role.SECRETARY).get(f"/raad/raadplegingen/{run.id}/uitslag").text
    assert "Minder dan 5 mensen deden mee" in page
    assert "genoeg groen" not in page


@pytest.mark.parametrize("form", FORMS)
def test_everybody_takes_the_figures_along_once_they_are_published(
    app: Flask, staff: Staff, database: Database, settings: Settings, form: str
) -> None:
    run = opened(database, settings)
    public = f"/uitslagen/raadpleging-{run.slug}/cijfers.{form}"
    with time_machine.travel(AFTER, tick=False):
        secretary, member = staff(Role.SECRETARY), staff(Role.MEMBER)
        assert app.test_client().get(public).status_code == 404
        inside = member.get(f"/raad/raadplegingen/{run.id}/uitslag/cijfers.{form}")
        assert inside.status_code == 200
        publish(run, secretary, member)
        given = app.test_client().get(public)
    assert given.status_code == 200
    assert given.mimetype == FORMS[form]
    assert run.slug in given.headers["Content-Disposition"]


def test_the_figures_are_those_of_the_site_and_have_no_line_for_a_person(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings)
    with time_machine.travel(AFTER, tick=False):
        got = staff(Role.CHAIR).get(f"/raad/raadplegingen/{run.id}/uitslag/cijfers.csv").data
    with zipfile.ZipFile(io.BytesIO(got)) as archive:
        assert archive.namelist() == ["cijfers.csv", "codeboek.csv"]
        told = archive.read("cijfers.csv").decode("utf-8-sig")
        book = archive.read("codeboek.csv").decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(told, newline="")))
    first = {line["code"]: line["aantal"] for line in lines if line["vraag"] == "q1"}
    assert first == {"yes": "14", "no": "13", "unsure": "13"}
    assert "Meer bomen" not in told + book
    assert "Is er genoeg groen?" in book
    assert all(
        not line["aantal"] or int(line["aantal"]) == 0 or int(line["aantal"]) >= 10
        for line in lines
    )


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.OBSERVER, Role.REGISTRAR, Role.HELPER])
def test_who_may_not_read_results_gets_no_file_either(
    staff: Staff, database: Database, settings: Settings, role: Role
) -> None:
    run = opened(database, settings, 12)
    with time_machine.travel(AFTER, tick=False):
        path = f"/raad/raadplegingen/{run.id}/uitslag/cijfers.csv"
        assert staff(role).get(path).status_code == 403


def test_a_file_of_another_kind_is_not_there(
    staff: Staff, database: Database, settings: Settings
) -> None:
    run = opened(database, settings, 12)
    with time_machine.travel(AFTER, tick=False):
        path = f"/raad/raadplegingen/{run.id}/uitslag/cijfers.pdf"
        assert staff(Role.SECRETARY).get(path).status_code == 404
