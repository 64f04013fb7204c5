"""Reading a questionnaire over: its routing as a map, and all of it to read aloud or print."""

from flask import Blueprint, render_template

from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.drawing import BOX, WIDTH, drawing
from consult.surveys.core.asking.words import LANGUAGES
from consult.surveys.forms.outline import outline
from consult.surveys.forms.questions import KINDS
from consult.surveys.views.desk import current
from consult.surveys.views.phone import reading_language
from consult.web.locale import DEFAULT

blueprint = Blueprint("proofs", __name__)
_DESK = "/raad/raadplegingen/<consultation_id>"


@blueprint.get(f"{_DESK}/kaart")
def routing(consultation_id: str) -> str:
    """Which question comes after which answer, drawn and in words."""
    asked = current(consultation_id)
    found = check(asked.questions)
    return render_template(
        "surveys/editor/map.html",
        asked=asked,
        outline=outline(asked.questions, found, DEFAULT),
        drawing=drawing(asked.questions),
        width=WIDTH,
        box=BOX,
        ready=not found.problems,
        kinds=KINDS,
    )


@blueprint.get(f"{_DESK}/voorlezen")
def aloud(consultation_id: str) -> str:
    """The whole questionnaire in one language."""
    asked = current(consultation_id)
    shown = reading_language(asked)
    return render_template(
        "surveys/editor/aloud.html",
        asked=asked,
        outline=outline(asked.questions, check(asked.questions), shown),
        shown=shown,
        names=LANGUAGES,
        kinds=KINDS,
    )
