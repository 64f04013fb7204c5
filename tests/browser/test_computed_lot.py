"""A computed lot in the browser: numbers that key holders' own computers make, keep and show."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from consult.actor import Role
from consult.council.core.agreement import Ties
from consult.elections.actions import closing, draws, prepare
from consult.elections.store import people
from tests import elections as story
from tests.browser.office import Office
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.consultations import PREPARED, SECRETARY
from tests.elections import AFTER, Running

pytestmark = pytest.mark.browser

PLAN = replace(story.PLAN, ties=Ties.COMMIT_BEACON, beacon="20 worpen op 3 december")
HOLDERS = ("Truus", "Umar", "Vera")
BEACON = {"value": "3141 5926 5358 9793 2384", "source": "notulen van 3 december"}


def test_numbers_are_made_with_the_key_and_shown_with_the_opening(
    server: Server, visit: Visit, tmp_path: Path
) -> None:
    server.clock.go(PREPARED)
    with server.database.write() as session:
        made = story.drafted(session, PLAN)
        rooms = [prepare.invite_holder(session, SECRETARY, PREPARED, made, n) for n in HOLDERS]
    files = [make_key(visit(), *room, tmp_path) for room in rooms]
    with server.database.write() as session:
        run = story.with_codes(session, server.settings, made)
        story.opened(session, run)
    server.clock.go(AFTER)
    with server.database.write() as session:
        closing.close(session, AFTER, server.settings.key("elections.marks"), run.id)
    for room, file in zip(rooms[:2], files[:2], strict=True):
        open_sum(visit(), *room, file)
    without_its_number(server, visit, run, rooms[2], files[2])
    enter_beacon(server, visit, run)


def make_key(holder: Visitor, holder_id: str, token: str, folder: Path) -> Path:
    holder.go(f"/sleutelhouder/{holder_id}#token={token}")
    holder.step("key")
    holder.page.tap("[data-step=key] form button")
    holder.step("keep")
    with holder.page.expect_download() as coming:
        holder.page.tap("[data-download]")
    file = folder / f"{holder_id}.json"
    coming.value.save_as(file)
    holder.page.set_input_files("#kept", file)
    holder.page.tap("[data-step=keep] form button")
    holder.step("waiting")
    return file


def open_sum(
    holder: Visitor, holder_id: str, token: str, file: Path, end: str = "[data-step=done]"
) -> None:
    holder.go(f"/sleutelhouder/{holder_id}#token={token}")
    holder.step("decrypt")
    holder.page.set_input_files("#opening", file)
    holder.page.tap("[data-step=decrypt] form button")
    holder.step("checked")
    assert "Ook uw getal voor de loting gaat mee." in holder.text
    holder.page.tap("[data-step=checked] form button")
    holder.page.wait_for_selector(end, state="visible")


def without_its_number(
    server: Server, visit: Visit, run: Running, room: tuple[str, str], file: Path
) -> None:
    """The last holder's number gets lost on the way; she comes back and gives it."""
    holder = visit()
    holder.page.route("**/getal", lambda route: route.fulfill(status=503))
    holder.expected = {503}
    open_sum(holder, *room, file, end="[data-step=checked] [data-summary]")
    with server.database.read() as session:
        drawing = draws.drawing(session, run.id, AFTER)
        assert [one.reveal is not None for one in people.holders(session, run.id)][2] is False
    assert drawing.until is not None
    back = visit()
    back.go(f"/sleutelhouder/{room[0]}#token={room[1]}")
    back.step("number")
    back.page.set_input_files("#numbering", file)
    back.page.tap("[data-step=number] form button")
    back.step("done")
    with server.database.read() as session:
        assert draws.drawing(session, run.id, AFTER).until is None


def enter_beacon(server: Server, visit: Visit, run: Running) -> None:
    """Two people enter the number from outside, each alone; then there is a result."""
    office = Office(server, visit)
    office.later(AFTER + timedelta(hours=1))
    for role in (Role.SECRETARY, Role.CHAIR):
        desk = office.desk(role)
        desk.go(f"/raad/verkiezingen/{run.id}/loting")
        desk.fill(**BEACON)
        desk.press("Vul het getal in")
    assert "Het lot gaf deze volgorde" in desk.text
