"""A file of a questionnaire is read whole, or refused at the place where it is wrong."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from consult.refusal import Refusal
from consult.surveys.core.asking.format import LARGEST_FILE, load, read

Data = dict[str, Any]
GOOD: Data = {
    "format": "consult-questionnaire/1",
    "sections": [
        {
            "id": "wonen",
            "title": {"nl": "Wonen"},
            "questions": [
                {
                    "kind": "one",
                    "id": "huur",
                    "text": {"nl": "Huurt u?", "ar": "هل تستأجر؟"},
                    "options": [
                        {"code": "ja", "text": {"nl": "Ja"}},
                        {"code": "nee", "text": {"nl": "Nee"}},
                    ],
                },
                {
                    "kind": "number",
                    "id": "bedrag",
                    "text": {"nl": "Hoeveel?"},
                    "low": 0,
                    "high": 5000,
                    "when": {"rules": [{"question": "huur", "any_of": ["ja"]}]},
                },
                {
                    "kind": "scale",
                    "id": "blij",
                    "text": {"nl": "Blij?"},
                    "steps": 5,
                    "low": {"nl": "Nee"},
                    "high": {"nl": "Ja"},
                },
            ],
        }
    ],
    "terms": [{"word": {"nl": "huur"}, "meaning": {"nl": "Wat u betaalt."}}],
}
ONE = ("sections", 0, "questions", 0)
NUMBER = ("sections", 0, "questions", 1)


def changed(path: tuple[str | int, ...], value: object) -> Data:
    """GOOD with something else in one place; ``...`` takes it out."""
    data = copy.deepcopy(GOOD)
    *way, last = path
    there: Any = data
    for step in way:
        there = there[step]
    if value is ...:
        del there[last]
    else:
        there[last] = value
    return data


def raw(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False).encode()


def test_a_good_file_is_read() -> None:
    found = read(raw(GOOD))
    assert [question.id for question in found.questions] == ["huur", "bedrag", "blij"]
    assert found.questions[0].text.to("ar") == "هل تستأجر؟"


def test_the_same_text_is_read_once() -> None:
    text = raw(GOOD).decode()
    assert load(text) is load(text)


@pytest.mark.parametrize(
    ("data", "code", "field"),
    [
        (changed(("format",), "other/1"), "reading.format_unknown", None),
        ([GOOD], "reading.format_unknown", None),
        (changed(("sections",), {}), "reading.not_list", "sections"),
        (changed(("extra",), 1), "reading.field_unknown", "extra"),
        (changed(("sections", 0, "id"), ...), "reading.field_missing", "sections[0].id"),
        (changed(("sections", 0, "id"), "A"), "reading.not_name", "sections[0].id"),
        (changed(("sections", 0, "title"), "x"), "reading.not_object", "sections[0].title"),
        (
            changed(("sections", 0, "title"), {"fr": "x"}),
            "reading.field_unknown",
            "sections[0].title.fr",
        ),
        (
            changed(("sections", 0, "title"), {"nl": " "}),
            "reading.not_prose",
            "sections[0].title.nl",
        ),
        (
            changed(("sections", 0, "title"), {"nl": "x" * 2001}),
            "reading.not_prose",
            "sections[0].title.nl",
        ),
        (changed(ONE, 3), "reading.not_object", "sections[0].questions[0]"),
        (
            changed((*ONE, "kind"), ...),
            "reading.field_missing",
            "sections[0].questions[0].kind",
        ),
        (
            changed((*ONE, "kind"), "two"),
            "reading.not_choice",
            "sections[0].questions[0].kind",
        ),
        (
            changed((*ONE, "most"), 2),
            "reading.field_unknown",
            "sections[0].questions[0].most",
        ),
        (
            changed((*ONE, "options"), ...),
            "reading.field_missing",
            "sections[0].questions[0].options",
        ),
        (
            changed((*ONE, "options", 1, "code"), "É"),
            "reading.not_name",
            "sections[0].questions[0].options[1].code",
        ),
        (
            changed((*ONE, "declines"), ["no"]),
            "reading.not_choice",
            "sections[0].questions[0].declines[0]",
        ),
        (
            changed((*ONE, "required"), 1),
            "reading.not_yes_no",
            "sections[0].questions[0].required",
        ),
        (
            changed((*NUMBER, "low"), 1.5),
            "reading.not_whole",
            "sections[0].questions[1].low",
        ),
        (
            changed((*NUMBER, "low"), {"nl": "x"}),
            "reading.not_whole",
            "sections[0].questions[1].low",
        ),
        (
            changed((*NUMBER, "when"), {}),
            "reading.field_missing",
            "sections[0].questions[1].when.rules",
        ),
        (
            changed((*NUMBER, "when", "rules", 0, "at_least"), 1),
            "reading.rule_shape",
            "sections[0].questions[1].when.rules[0]",
        ),
        (
            changed((*NUMBER, "when", "rules", 0, "any_of"), ["J A"]),
            "reading.not_name",
            "sections[0].questions[1].when.rules[0].any_of[0]",
        ),
        (
            changed(("sections", 0, "questions", 2, "low"), 1),
            "reading.not_object",
            "sections[0].questions[2].low",
        ),
        (changed(("terms", 0, "word"), ...), "reading.field_missing", "terms[0].word"),
    ],
)
def test_what_does_not_belong_is_refused_by_its_place(
    data: object, code: str, field: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        read(raw(data))
    assert (refused.value.code, refused.value.facts.get("field")) == (code, field)


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (lambda: b"\xff\xfe", "reading.not_utf8"),
        (lambda: b'{"format": ', "reading.not_json"),
        (lambda: b'{"format": 1, "format": 1}', "reading.field_twice"),
        (lambda: b" " * (LARGEST_FILE + 1), "reading.too_large"),
    ],
)
def test_what_is_no_file_of_ours_is_refused(file: Callable[[], bytes], code: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(file())
    assert refused.value.code == code
