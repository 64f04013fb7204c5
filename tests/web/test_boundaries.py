"""The page of boundaries: who may load them, what it shows, and that a mistake changes nothing."""

import io
import json
import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from consult.actor import SYSTEM, Role
from consult.audit import store as log
from consult.audit.actions import first_broken
from consult.clock import now
from consult.db.session import Database
from consult.demo import outlines
from consult.demo.estate import NEIGHBOURHOODS
from consult.refusal import Refusal
from consult.register.store.margins import neighbourhoods
from consult.reports import store
from consult.reports.actions.mapping import load_boundaries
from consult.reports.core.geography import Boundaries
from consult.reports.core.geojson import boundaries
from tests import consultations
from tests.boundaries import outlined

URL = "/raad/klantenbestand/grenzen"
Staff = Callable[..., FlaskClient]


@pytest.fixture
def estate(database: Database) -> None:
    with database.write() as session:
        consultations.estate(session, 60)


def places(database: Database) -> list[str]:
    with database.read() as session:
        return list(neighbourhoods(session))


def load(browser: FlaskClient, raw: bytes, attribution: str = "CBS/Kadaster") -> TestResponse:
    return browser.post(
        URL,
        data={"file": (io.BytesIO(raw), "wijken.geojson"), "attribution": attribution, "send": "1"},
    )


def page(browser: FlaskClient) -> str:
    answer = browser.get(URL)
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.text)


def kept(database: Database) -> Boundaries | None:
    with database.read() as session:
        return store.boundaries(session)


def test_the_secretary_loads_boundaries_and_sees_which_names_fit(
    estate: None, database: Database, staff: Staff
) -> None:
    known, browser = places(database), staff(Role.SECRETARY)
    assert "Rapporten hebben nu geen kaart" in page(browser)
    answer = load(browser, outlined(*known[1:], "Nergenshuizen"))
    assert answer.status_code == 303
    shown = page(browser)
    assert "CBS/Kadaster" in shown
    assert f"<li>{known[0]}</li>" in shown
    assert "<li>Nergenshuizen</li>" in shown
    found = kept(database)
    assert found is not None
    assert set(found.areas) == {*known[1:], "Nergenshuizen"}


def test_all_names_that_fit_are_told_in_one_line(
    estate: None, database: Database, staff: Staff
) -> None:
    browser = staff(Role.SECRETARY)
    load(browser, outlined(*places(database)))
    assert "Alle wijken met klanten staan op de kaart." in page(browser)


def test_what_was_loaded_comes_back_as_it_was(estate: None, database: Database) -> None:
    name = places(database)[0]
    with database.write() as session:
        made = load_boundaries(session, SYSTEM, now(), outlined(name), " CBS   /  Kadaster ")
    assert kept(database) == made
    assert made.attribution == "CBS / Kadaster"


def test_loading_replaces_and_is_in_the_log(estate: None, database: Database) -> None:
    known = places(database)
    with database.write() as session:
        load_boundaries(session, SYSTEM, now(), outlined(*known), "een")
        load_boundaries(session, SYSTEM, now(), outlined(known[0]), "twee")
    found = kept(database)
    assert found is not None
    assert (found.attribution, list(found.areas)) == ("twee", [known[0]])
    with database.read() as session:
        events = [one for one in log.events(session) if one.kind == "reports.boundaries_loaded"]
        assert first_broken(session) is None
    assert [json.loads(one.payload)["areas"] for one in events] == [len(known), 1]


def test_a_mistake_is_told_beside_the_file_and_nothing_changes(
    estate: None, database: Database, staff: Staff
) -> None:
    known, browser = places(database), staff(Role.SECRETARY)
    load(browser, outlined(*known))
    before = kept(database)
    wrong = outlined(known[0], known[1]).replace(b"51.9]]", b"51.8]]")
    answer = load(browser, wrong)
    assert answer.status_code == 200
    assert "Gebied 1, lijn 1 is niet gesloten." in answer.text
    assert kept(database) == before
    assert "is geen JSON" in load(browser, b"{").text
    assert kept(database) == before


def test_whom_a_map_names_has_to_be_filled_in(
    estate: None, database: Database, staff: Staff
) -> None:
    browser, raw = staff(Role.SECRETARY), outlined(places(database)[0])
    assert "Vul in van wie de grenzen zijn." in load(browser, raw, "").text
    assert "Gebruik hoogstens 120 tekens." in load(browser, raw, "x" * 121).text
    assert "Vul in van wie de grenzen zijn, in hoogstens" in load(browser, raw, "a\u0007b").text
    assert kept(database) is None


@pytest.mark.parametrize("attribution", ["", "   ", "x" * 121])
def test_the_action_takes_no_map_without_a_name_to_thank(
    attribution: str, estate: None, database: Database
) -> None:
    with database.write() as session, pytest.raises(Refusal) as refused:
        load_boundaries(session, SYSTEM, now(), outlined("Cool"), attribution)
    assert refused.value.code == "reports.map_attribution"


def test_a_name_is_text_and_never_markup(estate: None, database: Database, staff: Staff) -> None:
    browser = staff(Role.SECRETARY)
    load(browser, outlined(places(database)[0], "<b>{{ 7*7 }}</b>"), "<i>CBS</i>")
    shown = page(browser)
    assert "&lt;b&gt;{{ 7*7 }}&lt;/b&gt;" in shown
    assert "&lt;i&gt;CBS&lt;/i&gt;" in shown


@pytest.mark.parametrize("role", [Role.CHAIR, Role.FACILITATOR, Role.MEMBER, Role.OBSERVER])
def test_nobody_else_loads_boundaries(role: Role, staff: Staff) -> None:
    assert staff(role).get(URL).status_code == 403


def test_the_boundaries_of_the_demo_fit_its_neighbourhoods_and_share_their_edges() -> None:
    names = [one.name for one in NEIGHBOURHOODS]
    assert outlines.as_geojson() == outlines.as_geojson()
    found = boundaries(outlines.as_geojson(), outlines.ATTRIBUTION, names)
    assert list(found.areas) == names
    edges: dict[frozenset[tuple[float, float]], int] = {}
    for (ring,) in found.areas.values():
        assert ring[0] == ring[-1]
        for start, end in pairwise(ring):
            edge = frozenset({start, end})
            edges[edge] = edges.get(edge, 0) + 1
    inner = 2 * (4 * 4 + 5 * 3)  # two pieces to an edge; four rows of five
    assert sum(1 for times in edges.values() if times == 2) == inner
    assert max(edges.values()) == 2
