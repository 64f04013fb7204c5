"""The file of margins: what is read, and what is refused by its field."""

import json

import pytest

from consult.refusal import Refusal
from consult.reports.core.analysts.margins_file import Margins, read


def test_groups_and_a_total_are_told_apart() -> None:
    given = {"age": {"18-34": 2172, "35+": 10.5}, "income": -3.5, "age*wijk": {"18-34*Noord": 0}}
    assert read(json.dumps(given).encode()) == Margins(
        groups={"age": {"18-34": 2172.0, "35+": 10.5}, "age*wijk": {"18-34*Noord": 0.0}},
        totals={"income": -3.5},
    )


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("[]", "reading.not_object", "{}"),
        ("{}", "reports.margins_none", None),
        ('{"age": {}}', "reports.margin_empty", "age"),
        ('{"age": []}', "reports.margin_kind", "age"),
        ('{"age": "12"}', "reports.margin_kind", "age"),
        ('{"age": null}', "reports.margin_kind", "age"),
        ('{"age": true}', "reports.margin_kind", "age"),
        ('{"": 1}', "reports.name_blank", "{}"),
        ('{"age": {"": 1}}', "reports.name_blank", "age"),
        ('{"age": {"x": -1}}', "reports.margin_number", "age.x"),
        ('{"age": {"x": NaN}}', "reports.margin_number", "age.x"),
        ('{"age": {"x": Infinity}}', "reports.margin_number", "age.x"),
        ('{"age": {"x": 1e999}}', "reports.margin_number", "age.x"),
        ('{"age": {"x": "12"}}', "reports.margin_number", "age.x"),
        ('{"age": {"x": true}}', "reports.margin_number", "age.x"),
        ('{"age": {"x": {"y": 1}}}', "reports.margin_number", "age.x"),
        (f'{{"age": {{"x": 1{"0" * 400}}}}}', "reports.margin_number", "age.x"),
        ('{"income": NaN}', "reports.total_number", "income"),
        ('{"income": -Infinity}', "reports.total_number", "income"),
        ('{"age": 1, "age": 2}', "reading.field_twice", "age"),
        ('{"age": {"x": 1, "x": 2}}', "reading.field_twice", "x"),
        ('{"age": {"x": 1}', "reading.not_json", None),
        ("", "reading.not_json", None),
    ],
)
def test_margins_with_a_fault_are_refused_by_the_field(
    text: str, code: str, field: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        read(text.encode())
    assert (refused.value.code, refused.value.facts.get("field")) == (code, field)
