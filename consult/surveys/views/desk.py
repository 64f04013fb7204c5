"""The desk: all consultations, one of them at a glance, and its plan."""

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.store import themes
from consult.refusal import Refusal
from consult.register.store import rolls
from consult.surveys.actions import closing, dossiers, drafting
from consult.surveys.actions.calendar import beside
from consult.surveys.core.consultation import Consultation, Mode, Phase
from consult.surveys.core.sealed import keyfile
from consult.surveys.forms.desk import PlanForm
from consult.surveys.forms.words import complain
from consult.surveys.store import consultations as store
from consult.surveys.store import holders
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("desk", __name__)
_DESK = "/raad/raadplegingen"


@blueprint.get(_DESK)
def consultations() -> str:
    """All consultations, with how far they are."""
    moment = now()
    with reading() as session:
        found = store.every(session)
    rows = [(one, one.phase(moment)) for one in found]
    return render_template("surveys/desk/consultations.html", rows=rows)


@blueprint.get(f"{_DESK}/<consultation_id>")
def consultation(consultation_id: str) -> str:
    """One consultation: how far it is, and what comes next."""
    shown, moment = current(consultation_id), now()
    with reading() as session:
        roll = rolls.roll(session, shown.roll_id) if shown.roll_id else None
        keys_ready = keyfile.problem(holders.holders(session, consultation_id)) is None
        lettered = shown.roll_id is not None and rolls.has_codes(session, shown.roll_id)
        subject = themes.subject(session, consultation_id)
        done = dossiers.of(session, shown).done_on
    return render_template(
        "surveys/desk/consultation.html",
        asked=shown,
        phase=shown.phase(moment),
        roll=roll,
        poll=shown.mode is Mode.POLL,
        lettered=lettered,
        subject=subject,
        done=done,
        keys_ready=keys_ready,
        Phase=Phase,
    )


@blueprint.route(f"{_DESK}/nieuw", methods=["GET", "POST"])
def new() -> str | Response:
    """Start a draft."""
    form = PlanForm()
    if form.validate_on_submit():
        with writing() as session:
            made = drafting.draft(session, actor(), now(), form.plan())
        if isinstance(made, Consultation):
            return redirect(url_for(".consultation", consultation_id=made.id), 303)
        complain(form, made)
    return render_template("surveys/desk/plan.html", form=form, asked=None, others=())


@blueprint.route(f"{_DESK}/<consultation_id>/plan", methods=["GET", "POST"])
def plan(consultation_id: str) -> str | Response:
    """Change the plan of a draft."""
    shown = current(consultation_id)
    form = PlanForm.of(shown)
    if form.validate_on_submit():
        with writing() as session:
            problem = drafting.edit(session, actor(), now(), consultation_id, form.plan())
        if problem is None:
            return redirect(url_for(".consultation", consultation_id=consultation_id), 303)
        complain(form, problem)
    with reading() as session:
        others = beside(session, shown)
    return render_template("surveys/desk/plan.html", form=form, asked=shown, others=others)


def current(consultation_id: str) -> Consultation:
    """The consultation; a closing that was reached is stored first.

    Raises:
        Refusal: ``surveys.unknown``.
    """
    moment = now()
    with reading() as session:
        found = store.get(session, consultation_id)
    if found is None:
        raise Refusal("surveys.unknown")
    if not found.closing_due(moment):
        return found
    with writing() as session:
        closing.pass_time(session, moment, day_of(moment))
    return current(consultation_id)
