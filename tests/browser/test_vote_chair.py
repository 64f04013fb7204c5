"""A tenant votes on a paper with three questions, on a small phone and with the keyboard alone."""

import json
from pathlib import Path

import pytest

from consult.belenios.verify import verify_archive
from tests import contests
from tests.browser.accessibility import too_wide, violations
from tests.browser.server import Server
from tests.browser.test_vote import enter, standing
from tests.browser.visitor import Visit, Visitor
from tests.contests import STANDING
from tests.elections import Running

pytestmark = pytest.mark.browser
A, B, C, D, E, F = STANDING
SMALL = {"width": 320, "height": 568}
KILOBYTE = 1000


@pytest.fixture(scope="module")
def run(server: Server) -> Running:
    """An election of chair, executive and board in which people can vote now."""
    with server.database.write() as session:
        return contests.running(session, server.settings)


def tick(voter: Visitor, step: str, *names: str) -> None:
    """Choose names in one question; the same people stand in others."""
    for name in names:
        voter.page.locator(f'[data-step="{step}"]').get_by_label(name, exact=True).check()


def on(voter: Visitor, step: str) -> None:
    """Go on from a question."""
    voter.page.tap(f'[data-step="{step}"] form button')


def chosen(voter: Visitor) -> list[list[str]]:
    """What the page shows of the choices, question by question."""
    return [
        sorted(place.locator("[data-chosen] li").all_inner_texts())
        for place in voter.page.locator("[data-review]").all()
    ]


def to_the_end(voter: Visitor, *picks: tuple[str, ...]) -> None:
    """Through the three questions to all choices together."""
    for step, names in zip(("choose", "choose-2", "choose-3"), picks, strict=True):
        voter.step(step)
        tick(voter, step, *names)
        on(voter, step)
    voter.step("review")


def cast(voter: Visitor) -> str:
    """From all choices to the receipt; the whole tracker."""
    voter.page.tap(".booth__cast")
    voter.step("done")
    return voter.page.locator("[data-receipt] [data-fact=tracker]").text_content() or ""


def test_three_questions_come_one_after_the_other_and_each_can_be_changed(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit(viewport=SMALL)
    enter(voter, run, 0)
    assert voter.heading == "1 van 3: wie wordt voorzitter?"
    assert voter.page.locator('[data-step="choose"] input').count() == 2
    tick(voter, "choose", A, B)
    on(voter, "choose")
    assert voter.page.title().startswith("Fout: ")
    voter.page.locator('[data-step="choose"]').get_by_label(B, exact=True).uncheck()
    on(voter, "choose")
    voter.step("choose-2")
    assert voter.heading == "2 van 3: wie komt in het dagelijks bestuur?"
    assert voter.page.evaluate("document.activeElement.id") == "title"
    tick(voter, "choose-2", C, D)
    on(voter, "choose-2")
    voter.step("choose-3")
    assert voter.heading == "3 van 3: wie komt in het bestuur?"
    tick(voter, "choose-3", A, E, F)
    on(voter, "choose-3")
    voter.step("review")
    assert chosen(voter) == [[A], [C, D], [A, E, F]]
    voter.page.tap('[data-change="choose-2"]')
    voter.step("choose-2")
    voter.page.locator('[data-step="choose-2"]').get_by_label(D, exact=True).uncheck()
    on(voter, "choose-2")
    voter.step("review")
    assert chosen(voter) == [[A], [C], [A, E, F]]
    tracker = cast(voter)
    assert "telt mee" in standing(voter, run, tracker)


def test_choosing_nobody_is_said_at_each_question_and_for_the_whole_ballot(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit()
    enter(voter, run, 1)
    to_the_end(voter, (), (), (B,))
    nobody = voter.page.locator("[data-nobody]:visible").all_inner_texts()
    assert nobody == ["U koos niemand."] * 2
    assert not voter.page.locator("[data-blank]").is_visible()
    voter.page.tap('[data-change="choose-3"]')
    voter.step("choose-3")
    voter.page.locator('[data-step="choose-3"]').get_by_label(B, exact=True).uncheck()
    on(voter, "choose-3")
    voter.step("review")
    assert voter.page.locator("[data-nobody]:visible").count() == 3
    assert "Uw hele stem is blanco." in voter.text
    assert len(cast(voter)) == 43


def test_the_button_to_go_back_walks_through_the_questions(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit()
    enter(voter, run, 2)
    to_the_end(voter, (A,), (C,), (E,))
    voter.page.go_back()
    voter.step("choose-3")
    voter.page.go_back()
    voter.step("choose-2")
    tick(voter, "choose-2", D, B)
    voter.page.go_forward()
    assert voter.page.locator('[data-step="choose-2"]').is_visible()
    on(voter, "choose-2")
    assert voter.page.title().startswith("Fout: ")
    voter.page.locator('[data-step="choose-2"]').get_by_label(B, exact=True).uncheck()
    on(voter, "choose-2")
    voter.step("review")
    assert chosen(voter) == [[A], [C, D], [E]]
    voter.page.tap('[data-change="choose"]')
    voter.step("choose")
    tick(voter, "choose", B)
    voter.page.go_back()
    voter.step("review")
    voter.page.tap(".booth__cast")
    voter.step("choose")
    assert voter.page.title().startswith("Fout: ")


def test_the_keyboard_alone_is_enough(server: Server, visit: Visit, run: Running) -> None:
    voter = visit(has_touch=False, is_mobile=False)
    voter.go(f"/stemmen/{run.uuid}/#code={run.codes[3].digits}")
    voter.step("code")
    voter.page.focus("#code")
    voter.page.keyboard.press("Enter")
    for step in ("choose", "choose-2", "choose-3"):
        voter.step(step)
        voter.page.keyboard.press("Tab")
        voter.page.keyboard.press("Space")
        assert voter.page.locator(f"#{step}-1").is_checked()
        voter.page.keyboard.press("Enter")
    voter.step("review")
    assert [len(names) for names in chosen(voter)] == [1, 1, 1]


def test_no_choice_leaves_the_phone_and_it_costs_little(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit()
    enter(voter, run, 4)
    to_the_end(voter, (B,), (C, D), (E,))
    cast(voter)
    sent = "\n".join(f"{one.url} {one.post_data or ''}" for one in voter.requests)
    assert [name for name in STANDING if name.split()[0] in sent] == []
    voter.page.wait_for_load_state("networkidle")
    _, size = voter.transferred()
    assert size <= 65 * KILOBYTE


def test_every_step_is_accessible_and_fits_the_smallest_phone(
    server: Server, visit: Visit, run: Running
) -> None:
    voter = visit(viewport=SMALL)
    enter(voter, run, 5)
    for step in ("choose", "choose-2", "choose-3", "review"):
        voter.step(step)
        assert violations(voter) + too_wide(voter) == []
        if step != "review":
            on(voter, step)


def test_the_public_election_says_what_is_chosen_and_its_archive_verifies(
    server: Server, visit: Visit, run: Running, tmp_path: Path
) -> None:
    visitor = visit()
    visitor.go(f"/verkiezing/{run.uuid}")
    assert "Namen kiezen: voorzitter" in visitor.text
    assert "wil voorzitter worden" in visitor.text
    visitor.page.click("summary")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Alle stembiljetten, versleuteld").click()
    archive = tmp_path / f"{run.uuid}.bel"
    download.value.save_as(archive)
    report = verify_archive(archive, unfinished=True)
    assert report.valid, json.dumps(report.json())
