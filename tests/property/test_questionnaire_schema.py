"""The published schema and our reader agree on what a file of a questionnaire is."""

import json
from copy import deepcopy
from dataclasses import MISSING, fields
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from consult.refusal import Refusal
from consult.surveys.core.asking.format import KINDS, dump, read
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.words import LANGUAGES
from consult.web.assets import STATIC
from tests.questionnaires import questionnaires

SCHEMA: dict[str, Any] = json.loads((STATIC / "questionnaire.schema.json").read_text("utf-8"))
JUDGE = jsonschema.Draft202012Validator(
    SCHEMA, format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
)
STRANGE = (None, True, -1, 1.5, "", "A b", [], {}, [{}], {"nl": ""}, {"xx": "?"}, 10**10)
"""What is put in the place of something: of every sort of JSON value, and near misses."""


def ours(data: object) -> bool:
    """Whether the reader takes it."""
    try:
        read(json.dumps(data, ensure_ascii=False).encode())
    except Refusal:
        return False
    return True


def places(data: object, way: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place in ``data``."""
    found = [way] if way else []
    if isinstance(data, dict):
        for name, value in data.items():
            found += places(value, (*way, name))
    if isinstance(data, list):
        for number, value in enumerate(data):
            found += places(value, (*way, number))
    return found


def put(data: object, way: tuple[str | int, ...], value: object) -> object:
    """``data`` with something else in one place; ``...`` takes it out."""
    changed: Any = deepcopy(data)
    there = changed
    for step in way[:-1]:
        there = there[step]
    if value is ...:
        del there[way[-1]]
    else:
        there[way[-1]] = value
    return changed


@given(questionnaires())
def test_what_we_write_is_what_the_schema_says(asked: Questionnaire) -> None:
    JUDGE.validate(json.loads(dump(asked)))


@given(questionnaires(most=4), st.data())
def test_schema_and_reader_refuse_the_same(asked: Questionnaire, data: st.DataObject) -> None:
    good = json.loads(dump(asked))
    way = data.draw(st.sampled_from(places(good)))
    changed = put(good, way, data.draw(st.sampled_from([*STRANGE, ...])))
    assert JUDGE.is_valid(changed) == ours(changed), way


@pytest.mark.parametrize("kind", KINDS)
def test_the_schema_knows_the_fields_of_a_kind(kind: str) -> None:
    told = SCHEMA["$defs"]["text_question" if kind == "text" else kind]
    ours = fields(KINDS[kind])
    assert told["properties"].keys() == {"kind", *(field.name for field in ours)}
    needed = {field.name for field in ours if field.default is MISSING}
    assert set(told["required"]) == {"kind", *needed}


def test_the_schema_knows_the_languages() -> None:
    assert SCHEMA["$defs"]["words"]["properties"].keys() == LANGUAGES.keys()
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
