"""The examples in docs/analysts.md give what stands there."""

import csv
import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest

from consult import cli
from consult.config import ROOT

TEXT = (ROOT / "docs" / "analysts.md").read_text("utf-8")
BLOCKS = dict(re.findall(r"```(?:csv|json) (\S+)\n(.*?)```", TEXT, re.DOTALL))
COMMANDS = {
    words[1]: words[1:]
    for line in re.findall(r"```sh\n(.*?)\n```", TEXT, re.DOTALL)
    for words in [shlex.split(line)]
}


@pytest.fixture(autouse=True)
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("sample.csv", "margins.json", "base.csv"):
        (tmp_path / name).write_text(BLOCKS[name], encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_weights_are_those_of_the_document(desk: Path) -> None:
    assert cli.main(COMMANDS["weigh"]) == 0
    wanted = list(csv.reader(BLOCKS["weights.csv"].splitlines(), delimiter=";"))
    found = list(csv.reader((desk / "weights.csv").read_text().splitlines(), delimiter=";"))
    assert [row[:-1] for row in found] == [row[:-1] for row in wanted]
    assert found[0][-1] == wanted[0][-1] == "weight"
    assert [float(row[-1]) for row in found[1:]] == pytest.approx(
        [float(row[-1]) for row in wanted[1:]], rel=1e-10
    )


def test_who_took_part_is_what_the_document_says(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(COMMANDS["represent"]) == 0
    told = json.loads(capsys.readouterr().out)
    within(told, json.loads(BLOCKS["represent.json"]))


def within(found: Any, part: Any) -> None:
    """Everything in ``part`` stands in ``found``."""
    if isinstance(part, dict):
        for name, value in part.items():
            within(found[name], value)
    else:
        assert found == pytest.approx(part, rel=1e-12)


def test_every_option_of_the_commands_is_in_the_document(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for command in ("weigh", "represent"):
        with pytest.raises(SystemExit):
            cli.main([command, "--help"])
        options = set(re.findall(r"--[a-z-]+", capsys.readouterr().out)) - {"--help"}
        assert options
        assert {option for option in options if option not in TEXT} == set()
