"""The commands for analysts when something is wrong: told with its place, nothing half written."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from consult import cli
from consult.reports import files

SAMPLE = """id;age;wijk;d;income
1;18-34;Noord;1;10
2;35+;Noord;2;20
3;18-34;Zuid;1;30
4;35+;Zuid;1.5;45
"""
MARGINS = {"age": {"18-34": 30, "35+": 70}, "wijk": {"Noord": 40, "Zuid": 60}}
OLD = "what stood there"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """A folder with a sample, its margins, and something in the place of the output."""
    (tmp_path / "s.csv").write_text(SAMPLE, encoding="utf-8")
    (tmp_path / "m.json").write_text(json.dumps(MARGINS), encoding="utf-8")
    (tmp_path / "w.csv").write_text(OLD, encoding="utf-8")
    return tmp_path


def words(desk: Path, *options: str) -> list[str]:
    given = {"--sample": "s.csv", "--margins": "m.json", "--out": "w.csv"}
    return [
        "weigh",
        *(word for name, file in given.items() for word in (name, str(desk / file))),
        *options,
    ]


def changed(**margins: Any) -> str:
    return json.dumps({name: value for name, value in (MARGINS | margins).items() if value})


def test_the_sample_comes_back_with_a_column_more_and_the_rest_as_json(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(desk)) == 0
    told = json.loads(capsys.readouterr().out)
    lines = (desk / "w.csv").read_text(encoding="utf-8").splitlines()
    assert [line.rpartition(";")[0] for line in lines] == SAMPLE.splitlines()
    assert lines[0].endswith(";weight")
    weights = [float(line.rpartition(";")[2]) for line in lines[1:]]
    assert sum(weights) == pytest.approx(100, rel=1e-12)
    assert (told["rows"], told["method"], told["capped"]) == (4, "raking", 0)
    assert told["largest_margin_error"] < 1e-10
    assert told["margins"]["age"]["35+"] == {
        "rows": 2,
        "target": 70.0,
        "achieved": pytest.approx(70, rel=1e-10),
    }
    assert told["weights"]["max"] == max(weights)
    assert sorted(path.name for path in desk.iterdir()) == ["m.json", "s.csv", "w.csv"]


def test_quotes_line_ends_a_mark_and_the_last_line_stay_as_they_are(desk: Path) -> None:
    body = '"age";wijk\r\n"18-34";"Noord"\r\n35+;Zuid\r\n"18-34";Zuid\r\n\r\n'
    (desk / "s.csv").write_bytes(b"\xef\xbb\xbf" + body.encode())
    (desk / "m.json").write_text(json.dumps({"age": {"18-34": 30, "35+": 70}}))
    assert cli.main(words(desk)) == 0
    text = (desk / "w.csv").read_bytes().decode("utf-8")
    assert re.sub(r";[0-9.]+\r", ";w\r", text) == (
        '\ufeff"age";wijk;weight\r\n"18-34";"Noord";w\r\n35+;Zuid;w\r\n"18-34";Zuid;w\r\n\r\n'
    )


def test_an_empty_cell_is_onbekend_where_the_margins_know_that(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "s.csv").write_text('age\n18-34\n""\n35+\n')
    (desk / "m.json").write_text('{"age": {"18-34": 30, "35+": 60, "onbekend": 10}}')
    assert cli.main(words(desk)) == 0
    assert (desk / "w.csv").read_text() == 'age,weight\n18-34,30.0\n"",10.0\n35+,60.0\n'
    assert json.loads(capsys.readouterr().out)["margins"]["age"]["onbekend"]["rows"] == 1


def test_a_column_with_a_star_in_its_name_is_that_column(desk: Path) -> None:
    (desk / "s.csv").write_text("a*b,a\nx,1\ny,1\n")
    (desk / "m.json").write_text('{"a*b": {"x": 1, "y": 3}}')
    assert cli.main(words(desk)) == 0
    assert (desk / "w.csv").read_text() == "a*b,a,weight\nx,1,1.0\ny,1,3.0\n"


def test_a_crossed_margin_has_the_levels_of_both(desk: Path) -> None:
    cells = {"18-34*Noord": 1, "18-34*Zuid": 2, "35+*Noord": 3, "35+*Zuid": 4}
    (desk / "m.json").write_text(json.dumps({"age*wijk": cells}))
    assert cli.main(words(desk, "--method", "poststratify")) == 0
    with (desk / "w.csv").open(newline="") as file:
        weights = {
            f"{row['age']}*{row['wijk']}": float(row["weight"])
            for row in csv.DictReader(file, delimiter=";")
        }
    assert weights == pytest.approx(cells)


def test_a_cap_holds_together_with_the_margins(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words(desk, "--cap", "1.7")) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["weights"]["max"] <= 1.7 * told["weights"]["mean"] * (1 + 1e-9)
    assert told["largest_margin_error"] < 1e-10


BAD_SAMPLES: dict[str, tuple[str, tuple[str, ...]]] = {
    "a row too short": (SAMPLE + "5;18-34\n", ("reports.row_ragged", "rij 6", "2 kolommen")),
    "a group that is not in the margins": (
        SAMPLE.replace("3;18-34;Zuid", "3;18-34;West"),
        ("reports.level_unknown", "rij 4", "“wijk”", "“West”", "Noord, Zuid"),
    ),
    "a cell without anything": (
        SAMPLE.replace("2;35+;Noord", "2;;Noord"),
        ("reports.cells_empty", "“age”", "rij 3", "onbekend"),
    ),
    "a column less": (SAMPLE.replace("wijk", "buurt"), ("reports.column_unknown", "“wijk”")),
    "weights already": (
        SAMPLE.replace("income", "weight"),
        ("reports.column_taken", "“weight”"),
    ),
    "nobody of a group": (
        SAMPLE.replace("Zuid", "Noord"),
        ("weighing.level_empty", "“wijk: Zuid”"),
    ),
}


@pytest.mark.parametrize("fault", BAD_SAMPLES)
def test_a_sample_with_a_fault_is_refused_in_words_and_nothing_is_written(
    desk: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    text, parts = BAD_SAMPLES[fault]
    (desk / "s.csv").write_text(text, encoding="utf-8")
    refused(desk, capsys, words(desk), *parts)


BAD_MARGINS: dict[str, tuple[str, tuple[str, ...]]] = {
    "half a file": ('{"age": {"18-34": 30', ("reading.not_json", "regel 1")),
    "a group twice": ('{"age": {"x": 1, "x": 2}}', ("reading.field_twice", "“x”")),
    "less than nobody": (changed(age={"18-34": -1}), ("reports.margin_number", "age.18-34")),
    "no groups": (
        changed().replace('{"Noord": 40, "Zuid": 60}', "{}"),
        ("reports.margin_empty", "wijk"),
    ),
    "no margins": ("{}", ("reports.margins_none",)),
    "a list of groups": ('{"age": ["18-34"]}', ("reports.margin_kind", "“age”")),
    "a total of words": ('{"income": NaN}', ("reports.total_number", "“income”")),
    "a name of nothing": ('{"": 1}', ("reports.name_blank",)),
    "a total of a column of words": (
        '{"wijk": 12}',
        ("reports.not_number", "rij 2", "“wijk”", "“Noord”"),
    ),
    "totals that differ": (
        changed(wijk={"Noord": 41, "Zuid": 60}),
        ("weighing.totals_differ", "“age”", "“wijk”", "101"),
    ),
    "totals that differ far behind the point": (
        changed(wijk={"Noord": 40.0000001, "Zuid": 60}),
        ("weighing.totals_differ", "samen 100.", "samen 100.0000001."),
    ),
    "a group of nobody with somebody in it": (
        changed(wijk={"Noord": 0, "Zuid": 100}),
        ("weighing.zero_margin", "“wijk: Noord”"),
    ),
    "a column crossed with itself": ('{"age*age": {"x": 1}}', ("reports.crossed_twice", "age*age")),
    "a crossed column that is not there": (
        '{"age*kind": {"x": 1}}',
        ("reports.column_unknown", "“kind”"),
    ),
    "a crossed group that is not there": (
        '{"age*wijk": {"18-34*Noord": 1}}',
        ("reports.level_unknown", "rij 3", "“35+*Noord”"),
    ),
}


@pytest.mark.parametrize("fault", BAD_MARGINS)
def test_margins_with_a_fault_are_refused_in_words_and_nothing_is_written(
    desk: Path, capsys: pytest.CaptureFixture[str], fault: str
) -> None:
    text, parts = BAD_MARGINS[fault]
    (desk / "m.json").write_text(text, encoding="utf-8")
    refused(desk, capsys, words(desk), *parts)


def test_margins_that_cannot_be_met_together_are_named(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "s.csv").write_text("a,b,c\n" + "x,x,p\n" * 5 + "y,y,q\n" * 5 + "x,x,q\ny,y,p\n")
    given = {"a": {"x": 30, "y": 70}, "b": {"x": 40, "y": 60}, "c": {"p": 50, "q": 50}}
    (desk / "m.json").write_text(json.dumps(given))
    refused(desk, capsys, words(desk), "weighing.conflict", "a, b.")


@pytest.mark.parametrize(
    ("cell", "code"),
    [("0", "base_weight"), ("-2", "base_weight"), ("", "not_number"), ("x", "not_number")],
)
def test_a_base_weight_that_is_none_is_refused_by_its_row(
    desk: Path, capsys: pytest.CaptureFixture[str], cell: str, code: str
) -> None:
    text = SAMPLE.replace("3;18-34;Zuid;1;", f"3;18-34;Zuid;{cell};")
    (desk / "s.csv").write_text(text, encoding="utf-8")
    refused(desk, capsys, words(desk, "--base-weight", "d"), f"reports.{code}", "rij 4", "“d”")


def test_a_star_in_a_group_cannot_be_crossed(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (desk / "s.csv").write_text("a,b\nx,y\nx*y,z\n")
    (desk / "m.json").write_text('{"a*b": {"x*y": 1, "x*y*z": 1}}')
    refused(desk, capsys, words(desk), "reports.level_with_cross", "rij 3", "“a”")


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        (("--method", "poststratify"), ("reports.weigh_joint", "age, wijk", "leeftijd*wijk")),
        (("--method", "logit"), ("reports.bounds_missing", "--bounds 0.3,3")),
        (("--bounds", "0.3,3"), ("reports.bounds_unused", "raking")),
        (("--method", "poststratify", "--bounds", "0,2"), ("reports.weigh_joint",)),
        (("--method", "logit", "--bounds", "0.99,1.01"), ("weighing.bounds_tight",)),
        (("--cap", "1.01"), ("weighing.cap_low",)),
        (("--base-weight", "niets"), ("reports.column_unknown", "“niets”")),
    ],
)
def test_options_that_do_not_fit_are_refused_in_words(
    desk: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], parts: tuple[str, ...]
) -> None:
    refused(desk, capsys, words(desk, *options), *parts)


@pytest.mark.parametrize(
    "options",
    [
        *(
            ("--bounds", text)
            for text in ("", "1", "0.5", "2,3", "0.5,0.9", "-1,2", "a,b", "0.5,inf", "0.5,2,3")
        ),
        *(("--cap", text) for text in ("1", "0", "-3", "x", "nan", "inf")),
        ("--method", "guess"),
    ],
)
def test_options_that_mean_nothing_are_wrong_use(
    desk: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, str]
) -> None:
    name, text = options
    with pytest.raises(SystemExit) as left:
        cli.main(words(desk, f"{name}={text}"))
    assert left.value.code == 2
    assert f"argument {name}" in capsys.readouterr().err


@pytest.mark.parametrize("by", ["", ",", "a,", "a,a", '"a'])
def test_names_of_columns_that_are_none_are_wrong_use(by: str) -> None:
    with pytest.raises(SystemExit) as left:
        cli.main(["represent", "--base", "b.csv", "--took-part", "came", f"--by={by}"])
    assert left.value.code == 2


def refused(desk: Path, capsys: pytest.CaptureFixture[str], asked: list[str], *parts: str) -> None:
    assert cli.main(asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    said = told.err.rpartition(" [")[0]
    assert said.startswith("consult: ")
    assert len(said) > len("consult: ")
    assert [part for part in parts if part not in told.err] == []
    assert sorted(path.name for path in desk.iterdir()) == ["m.json", "s.csv", "w.csv"]
    assert (desk / "w.csv").read_text(encoding="utf-8") == OLD


@pytest.mark.parametrize(
    ("out", "code"),
    [
        ("s.csv", "reports.out_is_input"),
        ("m.json", "reports.out_is_input"),
        ("link.csv", "reports.out_is_input"),
        (".", "reports.out_is_folder"),
        ("nowhere/w.csv", "reports.out_nowhere"),
    ],
)
def test_an_output_in_the_wrong_place_is_refused_before_any_work(
    desk: Path, capsys: pytest.CaptureFixture[str], out: str, code: str
) -> None:
    (desk / "link.csv").symlink_to(desk / "s.csv")
    asked = [*words(desk)[:-1], str(desk / out)]
    assert cli.main(asked) == 1
    assert code in capsys.readouterr().err
    assert (desk / "s.csv").read_text(encoding="utf-8") == SAMPLE


def test_an_output_that_is_no_ordinary_file_stays_what_it_is(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As root, ``--out /dev/null`` once took the device away from everybody."""
    pipe = desk / "pipe"
    os.mkfifo(pipe)
    assert cli.main([*words(desk)[:-1], str(pipe)]) == 1
    assert "reports.out_is_device" in capsys.readouterr().err
    assert pipe.is_fifo()


