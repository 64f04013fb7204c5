"""Sections of a questionnaire, and the words that it explains."""

from flask import Blueprint, abort, render_template, request
from werkzeug.wrappers import Response

from consult.clock import now
from consult.surveys.actions import editing
from consult.surveys.core.asking import arranging
from consult.surveys.core.asking.questionnaire import Section
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Consultation
from consult.surveys.forms.sections import SectionForm, TermsForm
from consult.surveys.forms.words import complain
from consult.surveys.store import versions
from consult.surveys.views.desk import current
from consult.surveys.views.editor import after
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("sections", __name__)
_DESK = "/raad/raadplegingen/<consultation_id>"
_STEPS = {"up": -1, "down": 1}


@blueprint.route(f"{_DESK}/delen/nieuw", methods=["GET", "POST"])
def add(consultation_id: str) -> str | Response:
    """Add a section."""
    asked = current(consultation_id)
    made = Section(arranging.fresh("s", arranging.names(asked.questions)))
    return _edit(asked, made)


@blueprint.route(f"{_DESK}/delen/<section_id>/bewerken", methods=["GET", "POST"])
def change(consultation_id: str, section_id: str) -> str | Response:
    """Change a section."""
    asked = current(consultation_id)
    return _edit(asked, arranging.section(asked.questions, section_id) or abort(404))


@blueprint.post(f"{_DESK}/delen/<section_id>/schikken")
def arrange(consultation_id: str, section_id: str) -> str | Response:
    """Put a section one place earlier or later, or take it out."""
    act, made_from = request.form.get("act", ""), request.form.get("made_from", type=int)
    what = (consultation_id, section_id)
    problem: Problem | None = None
    with writing() as session:
        if act == "drop":
            problem = editing.drop_section(session, actor(), now(), *what, made_from)
        elif act in _STEPS:
            steps = _STEPS[act]
            problem = editing.move_section(session, actor(), now(), *what, steps, made_from)
    return after(consultation_id, problem, f"deel-{section_id}")


@blueprint.route(f"{_DESK}/woorden", methods=["GET", "POST"])
def terms(consultation_id: str) -> str | Response:
    """The words that are explained."""
    asked = current(consultation_id)
    form = TermsForm(data={"terms": asked.questions.terms})
    if not form.is_submitted():
        form.begin(_latest(asked))
    elif not form.arrange(request.form.get("act", "")) and form.validate_on_submit():
        with writing() as session:
            problem = editing.put_terms(
                session, actor(), now(), asked.id, form.terms.filled(), form.version()
            )
        if problem is None:
            return after(asked.id, None)
        complain(form, problem)
        form.catch_up(problem)
    return render_template("surveys/editor/terms.html", asked=asked, form=form)


def _edit(asked: Consultation, section: Section) -> str | Response:
    form = SectionForm.of(section, arranging.earlier(asked.questions, section.id))
    if not form.is_submitted():
        form.begin(_latest(asked))
    elif not form.arrange(request.form.get("act", "")) and form.validate_on_submit():
        problem = _save(asked, form, section)
        if problem is None:
            return after(asked.id, None, f"deel-{section.id}")
        complain(form, problem)
        form.catch_up(problem)
    form.ready()
    return render_template("surveys/editor/section.html", asked=asked, form=form, section=section)


def _save(asked: Consultation, form: SectionForm, section: Section) -> Problem | None:
    changed = form.section(section.id)
    if changed is None:
        return Problem("rule_unfinished")
    with writing() as session:
        return editing.put_section(session, actor(), now(), asked.id, changed, form.version())


def _latest(asked: Consultation) -> int:
    with reading() as session:
        return versions.latest(session, asked.id)
