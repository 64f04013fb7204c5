"""Themes, working groups and what a consultation belongs to."""

from dataclasses import replace
from typing import Any

import pytest

from consult.council.core import subject as subjects
from consult.council.core.subject import Form, Organiser, Subject
from consult.council.core.themes import (
    Theme,
    WorkingGroup,
    check_group,
    check_theme,
    without_contact,
)
from consult.refusal import Refusal

THEME = Theme("t", 2026, "Wonen en zorg", "Contactpersoon wonen en zorg")
GROUP = WorkingGroup("g", "Leefbare stad", "t", "Contactpersoon wijken", ("seat",))
SUBJECT = Subject(("incasso",), Organiser.COUNCIL, Form.QUESTIONNAIRE, True, "t", "g")


def belongs(subject: Subject) -> None:
    subjects.check(subject, {"incasso", "overlast"}, {"t"}, {"g"})


def test_a_theme_a_group_and_a_subject_that_name_what_is_there_are_good() -> None:
    check_theme(THEME)
    check_group(GROUP, [THEME], ["seat", "another"])
    check_group(replace(GROUP, theme_id=None, members=()), [], [])
    belongs(SUBJECT)
    belongs(replace(SUBJECT, theme_id=None, group_id=None, organiser=Organiser.COUNCIL))


@pytest.mark.parametrize(
    ("theme", "code"),
    [
        (replace(THEME, title=""), "council.theme_name"),
        (replace(THEME, title="x" * 121), "council.theme_name"),
        (replace(THEME, contact="x" * 121), "council.theme_name"),
        (replace(THEME, year=2015), "council.theme_year"),
        (replace(THEME, year=2101), "council.theme_year"),
    ],
)
def test_what_is_no_theme_is_refused(theme: Theme, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_theme(theme)
    assert refused.value.code == code


@pytest.mark.parametrize(
    ("group", "code"),
    [
        (replace(GROUP, name=""), "council.theme_name"),
        (replace(GROUP, theme_id="gone"), "council.theme_unknown"),
        (replace(GROUP, members=("seat", "nobody")), "council.unknown_mandate"),
    ],
)
def test_what_is_no_working_group_is_refused(group: WorkingGroup, code: str) -> None:
    with pytest.raises(Refusal) as refused:
        check_group(group, [THEME], ["seat"])
    assert refused.value.code == code


def test_a_running_theme_without_a_contact_is_warned_of() -> None:
    bare = replace(THEME, contact="")
    assert without_contact([THEME, bare, replace(bare, closed=True)]) == (bare,)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"topics": ()}, "council.subject_topics"),
        ({"topics": ("incasso", "weather")}, "council.subject_topics"),
        ({"organiser": Organiser.LANDLORD}, "council.subject_initiative"),
        ({"organiser": Organiser.JOINT}, "council.subject_initiative"),
        ({"theme_id": "gone"}, "council.theme_unknown"),
        ({"group_id": "gone"}, "council.group_unknown"),
    ],
)
def test_a_subject_that_names_something_unknown_is_refused(
    change: dict[str, Any], code: str
) -> None:
    with pytest.raises(Refusal) as refused:
        belongs(replace(SUBJECT, **change))
    assert refused.value.code == code