def test_numbers_too_large_to_add_up_are_refused_and_nothing_is_written(
    desk: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    large = SAMPLE.replace(";10", ";1e308").replace(";20", ";1e308")
    (desk / "s.csv").write_text(large, encoding="utf-8")
    (desk / "m.json").write_text(changed(income=1e300), encoding="utf-8")
    refused(desk, capsys, words(desk), "weighing.numbers_large", "income")


@pytest.mark.parametrize("sign", ["\x1b", "\x07", "\u202e", "\r"])
def test_no_name_of_a_file_speaks_to_the_terminal(
    desk: Path, capsys: pytest.CaptureFixture[str], sign: str
) -> None:
    (desk / "m.json").write_text(changed(**{f"age{sign}[31m": {"x": 1}}), encoding="utf-8")
    assert cli.main(words(desk)) == 1
    said = capsys.readouterr().err
    assert sign not in said
    assert "[31m" in said


@pytest.mark.parametrize("wide", [False, True])
def test_a_hundred_thousand_levels_or_columns_take_seconds(
    desk: Path, capsys: pytest.CaptureFixture[str], *, wide: bool
) -> None:
    many = [f"l{n}" for n in range(100_000)]
    text = f"{';'.join(many)}\n" * 2 if wide else "age;wijk\n" + "".join(f"{n};x\n" for n in many)
    (desk / "s.csv").write_text(text, encoding="utf-8")
    (desk / "m.json").write_text(json.dumps({"age": {"18-34": 1}}), encoding="utf-8")
    began = time.process_time()
    refused(desk, capsys, words(desk), "column_unknown" if wide else "level_unknown")
    assert time.process_time() - began < 10


def test_an_output_that_cannot_be_written_leaves_nothing_beside_it(
    desk: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    refused(desk, capsys, words(desk), "reports.out_unwritable", "No space left on device")


@pytest.mark.parametrize("option", ["--sample", "--margins"])
def test_a_file_that_is_not_there_is_refused_by_its_name(
    desk: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    asked = words(desk)
    asked[asked.index(option) + 1] = str(desk / "niets")
    refused(desk, capsys, asked, "reports.file_unreadable", "niets")


def test_what_stood_there_keeps_who_may_read_it(desk: Path) -> None:
    (desk / "w.csv").chmod(0o600)
    assert cli.main(words(desk)) == 0
    assert (desk / "w.csv").stat().st_mode & 0o777 == 0o600


def test_a_link_as_output_stays_a_link(desk: Path) -> None:
    (desk / "link.csv").symlink_to(desk / "w.csv")
    assert cli.main([*words(desk)[:-1], str(desk / "link.csv")]) == 0
    assert (desk / "link.csv").is_symlink()
    assert (desk / "w.csv").read_text(encoding="utf-8").startswith("id;age;wijk;d;income;weight")


SLOW = """
import sys, time
from consult import cli
from consult.reports import files
whole = files.write
def slow(path, pieces, mark=b""):
    def dripped():
        for piece in pieces:
            yield piece * 20_000
            print("written", flush=True)
            time.sleep(60)
    whole(path, dripped(), mark)
files.write = slow
sys.exit(cli.main(sys.argv[1:]))
"""


@pytest.mark.parametrize("sign", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_killed_while_writing_it_leaves_the_old_output_whole(desk: Path, sign: int) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SLOW, *words(desk)], stdout=subprocess.PIPE
    ) as made:
        assert made.stdout is not None
        assert made.stdout.readline() == b"written\n"
        beside = [path for path in desk.iterdir() if path.name.endswith(".part")]
        assert len(beside) == 1
        os.kill(made.pid, sign)
        made.wait(timeout=30)
    assert (desk / "w.csv").read_text(encoding="utf-8") == OLD
    if sign == signal.SIGINT:
        assert not beside[0].exists()


BASE = (
    "age,wijk,came\n"
    + "18-34,Noord,1\n18-34,Zuid,0\n" * 10
    + "35+,Noord,ja\n35+,Zuid,NEE\n" * 5
    + "35+,Zuid,true\n" * 3
)


@pytest.mark.parametrize(
    ("text", "by", "parts"),
    [
        (BASE + "35+,Zuid,misschien\n", "age", ("reports.not_took_part", "rij 35", "“misschien”")),
        (BASE + "35+,Zuid,\n", "age", ("reports.not_took_part", "rij 35", "“came”")),
        (BASE + ",Zuid,1\n", "age", ("reports.cells_empty", "rij 35", "“age”")),
        (BASE, "age,kind", ("reports.column_unknown", "“kind”")),
        (BASE, "age,came", ("reports.by_took_part", "“came”")),
        (BASE.replace(",1", ",0").replace("ja", "0").replace("true", "0"), "age", ("nobody",)),
    ],
)
def test_a_base_with_a_fault_is_refused_in_words(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], text: str, by: str, parts: tuple[str, ...]
) -> None:
    (tmp_path / "b.csv").write_text(text, encoding="utf-8")
    asked = ["represent", "--base", str(tmp_path / "b.csv"), "--took-part", "came", "--by", by]
    assert cli.main(asked) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert [part for part in parts if part not in told.err] == []


def test_who_took_part_is_compared_by_each_column(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "b.csv").write_text(BASE + "35+,Oost,0\n,Oost,1\nonbekend,Oost,0\n")
    asked = [
        "represent",
        "--base",
        str(tmp_path / "b.csv"),
        "--took-part",
        "came",
        "--by",
        "age,wijk",
    ]
    assert cli.main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["base"], told["took_part"]) == (36, 19)
    groups = told["variables"]["age"]["groups"]
    assert {name: (one["base"], one["took_part"]) for name, one in groups.items()} == {
        "18-34": (20, 10),
        "35+": (14, 8),
        "onbekend": (2, 1),
    }
    assert told["inputs"]["base"]["sha256"]
    assert told["versions"]["numpy"]


def test_faults_in_files_are_told_without_the_libraries_of_numbers() -> None:
    script = (
        "import sys, consult.cli, consult.reports.commands;"
        "heavy = {'flask', 'sqlalchemy', 'pandas', 'plotly', 'numpy', 'scipy', 'jinja2'};"
        "print(*heavy & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert (done.returncode, done.stdout.strip()) == (0, "")
