import pytest
from tests import consultations
pytestmark = pytest.mark.browser

def test_measure(server, visit):
    with server.database.write() as session:
        run = consultations.running(session, server.settings)
    t = visit()
    last = 0
    def note(name):
        nonlocal last
        t.page.wait_for_load_state("networkidle")
        n, size = t.transferred()
        print(name, n, size, size - last)
        last = size
    t.go(f"/meedoen/{run.slug}#code={run.codes[1].digits}"); note("start")
    for r in t.requests: print('   ', r.url, r.sizes())
    t.press("Begin"); note("q1")
    t.choose("Ja"); t.press("Verder"); note("q2")
    t.press("Verder"); note("q3")
    t.choose("4"); t.press("Verder"); note("q4")
    t.press("Verder"); note("review")
    t.press("Verstuur mijn antwoorden"); note("thanks")
    for r in t.requests[4:]: print('   ', r.url, r.sizes())
