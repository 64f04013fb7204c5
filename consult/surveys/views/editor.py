"""The editor of questions."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.surveys.actions import drafting, editing
from consult.surveys.core.asking import arranging
from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Consultation
from consult.surveys.forms.outline import outline
from consult.surveys.forms.questions import FORMS, KINDS, QuestionForm
from consult.surveys.forms.words import complain, words
from consult.surveys.store import versions
from consult.surveys.views.desk import current
from consult.surveys.views.phone import phone
from consult.web.access import actor
from consult.web.locale import DEFAULT
from consult.web.unit import reading, writing

blueprint = Blueprint("editor", __name__)
_STEPS = {"up": -1, "down": 1}
_DESK = "/raad/raadplegingen/<consultation_id>"
_QUESTIONS = f"{_DESK}/vragen"


@blueprint.get(_QUESTIONS)
def questions(consultation_id: str) -> str:
    """All questions in order, and whether people can be asked them."""
    return list_page(current(consultation_id))


@blueprint.route(f"{_DESK}/nieuwe-vraag/<kind>", methods=["GET", "POST"])
def add(consultation_id: str, kind: str) -> str | Response:
    """Add a question, to the section ``deel`` of the address or to the last one."""
    if kind not in FORMS:
        abort(404)
    asked, section = current(consultation_id), request.args.get("deel", "")
    earlier = arranging.before_new(asked.questions, section)
    form = FORMS[kind].of(None, earlier)
    made = arranging.fresh("q", arranging.names(asked.questions))
    return _edit(asked, form, made, section)


@blueprint.route(f"{_QUESTIONS}/<question_id>", methods=["GET", "POST"])
def change(consultation_id: str, question_id: str) -> str | Response:
    """Change a question."""
    asked = current(consultation_id)
    found = asked.questions.find(question_id)
    if found is None:
        abort(404)
    form = FORMS[found.kind].of(found, arranging.earlier(asked.questions, question_id))
    return _edit(asked, form, question_id)


@blueprint.post(f"{_DESK}/voorbeeld/<kind>")
def preview(consultation_id: str, kind: str) -> str:
    """What is typed so far as a tenant will see it: a part of a page, for a script."""
    if kind not in FORMS:
        abort(404)
    asked, place = current(consultation_id), request.form.get("place", "")
    found = asked.questions.find(place)
    form = FORMS[kind].of(
        found if found is not None and found.kind == kind else None,
        arranging.earlier(asked.questions, place),
    )
    seen = phone(asked, form.question(place or "new"))
    return render_template("surveys/editor/preview.html", **seen)


@blueprint.post(f"{_QUESTIONS}/<question_id>/schikken")
def arrange(consultation_id: str, question_id: str) -> str | Response:
    """Put a question one place earlier or later, copy it, or take it out."""
    act, made_from = request.form.get("act", ""), request.form.get("made_from", type=int)
    what = (consultation_id, question_id)
    problem: Problem | None = None
    with writing() as session:
        if act == "drop":
            problem = drafting.drop_question(session, actor(), now(), *what, made_from)
        elif act == "copy":
            problem = editing.copy_question(session, actor(), now(), *what, made_from)
        elif act in _STEPS:
            steps = _STEPS[act]
            problem = drafting.move_question(session, actor(), now(), *what, steps, made_from)
    return after(consultation_id, problem, f"vraag-{question_id}")


def after(consultation_id: str, problem: Problem | None, place: str = "") -> str | Response:
    """The list of questions, once something was done from it."""
    if problem is not None:
        return list_page(current(consultation_id), problem)
    page = url_for("surveys.editor.questions", consultation_id=consultation_id)
    return redirect(f"{page}#{place}" if place else page, 303)


def list_page(asked: Consultation, problem: Problem | None = None) -> str:
    """The list of questions, perhaps with what kept somebody from changing it."""
    with reading() as session:
        latest = versions.latest(session, asked.id)
    found = check(asked.questions)
    return render_template(
        "surveys/editor/questions.html",
        asked=asked,
        outline=outline(asked.questions, found, DEFAULT),
        ready=not found.problems,
        kinds=KINDS,
        latest=latest,
        stopped=words(problem) if problem else "",
    )


def _edit(
    asked: Consultation, form: QuestionForm, question_id: str, section: str = ""
) -> str | Response:
    act = request.form.get("act", "")
    with reading() as session:
        latest = versions.latest(session, asked.id)
    if not form.is_submitted():
        form.begin(latest)
    elif act == "preview" or form.arrange(act, arranging.codes(asked.questions, question_id)):
        pass
    elif form.validate_on_submit():
        problem = _save(asked, form, question_id, section)
        if problem is None:
            return after(asked.id, None, f"vraag-{question_id}")
        complain(form, problem)
        form.catch_up(problem)
    form.ready()
    return render_template(
        "surveys/editor/question.html",
        asked=asked,
        form=form,
        kind=form.kind.kind,
        kinds=KINDS,
        place=question_id,
        **phone(asked, form.question(question_id)),
    )


def _save(
    asked: Consultation, form: QuestionForm, question_id: str, section: str
) -> Problem | None:
    if form.when.condition() is None:
        return Problem("rule_unfinished")
    with writing() as session:
        return drafting.put_question(
            session,
            actor(),
            now(),
            asked.id,
            form.question(question_id),
            section,
            form.version(),
        )
