"""The commands for analysts give the numbers that R, SAS Calmar and the RISQ manual give."""

import csv
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import pytest

from consult import cli
from tests.reference import reference

SCHOOLS = ("srs", "clus1", "strat")
TWO = ("stype", "sch.wide")
FOUR = (*TWO, "comp.imp", "awards")


def table(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def written(path: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    made = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(made[0]))
        writer.writeheader()
        writer.writerows(made)
    return path


def weighed(folder: Path, sample: Path, margins: Mapping[str, Any], *options: str) -> list[float]:
    """The weights that the command writes."""
    wanted, out = folder / "m.json", folder / "w.csv"
    wanted.write_text(json.dumps(margins), encoding="utf-8")
    files = ("--sample", str(sample), "--margins", str(wanted), "--out", str(out))
    assert cli.main(["weigh", *files, *options]) == 0
    return [float(row["weight"]) for row in table(out)]


def population(*names: str) -> dict[str, Any]:
    told = json.loads(reference("r_survey_4.5_reference.json").read_text("utf-8"))["population"]
    return {name: told[name] for name in names}


def joint() -> dict[str, Any]:
    """Both of :data:`TWO` crossed, as a margin of the command."""
    cells = population("stype_x_sch.wide")["stype_x_sch.wide"]
    return {"stype*sch.wide": {name.replace("|", "*"): n for name, n in cells.items()}}


def furthest(found: Iterable[float], wanted: Iterable[float]) -> float:
    return max(abs(one / other - 1) for one, other in zip(found, wanted, strict=True))


@pytest.mark.parametrize("survey", SCHOOLS)
@pytest.mark.parametrize(
    ("column", "names", "options", "close"),
    [
        ("w_rake2", TWO, (), 1e-9),
        ("w_rake4", FOUR, (), 2e-8),  # R itself stops there
        ("w_cal_raking", TWO, (), 1e-9),
        ("w_cal_linear", TWO, ("--method", "linear"), 1e-9),
    ],
)
def test_weights_of_schools_are_those_of_r(
    tmp_path: Path,
    survey: str,
    column: str,
    names: tuple[str, ...],
    options: tuple[str, ...],
    close: float,
) -> None:
    sample = reference(f"api_{survey}_reference.csv")
    found = weighed(tmp_path, sample, population(*names), "--base-weight", "pw", *options)
    assert furthest(found, (float(row[column]) for row in table(sample))) < close


@pytest.mark.parametrize("survey", SCHOOLS)
def test_poststratified_weights_of_schools_are_those_of_r(tmp_path: Path, survey: str) -> None:
    sample = reference(f"api_{survey}_reference.csv")
    way = ("--method", "poststratify", "--base-weight", "pw")
    found = weighed(tmp_path, sample, population("stype"), *way)
    assert furthest(found, (float(row["w_ps"]) for row in table(sample))) < 1e-12


def test_a_crossed_margin_beside_another_gives_the_published_mean(tmp_path: Path) -> None:
    sample = reference("api_clus1_reference.csv")
    found = weighed(tmp_path, sample, joint() | population("comp.imp"), "--base-weight", "pw")
    scores = [float(row["api00"]) for row in table(sample)]
    mean = sum(map(float.__mul__, scores, found)) / sum(found)
    assert round(mean, 4) == 642.6085


BOUNDS = ("--bounds", "0.5,2.2")


@pytest.mark.parametrize(
    ("column", "options"),
    [
        ("w_rake", ()),
        ("w_linear", ("--method", "linear")),
        ("w_trunc", ("--method", "linear", *BOUNDS)),
        ("w_logit", ("--method", "logit", *BOUNDS)),
    ],
)
def test_weights_of_kalton_and_flores_cervantes(
    tmp_path: Path, column: str, options: tuple[str, ...]
) -> None:
    cells = table(reference("kalton_flores_cervantes.csv"))
    people = [one for one in cells for _ in range(int(one["n_sample"]))]
    sample = written(tmp_path / "s.csv", [{**one, "d": 1} for one in people])
    margins: dict[str, dict[str, int]] = {"a": {}, "b": {}}
    for one in cells:
        for name, margin in margins.items():
            margin[one[name]] = margin.get(one[name], 0) + int(one["N_pop"])
    found = weighed(tmp_path, sample, margins, "--base-weight", "d", *options)
    assert max(abs(w - float(one[column])) for w, one in zip(found, people, strict=True)) < 2e-8


@pytest.mark.parametrize(
    ("method", "options"),
    [("raking", ()), ("linear", ()), ("logit", ("--bounds", "0.4,2.2"))],
)
def test_weights_with_a_numeric_total_are_those_of_calmar(
    tmp_path: Path, method: str, options: tuple[str, ...]
) -> None:
    rows = table(reference("calmar_employees.csv"))
    people = [{"d": row.pop("weight"), **row} for row in rows]
    sample = written(tmp_path / "s.csv", people)
    margins = {
        "category": {"1": 80, "2": 90, "3": 60},
        "sex": {"1": 140, "2": 90},
        "department": {"1": 100, "2": 130},
        "salary": 470000,
    }
    found = weighed(tmp_path, sample, margins, "--base-weight", "d", "--method", method, *options)
    printed = [float(row[f"calmar_{method}"]) for row in people]
    assert max(map(abs, map(float.__sub__, found, printed))) < 6e-5  # four decimals
    assert furthest(found, (float(row[f"survey_{method}"]) for row in people)) < 1e-8


def test_the_risq_file_gives_the_manual_s_values(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    people = [
        {
            "gender": one["gender"],
            "age": one["age"],
            "urb": one["urb"],
            "came": int(n < int(one["resp"])),
        }
        for one in table(reference("risq_test_cells.csv"))
        for n in range(int(one["n"]))
    ]
    sample = written(tmp_path / "b.csv", people)
    words = ("--base", str(sample), "--took-part", "came", "--by", "gender,age,urb")
    assert cli.main(["represent", *words]) == 0
    told = json.loads(capsys.readouterr().out)
    printed = json.loads(reference("risq_manual_published.json").read_text("utf-8"))
    assert (told["base"], told["took_part"]) == (35_455, 19_379)
    assert round(told["r"]["value"], 10) == 0.8810996806
    assert round(told["r"]["unadjusted"], 10) == 0.8789220904
    assert round(told["r"]["se"], 10) == 0.0052542915
    assert round(told["cv"]["unadjusted"], 7) == printed["CV"]
    assert round(told["cv"]["se"], 9) == printed["CVSE"]
    for name, values in printed["by_category_unadjusted"].items():
        for level, (alone, beside) in values.items():
            found = told["partials"][name]["categories"][level]
            assert found["alone"]["r"]["unadjusted"] == pytest.approx(alone, abs=5e-9)
            assert found["beside"]["r"]["unadjusted"] == pytest.approx(beside, abs=5e-9)
