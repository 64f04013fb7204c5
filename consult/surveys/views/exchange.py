"""Questions as a file, and a new consultation after an earlier one."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.refusal import Refusal
from consult.surveys.actions import drafting, editing
from consult.surveys.core.asking.checking import check
from consult.surveys.core.asking.format import dump, read
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.translating import places
from consult.surveys.core.asking.versions import difference
from consult.surveys.core.asking.words import LANGUAGES
from consult.surveys.core.consultation import Consultation
from consult.surveys.forms.desk import PlanForm
from consult.surveys.forms.outline import outline
from consult.surveys.forms.questions import KINDS, ArrangingForm
from consult.surveys.forms.sections import QuestionsFileForm
from consult.surveys.forms.words import complain
from consult.surveys.store import versions
from consult.surveys.views.desk import current
from consult.surveys.views.editor import after
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.locale import DEFAULT
from consult.web.unit import reading, writing

blueprint = Blueprint("exchange", __name__)
_DESK = "/raad/raadplegingen/<consultation_id>"


@blueprint.get(f"{_DESK}/vragen.json")
def export(consultation_id: str) -> Response:
    """The questions as a file."""
    asked = current(consultation_id)
    return download(dump(asked.questions), f"vragen-{asked.slug}.json", "application/json")


@blueprint.route(f"{_DESK}/inlezen", methods=["GET", "POST"])
def hand_in(consultation_id: str) -> str | Response:
    """Hand in a file; what it holds is shown before anything is done with it."""
    asked, form = current(consultation_id), QuestionsFileForm()
    if form.validate_on_submit():
        try:
            return _shown(asked, read(form.raw()))
        except Refusal as refusal:
            form.take(refusal)
    return render_template("surveys/editor/hand_in.html", asked=asked, form=form)


@blueprint.post(f"{_DESK}/overnemen")
def take_over(consultation_id: str) -> str | Response:
    """Put the questions of the file that was shown in the place of those of the draft."""
    asked, form = current(consultation_id), ArrangingForm()
    questions = read(request.form.get("questions", "").encode())
    with writing() as session:
        problem = editing.take_over(
            session, actor(), now(), consultation_id, questions, form.version()
        )
    if problem is None:
        return after(consultation_id, None)
    complain(form, problem)
    return _shown(asked, questions, form)


@blueprint.route(f"{_DESK}/kopie", methods=["GET", "POST"])
def copy(consultation_id: str) -> str | Response:
    """A new draft with the plan and the questions of this consultation, on other days."""
    earlier = current(consultation_id)
    form = PlanForm.after(earlier)
    if form.validate_on_submit():
        with writing() as session:
            made = drafting.draft(session, actor(), now(), form.plan(), earlier.questions)
        if isinstance(made, Consultation):
            page = url_for("surveys.desk.consultation", consultation_id=made.id)
            return redirect(page, 303)
        complain(form, made)
    return render_template("surveys/desk/plan.html", form=form, asked=None, earlier=earlier)


def _shown(asked: Consultation, questions: Questionnaire, form: ArrangingForm | None = None) -> str:
    with reading() as session:
        latest = versions.latest(session, asked.id)
    shown = form or ArrangingForm(formdata=None)
    shown.begin(latest)
    found = check(questions)
    held = {code for place in places(questions) for code in place.words.as_dict()}
    return render_template(
        "surveys/editor/take_over.html",
        asked=asked,
        form=shown,
        questions=questions,
        file=dump(questions),
        outline=outline(questions, found, DEFAULT),
        ready=not found.problems,
        differs=difference(asked.questions, questions),
        languages=[LANGUAGES[code] for code in LANGUAGES if code in held],
        unused=[LANGUAGES[code] for code in LANGUAGES if code in held - set(asked.languages)],
        kinds=KINDS,
    )
