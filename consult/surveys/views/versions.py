"""Versions of a questionnaire: who saved what, and putting one back."""

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response

from consult.accounts.store import people
from consult.clock import now
from consult.refusal import Refusal
from consult.surveys.actions import editing
from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.versions import difference
from consult.surveys.forms.outline import outline
from consult.surveys.forms.questions import KINDS
from consult.surveys.store import versions as store
from consult.surveys.views.desk import current
from consult.surveys.views.editor import after
from consult.web.access import actor
from consult.web.locale import DEFAULT
from consult.web.unit import reading, writing

blueprint = Blueprint("versions", __name__)
_PAGE = "/raad/raadplegingen/<consultation_id>/versies"
_FIRST = Questionnaire()


@blueprint.get(_PAGE)
def versions(consultation_id: str) -> str:
    """All versions, the last one first, each with what it changed."""
    asked = current(consultation_id)
    with reading() as session:
        found = store.every(session, consultation_id)
        names = {one.id: one.name for one in people.accounts(session)}
    before = (_FIRST, *(one.questions for one in found))
    rows = [
        (one, names.get(one.saved_by, ""), difference(old, one.questions))
        for old, one in zip(before, found, strict=False)
    ]
    return render_template("surveys/editor/versions.html", asked=asked, rows=rows[::-1])


@blueprint.get(f"{_PAGE}/<int:number>")
def version(consultation_id: str, number: int) -> str:
    """One version, to read, with how it differs from what stands now."""
    asked = current(consultation_id)
    with reading() as session:
        found = store.get(session, consultation_id, number)
        latest = store.latest(session, consultation_id)
    if found is None:
        raise Refusal("surveys.version_unknown")
    return render_template(
        "surveys/editor/version.html",
        asked=asked,
        version=found,
        latest=latest,
        differs=difference(asked.questions, found.questions),
        outline=outline(found.questions, check(found.questions), DEFAULT),
        kinds=KINDS,
    )


@blueprint.post(f"{_PAGE}/<int:number>/terugzetten")
def restore(consultation_id: str, number: int) -> str | Response:
    """Put a version back."""
    made_from = request.form.get("made_from", type=int)
    with writing() as session:
        problem = editing.restore(session, actor(), now(), consultation_id, number, made_from)
    return after(consultation_id, problem)
