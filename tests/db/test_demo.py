"""The demo: what is in it is real and lawful, and nobody in it exists."""

import hashlib
import os
import re
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp
import pytest

from consult.accounts.actions.entry import SECOND_FACTOR, check_code, check_password
from consult.audit.actions import first_broken
from consult.belenios import credential
from consult.belenios.verify import verify_archive
from consult.cli import REFUSED, main
from consult.council.actions import board as council
from consult.council.core.agreement import Office as Post
from consult.db.session import Database
from consult.demo import boardroom, building, cast, commands, questions, telling
from consult.demo.office import Size
from consult.demo.state import State, load, settings
from consult.elections.actions import nomination, public, publication, voting
from consult.elections.actions.nomination import Applicant
from consult.elections.core.election import Phase, Preselection
from consult.elections.core.marks import credential_hash
from consult.elections.core.outcome import Count
from consult.elections.store import elections, people
from consult.elections.store import preselection as preselections
from consult.register.actions import imports
from consult.register.store.base import totals
from consult.register.store.seal import seals
from consult.reports.actions.activities import Keys as ReportKeys
from consult.reports.actions.listing import listed
from consult.reports.actions.subjects import made
from consult.reports.core.edition import Readers, Report
from consult.site.core import Paragraph
from consult.site.pictures import Picture
from consult.site.store import announcements, newest
from consult.surveys.actions.answering import Entered, Keys, enter
from consult.surveys.core.consultation import Phase as Asked
from consult.surveys.store import consultations
from tests.published import leaks

NOW = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
SMALL = Size(customers=500, answered=60, answering=20, voted=40, voting=4)
SURVIVED_MASKING = {
    "43c6393deecaca1528ff0d694f3abcbb71162a4aa85a2011dcb414021f60f2eb",
    "1fc148378903a6bb31270127289d272ef49d83b401c6fe9b8737e1b42885d08d",
}
"""SHA-256 of the words in the source documents that are real people's names."""


