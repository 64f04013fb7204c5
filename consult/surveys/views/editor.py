"""The editor of questions."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.db.types import new_id
from consult.surveys.actions import drafting
from consult.surveys.core.consultation import Consultation
from consult.surveys.forms.questions import FORMS, KINDS, QuestionForm
from consult.surveys.forms.words import complain, words
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import writing

blueprint = Blueprint("editor", __name__)
_STEPS = {"up": -1, "down": 1}
_QUESTIONS = "/raad/raadplegingen/<consultation_id>/vragen"


@blueprint.get(_QUESTIONS)
def questions(consultation_id: str) -> str:
    """All questions in order, and whether people can be asked them."""
    asked = current(consultation_id)
    problem = asked.questions.problem()
    return render_template(
        "surveys/editor/questions.html",
        asked=asked,
        kinds=KINDS,
        problem=words(problem) if problem else "",
    )


@blueprint.route(f"{_QUESTIONS}/nieuw/<kind>", methods=["GET", "POST"])
def add(consultation_id: str, kind: str) -> str | Response:
    """Add a question."""
    if kind not in FORMS:
        abort(404)
    return _edit(current(consultation_id), FORMS[kind](), kind, new_id())


@blueprint.route(f"{_QUESTIONS}/<question_id>", methods=["GET", "POST"])
def change(consultation_id: str, question_id: str) -> str | Response:
    """Change a question."""
    asked = current(consultation_id)
    found = asked.questions.find(question_id)
    if found is None:
        abort(404)
    return _edit(asked, FORMS[found.kind].of(found), found.kind, question_id)


@blueprint.post(f"{_QUESTIONS}/<question_id>/schikken")
def arrange(consultation_id: str, question_id: str) -> Response:
    """Put a question one place earlier or later, or take it out."""
    act = request.form.get("act", "")
    with writing() as session:
        if act == "drop":
            drafting.drop_question(session, actor(), now(), consultation_id, question_id)
        elif act in _STEPS:
            drafting.move_question(
                session, actor(), now(), consultation_id, question_id, _STEPS[act]
            )
    return _back(consultation_id)


def _edit(asked: Consultation, form: QuestionForm, kind: str, question_id: str) -> str | Response:
    if form.validate_on_submit():
        question = form.question(question_id)
        with writing() as session:
            problem = drafting.put_question(session, actor(), now(), asked.id, question)
        if problem is None:
            return _back(asked.id)
        complain(form, problem)
    return render_template("surveys/editor/question.html", asked=asked, form=form, kind=KINDS[kind])


def _back(consultation_id: str) -> Response:
    return redirect(url_for(".questions", consultation_id=consultation_id), 303)
