"""The command line as people and scripts meet it: exit codes, and where the words go."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from consult.db import migrate
from consult.elections.core.lotfile import PublicDraw, lot_file
from tests.conftest import SECRET

CONSULT = str(Path(sys.executable).with_name("consult"))
COMMANDS = (
    "",
    "register",
    "register import",
    "accounts invite",
    "count",
    "lot",
    "recount",
    "verify",
    "demo",
    "jobs run",
    "migrate",
    "serve",
    "weigh",
    "represent",
)
CASE = {
    "max_board": 1,
    "sitting": [],
    "candidates": [
        {"id": "N", "votes": 9, "groups": []},
        {"id": "T", "votes": 4, "groups": ["tenant"]},
    ],
    "rules": [{"id": "share", "group": "tenant", "type": "share_gt", "num": 7, "den": 10}],
}
REGISTER = "klantnummer;soort;wijk\n100;huurder van een woning;Noord\n"


def run(tmp_path: Path, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
    safe = {"CONSULT_SECRET": SECRET, "DATABASE_URL": f"sqlite:///{tmp_path / 'cli.db'}"}
    environment = {**os.environ, **safe, **settings}
    return subprocess.run([CONSULT, *words], env=environment, capture_output=True, text=True)


def file(tmp_path: Path, name: str, text: str) -> str:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return str(path)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(tmp_path: Path, command: str) -> None:
    done = run(tmp_path, *command.split(), "--help")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("usage: consult")


@pytest.mark.parametrize("words", [(), ("count",), ("verify", "x", "--jobs", "0"), ("dance",)])
def test_wrong_use_ends_with_two(tmp_path: Path, words: tuple[str, ...]) -> None:
    assert run(tmp_path, *words).returncode == 2


def test_a_count_prints_its_result_and_ends_with_zero(tmp_path: Path) -> None:
    done = run(tmp_path, "count", file(tmp_path, "case.json", json.dumps(CASE)))
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)
    assert (told["status"], told["elected"], told["passed_over"]) == ("full", ["T"], ["N"])


def test_a_refusal_goes_to_standard_error_and_ends_with_one(tmp_path: Path) -> None:
    wrong = {**CASE, "candidates": [{"id": "N", "votes": -1, "groups": []}]}
    done = run(tmp_path, "count", file(tmp_path, "case.json", json.dumps(wrong)))
    assert (done.returncode, done.stdout) == (1, "")
    assert "candidates[0].votes" in done.stderr


RULE = CASE["rules"][0]  # type: ignore[index] # a list
FLOOR = {"id": "floor", "type": "min_hard", "group": "tenant", "value": 1}
BAD: dict[str, tuple[dict[str, object], str]] = {
    "a group with a typing error": ({"rules": [{**RULE, "group": "tennant"}]}, "rules[0].group"),
    "a name twice": (
        {"candidates": [{"id": "N", "votes": 1, "groups": []}] * 2},
        "candidates[1].id",
    ),
    "half a vote": (
        {"candidates": [{"id": "N", "votes": 0.5, "groups": []}]},
        "candidates[0].votes",
    ),
    "a share of more than everybody": ({"rules": [{**RULE, "num": 11}]}, "rules[0].num"),
    "a share of everybody": ({"rules": [{**RULE, "num": 10}]}, "rules[0].num"),
    "a cap below the floor": (
        {"rules": [FLOOR, {**FLOOR, "id": "cap", "type": "max", "value": 0}]},
        "rules[0].value",
    ),
    "a floor above the board": ({"rules": [{**FLOOR, "value": 2}]}, "rules[0].value"),
    "nobody at all": ({"candidates": []}, "candidates"),
    "more votes than ballots": ({"ballots": 8}, "candidates[0].votes"),
    "confirming without ballots": ({"uncontested": "confirm"}, "ballots"),
}


@pytest.mark.parametrize("fault", BAD)
def test_a_case_made_by_hand_is_refused_by_the_field_in_words(tmp_path: Path, fault: str) -> None:
    change, field = BAD[fault]
    done = run(tmp_path, "count", file(tmp_path, "case.json", json.dumps({**CASE, **change})))
    assert (done.returncode, done.stdout) == (1, "")
    said = done.stderr.rpartition(" [")[0]
    assert said.startswith("consult: ")
    assert field in said
    assert "Traceback" not in done.stderr


SERIES: dict[str, object] = {
    "people": [
        {"id": "N", "groups": []},
        {"id": "T", "groups": ["tenant"]},
        {"id": "U", "groups": ["tenant"]},
    ],
    "contests": [
        {
            "id": "chair",
            "seats": 1,
            "candidates": [{"id": "N", "votes": 9}, {"id": "T", "votes": 4}],
            "rules": [FLOOR],
        },
        {
            "id": "board",
            "seats": 2,
            "candidates": [{"id": "N", "votes": 9}, {"id": "U", "votes": 4}],
            "rules": CASE["rules"],
        },
    ],
}


def test_a_series_prints_every_office(tmp_path: Path) -> None:
    done = run(tmp_path, "count", file(tmp_path, "case.json", json.dumps(SERIES)))
    assert (done.returncode, done.stderr) == (0, "")
    told = json.loads(done.stdout)["offices"]
    assert [(one["id"], one["status"], one["elected"]) for one in told] == [
        ("chair", "full", ["T"]),
        ("board", "full", ["U"]),
    ]


def test_a_series_says_for_which_office_a_lot_is_needed(tmp_path: Path) -> None:
    people = [{"id": one, "groups": ["tenant"]} for one in "TU"]
    tied = {
        **SERIES,
        "people": people,
        "contests": [
            {
                "id": "board",
                "seats": 1,
                "candidates": [{"id": "T", "votes": 4}, {"id": "U", "votes": 4}],
                "rules": [],
            }
        ],
    }
    done = run(tmp_path, "count", file(tmp_path, "case.json", json.dumps(tied)))
    told = json.loads(done.stdout)
    assert told == {"status": "draw_needed", "office": "board", "tied": ["T", "U"]}


def test_a_series_without_a_board_is_refused_by_the_field(tmp_path: Path) -> None:
    wrong = {**SERIES, "contests": SERIES["contests"][:1]}  # type: ignore[index] # a list
    done = run(tmp_path, "count", file(tmp_path, "case.json", json.dumps(wrong)))
    assert (done.returncode, done.stdout) == (1, "")
    assert "contests" in done.stderr.rpartition(" [")[0]


def test_an_archive_that_is_none_is_refused(tmp_path: Path) -> None:
    done = run(tmp_path, "verify", file(tmp_path, "x.bel", "geen archief"))
    assert done.returncode == 1
    assert json.loads(done.stdout)["valid"] is False
    assert "elections.archive_wrong" in done.stderr


def test_without_a_secret_nothing_starts(tmp_path: Path) -> None:
    done = run(tmp_path, "jobs", "run", "--once", CONSULT_SECRET="")
    assert done.returncode == 1
    assert "CONSULT_SECRET" in done.stderr


def test_a_database_that_is_behind_is_not_used(tmp_path: Path) -> None:
    done = run(tmp_path, "register", "import", file(tmp_path, "k.csv", REGISTER))
    assert done.returncode == 1
    assert "consult migrate" in done.stderr


def test_a_register_is_planned_and_a_bad_one_is_refused_by_row_and_column(tmp_path: Path) -> None:
    migrate.upgrade(f"sqlite:///{tmp_path / 'cli.db'}")
    good = run(tmp_path, "register", "import", file(tmp_path, "k.csv", REGISTER))
    assert (good.returncode, good.stderr) == (0, "")
    assert json.loads(good.stdout)["new"] == 1
    bad = run(tmp_path, "register", "import", file(tmp_path, "b.csv", "klantnummer;bsn\n1;2\n"))
    assert (bad.returncode, bad.stdout) == (1, "")
    assert "row 1, column 'bsn'" in bad.stderr


def test_a_reader_who_has_seen_enough_is_no_error_to_look_at(tmp_path: Path) -> None:
    case = file(tmp_path, "case.json", json.dumps(CASE))
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run([CONSULT, "count", case], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, b"")


def test_counting_starts_without_the_web_and_the_database() -> None:
    script = (
        "import sys, consult.cli, consult.elections.commands;"
        "heavy = {'flask', 'sqlalchemy', 'pandas', 'plotly', 'numpy', 'scipy', 'jinja2'};"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "")


LOT = PublicDraw("21f2B4kPdXbSMrwSFvkn1u", {"board": ("b", "a")})


def test_a_lot_is_repeated_and_its_order_printed(tmp_path: Path) -> None:
    done = run(tmp_path, "lot", file(tmp_path, "loting.json", lot_file(LOT).decode()))
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["order"] == {"board": ["b", "a"]}


def test_a_lot_that_does_not_follow_is_refused_by_its_field(tmp_path: Path) -> None:
    wrong = {**LOT.json(), "order": {"board": ["b", "b"]}}
    done = run(tmp_path, "lot", file(tmp_path, "loting.json", json.dumps(wrong)))
    assert (done.returncode, done.stdout) == (1, "")
    assert "order.board" in done.stderr
    assert "Haal loting.json opnieuw op." in done.stderr


@pytest.mark.parametrize(
    ("command", "code"),
    [("lot", "elections.lot_unreadable"), ("recount", "elections.bundle_unreadable")],
)
def test_a_file_that_is_not_there_is_refused_by_its_name(
    tmp_path: Path, command: str, code: str
) -> None:
    done = run(tmp_path, command, str(tmp_path / "niets"))
    assert (done.returncode, done.stdout) == (1, "")
    assert str(tmp_path / "niets") in done.stderr
    assert code in done.stderr
