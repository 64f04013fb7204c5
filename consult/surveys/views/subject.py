"""What a consultation belongs to."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.core.powers import by_code, matrix_on
from consult.council.store import powers
from consult.council.store import themes as store
from consult.refusal import Refusal
from consult.surveys.actions import belonging
from consult.surveys.core.consultation import Phase
from consult.surveys.forms.public import FORMS, ORGANISERS
from consult.surveys.forms.subject import SubjectForm
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("subject", __name__)
_ONE = "/raad/raadplegingen/<consultation_id>/onderwerp"


@blueprint.get(_ONE)
def subject(consultation_id: str) -> str:
    """Topics and powers, theme, working group, organiser and form."""
    asked = current(consultation_id)
    with reading() as session:
        found = store.subject(session, consultation_id)
        themes = {one.id: one for one in store.themes(session)}
        groups = {one.id: one for one in store.groups(session)}
    known = by_code(powers.matrices())
    return render_template(
        "surveys/subject/subject.html",
        asked=asked,
        subject=found,
        topics=[known[code] for code in found.topics] if found else [],
        theme=themes.get(found.theme_id or "") if found else None,
        group=groups.get(found.group_id or "") if found else None,
        organisers=ORGANISERS,
        forms=FORMS,
        changes=found is None or asked.phase(now()) is Phase.DRAFT,
    )


@blueprint.route(f"{_ONE}/kiezen", methods=["GET", "POST"])
def choose(consultation_id: str) -> str | Response:
    """Say what it belongs to, while it is a draft."""
    asked = current(consultation_id)
    with reading() as session:
        form = SubjectForm.of(store.subject(session, consultation_id))
        matrix = matrix_on(powers.matrices(), day_of(now()))
        form.offer(matrix, store.themes(session), store.groups(session))
    if form.validate_on_submit():
        try:
            with writing() as session:
                belonging.set_subject(session, actor(), now(), consultation_id, form.subject())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".subject", consultation_id=consultation_id), 303)
    return render_template("surveys/subject/choose.html", asked=asked, form=form)
