"""A tenant votes on a phone, and anybody can check the whole election afterwards."""

import shutil
import subprocess
from pathlib import Path

import pytest

from consult.belenios.verify import verify_archive
from tests.browser.server import Server
from tests.browser.visitor import Visit, Visitor
from tests.elections import NAMES, Running, running

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def run(server: Server) -> Running:
    """An election in which people can vote now, for at most two of four."""
    with server.database.write() as session:
        return running(session, server.settings)


def enter(voter: Visitor, run: Running, number: int) -> None:
    """Come with the link of a letter, up to the paper."""
    voter.go(f"/stemmen/{run.uuid}/#code={run.codes[number].digits}")
    voter.step("code")
    voter.page.tap("[data-step=code] form button")
    voter.step("choose")


def cast(voter: Visitor) -> str:
    """From the paper to the receipt; the whole tracker."""
    voter.page.tap("[data-step=choose] form button")
    voter.step("review")
    voter.page.tap(".booth__cast")
    voter.step("done")
    return voter.page.locator("[data-receipt] [data-fact=tracker]").text_content() or ""


def standing(voter: Visitor, run: Running, tracker: str) -> str:
    """What the site says of a tracker."""
    voter.go(f"/stemmen/{run.uuid}/volgcode")
    voter.fill(code=tracker)
    voter.press("Kijk na")
    return voter.page.inner_text(".notice__title")


def test_a_vote_goes_from_the_letter_to_the_ballot_box(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit()
    enter(voter, run, 0)
    assert "#" not in voter.page.url
    assert all(name in voter.text for name in NAMES)
    voter.choose("Anna Appel", "Cora Citroen", "Daan Dorp")
    voter.page.tap("[data-step=choose] form button")
    assert voter.page.title().startswith("Fout: ")
    assert voter.page.evaluate("document.activeElement.hasAttribute('data-summary')")
    voter.page.get_by_label("Daan Dorp", exact=True).uncheck()
    voter.page.tap("[data-step=choose] form button")
    voter.step("review")
    chosen = voter.page.locator("[data-chosen] li").all_inner_texts()
    assert sorted(chosen) == ["Anna Appel", "Cora Citroen"]
    voter.page.tap("[data-change]")
    voter.step("choose")
    tracker = cast(voter)
    assert len(tracker) == 43
    voter.await_page(lambda: voter.page.tap("[data-check]"))
    assert "telt mee" in voter.page.inner_text(".notice__title")
    assert voter.page.input_value("#code") == tracker


def test_neither_code_nor_choice_leaves_the_phone(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit()
    enter(voter, run, 1)
    voter.choose("Bilal Berg")
    cast(voter)
    sent = "\n".join(f"{one.url} {one.post_data or ''}" for one in voter.requests)
    code = run.codes[1]
    assert all(secret not in sent for secret in (code.digits, str(code), "Bilal"))
    kept = voter.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")
    assert kept == [0, 0, ""]


def test_voting_again_replaces_the_first_vote(server: Server, visit: Visit, run: Running) -> None:
    voter = visit()
    enter(voter, run, 2)
    voter.choose("Anna Appel")
    first = cast(voter)
    enter(voter, run, 2)
    assert "U stemde al" in voter.text
    second = cast(voter)
    assert "telt niet mee" in standing(voter, run, first)
    assert "telt mee" in standing(voter, run, second)


def test_anybody_can_verify_the_archive(
    server: Server, visit: Visit, run: Running, tmp_path: Path
) -> None:
    voter = visit()
    enter(voter, run, 3)
    cast(voter)
    voter.go(f"/verkiezing/{run.uuid}")
    voter.page.click("summary")
    with voter.page.expect_download() as download:
        voter.page.get_by_role("link", name="Alle stembiljetten, versleuteld").click()
    archive = tmp_path / f"{run.uuid}.bel"
    download.value.save_as(archive)
    report = verify_archive(archive, unfinished=True)
    assert report.valid, report.findings
    assert report.figures.turnout
    tool = shutil.which("belenios-tool")
    if tool is None:
        pytest.skip("belenios-tool is not installed")
    command = [tool, "election", "verify", "--dir", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
