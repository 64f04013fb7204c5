"""Asking for mail on a phone, from the thanks to the button in the mail, and stopping."""

import re
from email import message_from_bytes

import pytest

from consult.config import Settings
from tests import consultations
from tests.browser.accessibility import in_both_schemes, too_wide
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.consultations import Running

pytestmark = pytest.mark.browser


@pytest.fixture
def run(server: Server) -> Running:
    server.clock.go(consultations.WHILE_OPEN)
    with server.database.write() as session:
        return consultations.running(session, server.settings)


def wrong(tenant: Visitor) -> list[str]:
    return in_both_schemes(tenant) + too_wide(tenant)


def page_in_mail(server: Server, part: str) -> str:
    """Work off the outbox, and find the page that the newest mail leads to."""
    server.work()
    newest = max(_outbox(server.settings), key=lambda mail: mail[0])
    found = re.search(rf"/bericht/{part}/\S+", newest[1])
    assert found is not None
    return found[0]


def _outbox(settings: Settings) -> list[tuple[float, str]]:
    files = (settings.var / "outbox").glob("*.eml")
    return [(file.stat().st_mtime, _body(file.read_bytes())) for file in files]


def _body(raw: bytes) -> str:
    held = message_from_bytes(raw).get_payload(decode=True)
    assert isinstance(held, bytes)
    return held.decode()


def test_somebody_who_answered_asks_for_news_and_stops(
    visit: Visit, server: Server, run: Running
) -> None:
    with server.database.write() as session:
        consultations.answer(session, server.settings, run, run.codes[1])
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}#code={run.codes[0].digits}")
    tenant.press("Begin")
    tenant.choose("Nee")
    tenant.press("Verder")
    tenant.choose("Bomen", "Water")
    tenant.press("Verder")
    tenant.choose("4")
    tenant.press("Verder")
    tenant.press("Verder")
    tenant.press("Verstuur mijn antwoorden")
    tenant.follow("Stuur mij bericht")
    assert wrong(tenant) == []
    tenant.fill(email="geen adres")
    tenant.press("Vraag bericht aan")
    assert "Vul uw hele e-mailadres in" in tenant.page.inner_text(":focus")
    assert wrong(tenant) == []
    tenant.fill(email="ik@example.org")
    tenant.press("Vraag bericht aan")
    assert tenant.heading == "Kijk in uw mail"
    assert wrong(tenant) == []
    tenant.go(page_in_mail(server, "ja"))
    tenant.press("Ja, stuur mij bericht")
    assert tenant.heading == "U krijgt bericht"
    assert wrong(tenant) == []
    tenant.follow("Lees hoe het nu staat")
    assert "De raad vertelt uiterlijk op" in tenant.text
