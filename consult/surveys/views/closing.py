"""After opening: the results, the council's word and publication."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response

from consult.accounts.core.approvals import fingerprint, may_approve
from consult.accounts.store import approvals
from consult.clock import now
from consult.surveys.actions import exporting, presenting, publishing
from consult.surveys.core.asking.questions.texts import OpenText
from consult.surveys.forms.desk import FeedbackForm
from consult.surveys.forms.words import complain
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("closing", __name__)
_ONE = "/raad/raadplegingen/<consultation_id>"


@blueprint.get(f"{_ONE}/uitslag")
def results(consultation_id: str) -> str:
    """The tables, without small groups."""
    asked = current(consultation_id)
    with reading() as session:
        found = publishing.results(session, _key(), consultation_id)
    return render_template(
        "surveys/closing/results.html",
        asked=asked,
        results=found,
        blocks=list(presenting.blocks(found, str(get_locale()))) if found.questions else [],
        open_questions=[q for q in asked.questions.questions if isinstance(q, OpenText)],
        forms=exporting.FORMS,
    )


@blueprint.route(f"{_ONE}/terugkoppeling", methods=["GET", "POST"])
def feedback(consultation_id: str) -> str | Response:
    """What the council heard and what it will do."""
    asked = current(consultation_id)
    form = FeedbackForm(obj=asked)
    if form.validate_on_submit():
        with writing() as session:
            problem = publishing.write_feedback(
                session, actor(), now(), consultation_id, *form.texts()
            )
        if problem is None:
            return redirect(url_for(".publication", consultation_id=consultation_id), 303)
        complain(form, problem)
    return render_template("surveys/closing/feedback.html", asked=asked, form=form)


@blueprint.route(f"{_ONE}/publiceren", methods=["GET", "POST"])
def publication(consultation_id: str) -> str | Response:
    """Publishing in two steps: one person proposes, another agrees and so publishes."""
    asked = current(consultation_id)
    if request.method == "POST":
        with writing() as session:
            if request.form.get("act") == "approve":
                shown = request.form.get("shown", "")
                publishing.publish(session, actor(), now(), _key(), consultation_id, shown)
            else:
                publishing.propose_publication(session, actor(), now(), _key(), consultation_id)
        return redirect(url_for(".publication", consultation_id=consultation_id), 303)
    with reading() as session:
        document = publishing.finished(session, _key(), consultation_id)
        proposal = approvals.proposal(session, publishing.ACT, consultation_id)
    waiting = proposal if proposal is not None and proposal.waits(now()) else None
    language = str(get_locale())
    return render_template(
        "surveys/closing/publication.html",
        asked=asked,
        text=document.texts.get(language) or document.texts["nl"],
        shown=fingerprint(publishing.effect_of(document)),
        proposal=waiting,
        may_agree=waiting is not None and may_approve(waiting, actor()),
    )


def _key() -> bytes:
    return settings().key("surveys.answers")
