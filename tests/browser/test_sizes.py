"""What comes over the line, with the compression that an installation uses."""

import pytest

from consult.surveys.store import consultations as store
from tests import consultations, elections
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor

pytestmark = pytest.mark.browser
KILOBYTE = 1000


def transferred(visitor: Visitor) -> tuple[int, int]:
    """Requests and bytes so far, once all is quiet."""
    visitor.page.wait_for_load_state("networkidle")
    return visitor.transferred()


@pytest.fixture(scope="module")
def run(server: Server) -> consultations.Running:
    """A consultation that is open."""
    with server.database.write() as session:
        made = consultations.running(session, server.settings)
        store.change(session, made.id, languages=("nl", "en", "tr", "ar"))
        return made


def test_the_first_page_of_a_tenant_is_small(visit: Visit, run: consultations.Running) -> None:
    for address in ("/", f"/meedoen/{run.slug}#code={run.codes[0].digits}"):
        tenant = visit()
        tenant.go(address)
        requests, size = transferred(tenant)
        assert requests <= 5, address
        assert size <= 20 * KILOBYTE, address


def test_a_whole_consultation_is_small(visit: Visit, run: consultations.Running) -> None:
    tenant = visit()
    tenant.go(f"/meedoen/{run.slug}#code={run.codes[1].digits}")
    tenant.press("Begin")
    tenant.choose("Ja")
    tenant.press("Verder")
    tenant.press("Verder")
    tenant.choose("4")
    tenant.press("Verder")
    tenant.press("Verder")
    tenant.press("Verstuur mijn antwoorden")
    _, size = transferred(tenant)
    assert size <= 35 * KILOBYTE


def test_the_booth_is_small_up_to_the_receipt(
    server: Server, visit: Visit, run: consultations.Running
) -> None:
    with server.database.write() as session:
        election = elections.running(session, server.settings, people=0)
    voter = visit()
    voter.go(f"/stemmen/{election.uuid}/#code={election.codes[0].digits}")
    voter.step("code")
    voter.page.tap("[data-step=code] form button")
    voter.step("choose")
    voter.page.tap("[data-step=choose] form button")
    voter.step("review")
    voter.page.tap(".booth__cast")
    voter.step("done")
    _, size = transferred(voter)
    loaded = {request.url.rsplit("/", 1)[-1] for request in voter.requests}
    assert {"worker.mjs", "group.mjs", "election.json", "stembus"} <= loaded
    assert size <= 60 * KILOBYTE
