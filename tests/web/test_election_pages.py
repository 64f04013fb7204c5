"""What anybody can read and download of an election, from its seal to its result."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from html import unescape
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import update

from consult.belenios import wire
from consult.belenios.verify import verify_archive
from consult.cli import main
from consult.config import Settings
from consult.council.core.agreement import Ties
from consult.db.session import Database
from consult.elections import recounting
from consult.elections.actions import closing, draws, public
from consult.elections.actions.prepare import Nomination, nominate
from consult.elections.core.draw import Beacon
from consult.elections.tables.archive import ArchiveBlock
from tests import elections as story
from tests.consultations import PREPARED, SECRETARY
from tests.elections import AFTER, NAMES, WHILE_OPEN, Running

VOTES = (NAMES[:2], NAMES[:1], (), NAMES[2:3], NAMES[:2])


@pytest.fixture(autouse=True)
def _while_open() -> Iterator[None]:
    with at(WHILE_OPEN):
        yield


@pytest.fixture
def run(database: Database, settings: Settings) -> Running:
    with database.write() as session:
        return story.running(session, settings)


def at(moment: datetime) -> time_machine.travel:
    return time_machine.travel(moment, tick=False)


def counted(database: Database, settings: Settings, run: Running) -> list[str]:
    """Five people vote, the last of them twice; the count is done. Trackers, the replaced first."""
    with database.write() as session:
        codes = [run.codes[4], *run.codes]
        trackers = [
            story.cast(session, settings, run, story.ballot_of(session, run, code, *names)).tracker
            for code, names in zip(codes, (NAMES[3:], *VOTES), strict=False)
        ]
        story.closed(session, settings, run)
        for holder in run.keys:
            story.decrypted(session, run, holder)
    story.verified(database, settings, run)
    return trackers


def text(client: FlaskClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return " ".join(unescape(answer.text).split())


def fact(page: str, name: str) -> str:
    """What stands beside a name in a summary, without its marks."""
    beside = page.partition(f">{name}<")[2].partition("</dd>")[0]
    return re.sub(r"<[^>]*>", "", f"<{beside.partition('<dd')[2]}").strip()


# The page of an election


def test_the_page_shows_who_stands_under_which_rules(client: FlaskClient, run: Running) -> None:
    page = text(client, f"/verkiezing/{run.uuid}")
    for name in NAMES:
        assert f"Ik ben {name}." in page
    assert "Wij zoeken mensen die kunnen luisteren." in page
    assert "Klanten op 1 oktober 2026: 12 mensen" in page
    assert "Truus, Umar" in page


def test_the_page_says_what_can_be_done_now(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    address, booth = f"/verkiezing/{run.uuid}", f"/stemmen/{run.uuid}/"
    assert booth in text(client, address).partition("Wat zoekt de raad?")[0]
    with at(PREPARED):
        assert "U kunt stemmen vanaf 9 november 2026" in text(client, address)
        assert booth not in text(client, address).partition("Wat zoekt de raad?")[0]
    with at(AFTER):
        assert "Stemmen kan niet meer." in text(client, address)
    counted(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    assert f"/uitslagen/verkiezing-{run.uuid.lower()}" in text(client, address)


def test_turnout_is_told_in_tens_and_never_per_candidate(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    address = f"/verkiezing/{run.uuid}"
    name = "Stemden, naar beneden afgerond"
    with database.write() as session:
        for code in run.codes[:9]:
            story.cast(session, settings, run, story.ballot_of(session, run, code, NAMES[0]))
    assert fact(text(client, address), name) == "minder dan 10"
    with database.write() as session:
        for code in run.codes[9:11]:
            story.cast(session, settings, run, story.ballot_of(session, run, code, NAMES[0]))
    assert fact(text(client, address), name) == "10"


def test_what_a_candidate_writes_is_shown_and_not_run(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    words = "<script>alert(1)</script> & \"'><img src=x onerror=alert(1)>"
    with database.write() as session:
        made = story.drafted(session)
        nominate(session, SECRETARY, PREPARED, made, Nomination("K00009", words[:80], words))
        run = story.equipped(session, settings, made)
        story.opened(session, run)
    for address in (f"/verkiezing/{run.uuid}", f"/stemmen/{run.uuid}/"):
        page = client.get(address).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


# The tracker


def test_a_tracker_tells_whether_the_ballot_counts(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    with database.write() as session:
        old, new = (
            story.cast(session, settings, run, story.ballot_of(session, run, run.codes[0], name))
            for name in NAMES[:2]
        )
    address = f"/stemmen/{run.uuid}/volgcode?code="
    page = text(client, f"{address}{new.tracker.replace('+', '%2B')}")
    assert "Deze stem zit in de stembus en telt mee." in page
    assert fact(page, "Plaats in de stembus") == str(new.height)
    spaced = f"{old.tracker[:20]}%20{old.tracker[20:]}%20".replace("+", "%2B")
    assert "telt niet mee" in text(client, f"{address}{spaced}")


@pytest.mark.parametrize("code", ["A" * 43, "A" * 42, "x" * 2_000, "<b>", "٣" * 43])
def test_a_tracker_that_is_not_there_is_not_found(
    client: FlaskClient, run: Running, code: str
) -> None:
    answer = client.get(f"/stemmen/{run.uuid}/volgcode", query_string={"code": code})
    assert "Wij vinden deze volgcode niet." in answer.text
    assert "<b>" not in answer.text


def test_without_a_tracker_the_page_asks_for_one(client: FlaskClient, run: Running) -> None:
    page = text(client, f"/stemmen/{run.uuid}/volgcode")
    assert "niet mee" not in page
    assert "Wij vinden" not in page
    assert 'name="code"' in page


def test_a_tracker_of_another_election_is_not_found(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    with database.write() as session:
        other = story.ready(session, settings, people=0, two=(run.secretary, run.chair))
        story.opened(session, other)
        raw = story.ballot_of(session, other, other.codes[0])
        tracker = story.cast(session, settings, other, raw).tracker
    query = {"code": tracker}
    there = client.get(f"/stemmen/{other.uuid}/volgcode", query_string=query).text
    here = client.get(f"/stemmen/{run.uuid}/volgcode", query_string=query).text
    assert "telt mee" in there
    assert "Wij vinden deze volgcode niet." in here


# What can be downloaded


def test_the_archive_is_whole_at_every_moment(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    address = f"/stemmen/{run.uuid}/archief.bel"
    empty = client.get(address).data
    assert verify_archive(empty, unfinished=True).figures.ballots == 0
    counted(database, settings, run)
    answer = client.get(address)
    report = verify_archive(answer.data)
    assert report.valid
    assert (report.figures.ballots, report.figures.turnout) == (6, 5)
    assert answer.data.startswith(empty)
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{run.uuid}.bel"'


def test_a_download_that_is_broken_off_leaves_nothing_open(
    client: FlaskClient, database: Database, run: Running
) -> None:
    answer = client.get(f"/stemmen/{run.uuid}/archief.bel")
    next(answer.iter_encoded())
    answer.close()
    with database.write() as session:
        assert public.sealed(session, run.uuid).election.id == run.id


def test_a_changed_block_shows_in_the_downloaded_archive(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    counted(database, settings, run)
    address = f"/stemmen/{run.uuid}/archief.bel"
    with database.write() as session:
        block = session.get_one(ArchiveBlock, (run.id, 3)).block
        swapped = block[:600] + bytes([block[600] ^ 1]) + block[601:]
        session.execute(update(ArchiveBlock).where(ArchiveBlock.number == 3).values(block=swapped))
    assert not verify_archive(client.get(address).data).valid


def test_the_seal_is_the_one_that_page_and_paper_name(client: FlaskClient, run: Running) -> None:
    answer = client.get(f"/verkiezing/{run.uuid}/zegel.json")
    digest = hashlib.sha256(answer.data).hexdigest()
    assert answer.mimetype == "application/json"
    assert fact(text(client, f"/verkiezing/{run.uuid}"), "Controlegetal van het zegel") == digest
    raw = client.get(f"/stemmen/{run.uuid}/election.json").data
    assert digest in json.loads(raw)["description"]
    page = text(client, f"/verkiezing/{run.uuid}")
    assert fact(page, "Controlegetal van de verkiezing") == wire.hash_base64(raw)
    assert "customer_number" not in answer.text


@pytest.mark.parametrize(
    "file", ["telling.json", "proces-verbaal.jsonl", "proces-verbaal.pdf", "bundel.zip"]
)
def test_the_count_is_nobodys_before_it_is_published(
    client: FlaskClient, database: Database, settings: Settings, run: Running, file: str
) -> None:
    address = f"/verkiezing/{run.uuid}/{file}"
    refused = [client.get(address)]
    counted(database, settings, run)
    refused.append(client.get(address))
    for answer in refused:
        assert answer.status_code == 409
        assert "De uitslag is nog niet gepubliceerd." in answer.text
    assert client.get(f"/verkiezing/AAAAAAAAAAAAAA/{file}").status_code == 409
    with database.write() as session:
        story.published(session, run)
    assert client.get(address).status_code == 200


def test_what_was_counted_counts_again_to_the_same_board(
    client: FlaskClient,
    database: Database,
    settings: Settings,
    run: Running,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    case = tmp_path / "telling.json"
    case.write_bytes(client.get(f"/verkiezing/{run.uuid}/telling.json").data)
    record = client.get(f"/verkiezing/{run.uuid}/proces-verbaal.jsonl").data
    capsys.readouterr()  # the log of what came before
    assert main(["count", str(case)]) == 0
    told = json.loads(capsys.readouterr().out)
    last = json.loads(record.splitlines()[-1])
    assert (last["line"], last["elected"]) == ("result", told["elected"])
    page = text(client, f"/uitslagen/verkiezing-{run.uuid.lower()}")
    assert hashlib.sha256(record).hexdigest() in page


# The result


def test_the_result_shows_numbers_that_meet_and_says_why_blanks_are_not_among_them(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    counted(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    page = text(client, f"/uitslagen/verkiezing-{run.uuid.lower()}")
    cast, replaced, number, eligible = (
        int(fact(page, name))
        for name in (
            "Stembiljetten in de stembus",
            "Vervangen door een latere stem",
            "Geteld: van iedere stemmer het laatste",
            "Mochten stemmen",
        )
    )
    assert (cast, replaced, number, eligible) == (6, 1, 5, 12)
    with database.read() as session:
        rows = closing.participation_counts(session, settings.key("elections.marks"), run.id)
    assert cast - replaced == number == sum(took_part for _, _, took_part in rows)
    assert "Hoeveel mensen blanco stemden, weet niemand." in page
    assert fact(page, "Opkomst") == "41,6 %"


def test_the_result_names_everybody_with_votes_and_reason(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    counted(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    for language, words in (("nl", "kreeg 3 stemmen en is gekozen"), ("en", "Anna Appel")):
        page = text(client, f"/uitslagen/verkiezing-{run.uuid.lower()}?taal={language}")
        assert words in page
        assert [name for name in NAMES if name not in page] == []


def test_the_lot_is_published_where_there_was_one(
    client: FlaskClient, database: Database, settings: Settings, run: Running
) -> None:
    address = f"/verkiezing/{run.uuid}/loting.json"
    assert "De uitslag is nog niet gepubliceerd." in client.get(address).text
    counted(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    answer = client.get(address, headers={"Accept": "application/json"})
    assert (answer.status_code, answer.json) == (409, {"code": "elections.no_lot"})


def test_a_computed_lot_is_explained_beforehand_and_told_afterwards(
    client: FlaskClient, database: Database, settings: Settings
) -> None:
    plan = replace(story.PLAN, ties=Ties.COMMIT_BEACON, beacon="20 worpen op 3 december")
    with database.write() as session:
        run = story.tied(session, settings, plan, numbers=True)
        for who in (run.secretary, run.chair):
            draws.enter_beacon(session, who, AFTER, run.id, Beacon("1" * 20, "notulen, blz. 2"))
    page = text(client, f"/verkiezing/{run.uuid}")
    assert "Als laatste komt een getal van buiten: 20 worpen op 3 december." in page
    assert fact(page, "Controlegetal van de optelsom") != "de optelsom is nog niet open"
    story.verified(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    lot = client.get(f"/verkiezing/{run.uuid}/loting.json").json
    assert lot is not None
    result = text(client, f"/uitslagen/verkiezing-{run.uuid.lower()}")
    for said in (
        lot["seed"],
        lot["totals"],
        "notulen, blz. 2",
        *(h["reveal"] for h in lot["holders"]),
    ):
        assert said in result


def test_the_bundle_that_anybody_downloads_counts_again(
    client: FlaskClient,
    database: Database,
    settings: Settings,
    run: Running,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted(database, settings, run)
    with database.write() as session:
        story.published(session, run)
    path = tmp_path / "bundel.zip"
    path.write_bytes(client.get(f"/verkiezing/{run.uuid}/bundel.zip").data)
    capsys.readouterr()  # the server's log
    assert recounting.recount(path, 1) == 0
    assert json.loads(capsys.readouterr().out)["election"] == run.uuid