def _quiet(_name: str) -> AbstractContextManager[None]:
    return nullcontext()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo, built where an earlier start was ended halfway."""
    made = tmp_path_factory.mktemp("demo")
    (made / "building").mkdir()
    for half in (made / "consult.db", made / "building" / "consult.db"):
        half.write_bytes(b"half")
    building.build(made, NOW, _quiet, SMALL)
    return made


@pytest.fixture
def state(folder: Path) -> State:
    held = load(folder)
    assert held is not None
    return held


@pytest.fixture
def database(folder: Path) -> Iterator[Database]:
    held = Database(settings(folder, 8000).database_url)
    yield held
    held.dispose()


def test_what_an_earlier_start_left_halfway_is_built_anew(folder: Path, database: Database) -> None:
    assert not (folder / "building").exists()
    with database.read() as session:
        assert first_broken(session) is None


def test_the_archive_verifies_and_is_the_one_that_is_published(
    folder: Path, state: State, database: Database
) -> None:
    file = folder / f"{state.finished}.bel"
    report = verify_archive(file)
    assert report.valid
    assert (report.figures.turnout, report.figures.ballots) == (40, 45)
    with database.read() as session:
        finished = elections.by_uuid(session, state.finished).id
        assert b"".join(public.archive_blocks(session, finished)) == file.read_bytes()


def test_the_bundle_beside_it_counts_again_to_the_same_bytes(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (bundle,) = folder.glob("*.zip")
    assert main(["recount", str(bundle)]) == 0
    assert "Fatima Aziz" in capsys.readouterr().out


def test_the_rules_give_another_board_than_the_votes_alone(
    state: State, database: Database
) -> None:
    with database.read() as session:
        result = publication.published(session, state.finished).result
        election = elections.by_uuid(session, state.finished)
        names = {one.id: one.name for one in people.candidates(session, election.id)}
    assert isinstance(result, Count)
    assert [names[one] for one in result.passed_over] == ["Selma Korkmaz", "Anita Ramdin"]
    assert set(result.by_votes.elected) - set(result.elected) == set(result.passed_over)


def test_the_board_is_lawful_and_every_post_is_held(database: Database) -> None:
    with database.read() as session:
        board = council.status(session, NOW)
    assert (board.size, board.tenants, board.lawful) == (9, 7, True)
    assert [board.holder(post).name for post in Post] == [
        cast.CHAIR,
        cast.SECRETARY,
        cast.TREASURER,
    ]


YEAR = (
    # from day  members tenants chair              lawful
    (0, 9, 7, cast.FIRST_CHAIR, True),
    (65, 9, 6, "", False),  # the chair bought her home: 6 of 9 is too few
    (66, 9, 6, cast.CHAIR, False),  # for the time being
    (95, 8, 6, cast.CHAIR, True),  # somebody who is no tenant left: 6 of 8
    (165, 7, 5, cast.CHAIR, True),  # a tenant left: 5 of 7
    (215, 6, 4, cast.CHAIR, False),  # another one: 4 of 6 is too few
    (335, 9, 7, cast.CHAIR, True),  # the election
    (351, 8, 6, cast.CHAIR, True),  # one of those elected left
    (358, 9, 7, cast.CHAIR, True),  # the seat was filled on the old votes
)
"""Worked by hand: the least number of tenants is ⌊7n/10⌋ + 1."""


def test_every_day_of_the_last_year_is_as_the_story_says(database: Database) -> None:
    first = NOW.date() + timedelta(days=boardroom.BEGAN)
    for number in range(366):
        _, members, tenants, chair, lawful = [row for row in YEAR if row[0] <= number][-1]
        with database.read() as session:
            found = council.status_on(session, first + timedelta(days=number))
        holder = found.holder(Post.CHAIR)
        seen = found.size, found.tenants, holder.name if holder else "", found.lawful
        assert (number, *seen) == (number, members, tenants, chair, lawful)


def test_the_seat_went_to_the_first_with_whom_the_board_keeps_the_rules(
    database: Database,
) -> None:
    with database.read() as session:
        members = {one.name for one in council.status(session, NOW).members}
    assert boardroom.FILLED_IN in members
    assert boardroom.RESIGNED not in members
    assert not {"Selma Korkmaz", "Anita Ramdin"} & members, "they had more votes"


def test_the_codes_for_standing_open_the_call(
    folder: Path, state: State, database: Database
) -> None:
    key = settings(folder, 8000).key("register.codes")
    with database.write() as session:
        open_now = [one for one in nomination.called(session, NOW) if one.uuid in state.call.path]
        for code in state.call.codes:
            found = nomination.enter(session, NOW, key, code, "test", open_now)
            assert isinstance(found, Applicant)


def test_one_of_the_committee_is_ready_and_sees_nobodys_scores_yet(
    state: State, database: Database
) -> None:
    with database.read() as session:
        (chosen,) = [
            one
            for one in elections.every(session)
            if one.plan.preselection is Preselection.COMMITTEE
        ]
        selection = preselections.selection(session, chosen)
    assert sum(selection.handed_in(one) for one in selection.seats) == 1
    assert len(selection.pending) == 2
    assert not selection.revealed


def test_a_consultation_is_published_with_what_the_council_will_do(
    state: State, database: Database
) -> None:
    with database.read() as session:
        texts = [
            one.document.texts["nl"]
            for one in newest(session)
            if one.document.slug == state.published
        ]
    assert str(questions.WILL_DO) in str(texts[0])


def test_every_report_is_on_the_site_in_both_languages_with_its_figures(
    state: State, database: Database
) -> None:
    with database.read() as session:
        found = {one.document.slug: one.document for one in newest(session)}
    assert len(state.reports) == len(set(state.reports)) == 4
    for slug in state.reports:
        told = found[slug]
        assert (told.kind, set(told.texts)) == ("report", {"nl", "en"})
        for text in told.texts.values():
            assert isinstance(text.blocks[0], Paragraph)
    consultation = next(one for one in state.reports if "raadpleging" in one)
    pictures = [one for one in found[consultation].texts["nl"].blocks if isinstance(one, Picture)]
    assert len(pictures) > 5


@pytest.mark.parametrize("readers", Readers)
def test_no_report_of_the_demo_gives_a_hidden_number_away(
    folder: Path, database: Database, readers: Readers
) -> None:
    key = settings(folder, 8000).key
    keys = ReportKeys(key("surveys.marks"), key("surveys.answers"), key("elections.marks"))
    with database.read() as session:
        reports = [
            edition
            for one in listed(session, NOW)
            for edition in made(session, keys, one.subject, one.key, NOW, readers).editions
        ]
    told = [one for one in reports if isinstance(one.report, Report) and one.report.tables]
    assert len(told) >= 2
    for one in told:
        assert isinstance(one.report, Report)
        assert leaks(one.report, one.activity.chain, one.activity.told) == []


def test_the_first_page_shows_what_is_open(state: State, database: Database) -> None:
    with database.read() as session:
        shown = {one.kind for one in announcements(session, NOW) if one.is_open(NOW)}
    assert shown == {"consultation", "election", "nomination"}


def test_the_codes_for_the_consultation_open_it(
    folder: Path, state: State, database: Database
) -> None:
    used = settings(folder, 8000)
    keys = Keys(used.key("register.codes"), used.key("surveys.slot"), used.key("surveys.marks"))
    with database.write() as session:
        asked = [one for one in consultations.running(session) if one.phase(NOW) is Asked.OPEN]
        for code in state.consultation.codes:
            assert isinstance(enter(session, NOW, keys, code, "127.0.0.0", asked), Entered)


def test_the_codes_for_the_election_are_of_people_who_have_not_voted(
    state: State, database: Database
) -> None:
    uuid = state.election.path.split("/")[2]
    with database.read() as session:
        open_now = public.sealed(session, uuid).election
        assert open_now.phase(NOW) is Phase.OPEN
        for code in state.election.codes:
            hashed = credential_hash(credential.public_credential(code, uuid))
            found = voting.credential(session, open_now.id, hashed)
            assert found == voting.Credential(voted=False)


def test_everybody_can_sign_in_with_what_is_printed(
    folder: Path, state: State, database: Database
) -> None:
    key = settings(folder, 8000).key(SECOND_FACTOR)
    for one in state.staff:
        code = pyotp.TOTP(one.totp).at(NOW)
        with database.write() as session:
            who = check_password(session, NOW, one.email, state.password, "127.0.0.0", key)
            assert check_code(session, NOW, str(who.account_id), code, key) == who


def test_the_register_can_be_imported_again_and_changes_nothing(
    folder: Path, database: Database
) -> None:
    file = (folder / "klantenbestand.csv").read_bytes()
    with database.read() as session:
        keys = seals(settings(folder, 8000))
        plan = imports.prepare_file(session, NOW, keys, file, lambda _: None).plan
        assert all(number for _, number in totals(session))
    assert plan.empty
    assert plan.unchanged == SMALL.customers
    assert plan.excluded_stadswonen >= SMALL.customers // 25


def test_what_must_stay_secret_can_be_read_by_its_owner_alone(folder: Path) -> None:
    secret = [folder / "secret", folder / "demo.json", *folder.glob("sleutel-*.json")]
    assert len(secret) == 2 + 3 * 2 + 4
    assert {stat.S_IMODE(path.stat().st_mode) for path in secret} == {0o600}


def test_a_second_start_takes_the_demo_as_it_is_and_tells_everything_again(
    folder: Path, state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (folder / "consult.db").stat().st_mtime_ns
    assert main(["demo", "--no-serve", "--dir", str(folder), "--port", "8123"]) == 0
    printed = capsys.readouterr().out
    assert (folder / "consult.db").stat().st_mtime_ns == before
    assert f"http://localhost:8123{state.election.path}#code={state.election.codes[0]}" in printed
    assert state.password in printed
    assert (folder / "addresses.txt").read_text() in printed


def test_what_has_closed_since_is_said_plainly(folder: Path, state: State) -> None:
    later = NOW + timedelta(days=30)
    told = "\n".join(telling.addresses(state, folder, "http://localhost:8000", later))
    assert told.count("is gesloten sinds") == 3
    assert f"Gooi {folder} weg" in told
    assert "#code=" not in told


def test_one_time_codes_are_told_on_request(
    folder: Path, state: State, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--codes", "--dir", str(folder)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == [one.email for one in state.staff]


def test_without_a_demo_there_are_no_codes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["demo", "--codes", "--dir", str(tmp_path)]) == REFUSED
    assert "demo.missing" in capsys.readouterr().err


def test_a_port_that_is_taken_is_refused_before_anything_is_built(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        assert main(["demo", "--dir", str(tmp_path), "--port", port]) == REFUSED
    assert "demo.port_taken" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_is_interrupted_leaves_nothing(tmp_path: Path) -> None:
    def interrupted(name: str) -> AbstractContextManager[None]:
        if name == "Medewerkers":
            raise KeyboardInterrupt
        return nullcontext()

    with pytest.raises(KeyboardInterrupt):
        building.build(tmp_path, NOW, interrupted, SMALL)
    assert list(tmp_path.iterdir()) == []
    assert load(tmp_path) is None


def test_ctrl_c_ends_a_build_at_once_with_all_that_it_started(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "consult.cli", "demo", "--no-serve", "--dir", str(tmp_path)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True
    ) as run:
        assert run.stdout is not None
        assert b"Database" in run.stdout.readline()
        os.killpg(run.pid, signal.SIGINT)
        rest, errors = run.communicate(timeout=20)
    assert (run.returncode, errors) == (130, b"")
    assert rest.endswith(b"gestopt\n")
    assert list(tmp_path.iterdir()) == []


def test_a_build_that_fails_is_refused_with_the_reason_above(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    assert main(["demo", "--no-serve", "--dir", str(blocked)]) == REFUSED
    told = capfd.readouterr().err
    assert "demo.failed" in told
    assert "NotADirectoryError" in told


def test_nobody_in_the_demo_carries_a_name_that_survived_in_the_sources(
    folder: Path, state: State, database: Database
) -> None:
    with database.read() as session:
        published = " ".join(str(one.document.texts) for one in newest(session))
    sources = [Path(str(module.__file__)).read_text() for module in (cast, questions, commands)]
    told = "\n".join(telling.addresses(state, folder, "", NOW))
    register = (folder / "klantenbestand.csv").read_text()
    words = set(re.findall(r"\w+", " ".join([published, told, register, *sources]).lower()))
    assert not {hashlib.sha256(word.encode()).hexdigest() for word in words} & SURVIVED_MASKING
