"""Files of analysts: any table comes back, and the published schemas say what the program does."""

import contextlib
import csv
import io
import json
import tempfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consult import cli
from consult.config import ROOT
from consult.refusal import Refusal
from consult.reports.core.analysts import columns, margins_file
from consult.reports.core.analysts.columns import opened, records

SCHEMAS = ROOT / "docs" / "schemas"


def judge(name: str) -> jsonschema.Draft202012Validator:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


MARGINS, WEIGH, REPRESENT = judge("margins"), judge("weigh"), judge("represent")
CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=6)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=8)
)


@given(TABLES, st.sampled_from(",;"), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_any_table_is_read_back_as_it_was_and_its_text_untouched(
    rows: list[list[str]], delimiter: str, end: str, quoted: bool
) -> None:
    made = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL
    names = [f"column {place}" for place in range(len(rows[0]))]
    csv.writer(made, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(
        [names, *rows]
    )
    sheet = opened("s.csv", made.getvalue().encode())
    assert (sheet.delimiter, sheet.header) == (delimiter, tuple(names))
    assert "".join(text for text, _ in records(sheet)) == made.getvalue()
    found = columns.read(sheet, names)
    for place, name in enumerate(names):
        column = found.levels[name]
        assert [column.names[code] for code in column.codes] == [row[place] for row in rows]


STRANGE = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-5, 5),
    st.floats(-2, 2),
    st.text(max_size=3),
    st.lists(st.integers(), max_size=1),
    st.dictionaries(st.text(max_size=2), st.one_of(st.integers(-1, 9), st.text(max_size=1))),
)


@given(st.one_of(STRANGE, st.dictionaries(st.text(max_size=3), STRANGE, max_size=4)))
@settings(max_examples=150)
def test_schema_and_reader_take_and_refuse_the_same_margins(given_margins: object) -> None:
    try:
        margins_file.read(json.dumps(given_margins).encode())
        taken = True
    except Refusal:
        taken = False
    assert MARGINS.is_valid(given_margins) == taken


@pytest.mark.parametrize("example", MARGINS.schema["examples"])
def test_the_examples_of_the_schema_are_margins(example: Any) -> None:
    MARGINS.validate(example)
    margins_file.read(json.dumps(example).encode())


def told(*words: str) -> Any:
    """What a command prints; nothing where it refuses."""
    out, why = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(why):
        code = cli.main(words)
    assert ("weighing." in why.getvalue() or "reports." in why.getvalue()) == (code == 1)
    return json.loads(out.getvalue()) if code == 0 else None


WAYS = (
    (),
    ("--method", "linear"),
    ("--method", "linear", "--bounds", "0.1,9"),
    ("--method", "logit", "--bounds", "0.1,9"),
    ("--cap", "3"),
    ("--base-weight", "d"),
)


@given(
    st.lists(
        st.tuples(st.sampled_from("abc"), st.sampled_from("xy"), st.floats(0.5, 2)), min_size=12
    ),
    st.sampled_from(WAYS),
)
@settings(max_examples=40)
def test_what_weigh_prints_is_what_its_schema_says(
    people: list[tuple[str, str, float]], way: tuple[str, ...]
) -> None:
    """The margins are those of the sample with weights of its own, so most can be met."""
    wanted: dict[str, dict[str, float]] = {"one": {}, "two": {}}
    for one, two, weight in people:
        for margin, level in zip(wanted.values(), (one, two), strict=True):
            margin[level] = margin.get(level, 0.0) + weight
    with tempfile.TemporaryDirectory() as folder:
        sample, margins, out = (Path(folder) / name for name in ("s.csv", "m.json", "w.csv"))
        lines = [f"{one},{two},{weight!r}" for one, two, weight in people]
        sample.write_text("\n".join(["one,two,d", *lines]))
        margins.write_text(json.dumps(wanted))
        files = ("--sample", str(sample), "--margins", str(margins), "--out", str(out))
        printed = told("weigh", *files, *way)
        if printed is None:
            assert not out.exists()
            return
        WEIGH.validate(printed)
        with out.open(newline="") as file:
            rows = list(csv.DictReader(file))
    weights = [float(row["weight"]) for row in rows]
    assert [row["one"] for row in rows] == [one for one, _, _ in people]
    assert printed["weights"]["sum"] == pytest.approx(sum(weights))
    for level, found in printed["margins"]["one"].items():
        mine = sum(w for w, row in zip(weights, rows, strict=True) if row["one"] == level)
        assert mine == pytest.approx(found["target"], rel=1e-9)


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.booleans()), min_size=8)
)
@settings(max_examples=40)
def test_what_represent_prints_is_what_its_schema_says(people: list[tuple[str, str, bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder) / "b.csv"
        lines = [f"{one};{two};{int(came)}" for one, two, came in people]
        base.write_text("\n".join(["one;two;came", *lines]))
        printed = told("represent", "--base", str(base), "--took-part", "came", "--by", "one,two")
    if printed is None:  # in some column nobody or everybody took part of each level that is left
        return
    REPRESENT.validate(printed)
    groups = printed["variables"]["one"]["groups"].values()
    assert sum(group["base"] for group in groups) == len(people)
    assert sum(group["took_part"] for group in groups) == sum(came for _, _, came in people)
