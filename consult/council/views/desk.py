"""The board for the council's own people: who sits, and what happened to each member."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.actions import events, signals
from consult.council.actions.rules import agreement_on
from consult.council.core.board import Mandate
from consult.council.core.signals import State
from consult.council.forms.board import CustomerForm, EventForm
from consult.council.store import board as store
from consult.council.store import events as kept
from consult.council.store import signals as signalled
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.errors import words
from consult.web.unit import reading, writing

blueprint = Blueprint("desk", __name__)
Page = str | Response


@blueprint.get("/raad/bestuur")
def offices() -> Page:
    """The board for the council's own people: members, offices, alarms, and what is coming."""
    with reading() as session:
        found = actions.overview(session, day_of(now()))
        waiting = [one for one in signalled.signals(session) if one.state is State.OPEN]
    return render_template("council/desk/offices.html", board=found, waiting=len(waiting))


@blueprint.get("/raad/bestuur/lid/<mandate_id>")
def member(mandate_id: str) -> Page:
    """The file of a member: what was noted, which offices were given and how, and corrections."""
    return _file(mandate_id, CustomerForm())


@blueprint.route("/raad/bestuur/lid/<mandate_id>/gebeurtenis", methods=["GET", "POST"])
def event(mandate_id: str) -> Page:
    """Note what happened to a member."""
    day = day_of(now())
    found, form = _member(mandate_id), EventForm()
    with reading() as session:
        tenant_chair = not agreement_on(session, day).may_chair(tenant=False)
    form.offer(found, max(day, found.start))
    if form.validate_on_submit():
        happened, office = form.chosen()
        noted = events.new_event(mandate_id, happened, form.day.data, office)
        try:
            with writing() as session:
                events.note_event(session, actor(), now(), mandate_id, noted)
            return redirect(url_for("council.desk.offices"), 303)
        except Refusal as refusal:
            show(form, refusal)
    return render_template(
        "council/desk/event.html", form=form, member=found, tenant_chair=tenant_chair
    )


@blueprint.post("/raad/bestuur/lid/<mandate_id>/gebeurtenis/<event_id>/herstel")
def correct(mandate_id: str, event_id: str) -> Response:
    """Correct an event that was noted by mistake."""
    with writing() as session:
        events.withdraw_event(session, actor(), now(), event_id)
    return redirect(url_for("council.desk.member", mandate_id=mandate_id), 303)


@blueprint.post("/raad/bestuur/lid/<mandate_id>/klantnummer")
def customer(mandate_id: str) -> Page:
    """Note which customer of the register a member is."""
    form = CustomerForm()
    if form.validate():
        try:
            with writing() as session:
                number = (form.number.data or "").strip()
                signals.note_customer(session, actor(), now(), mandate_id, number)
            return redirect(url_for("council.desk.member", mandate_id=mandate_id), 303)
        except Refusal as refusal:
            show(form, refusal)
    return _file(mandate_id, form)


def show(form: FlaskForm, refusal: Refusal) -> None:
    """Say in the form what was refused."""
    form.form_errors.append(words(refusal))


def _member(mandate_id: str) -> Mandate:
    with reading() as session:
        known = store.mandates(session)
    return next((one for one in known if one.id == mandate_id), None) or abort(404)


def _file(mandate_id: str, form: CustomerForm) -> str:
    found = _member(mandate_id)
    with reading() as session:
        given = [one for one in kept.appointments(session) if one.mandate_id == mandate_id]
        noted = [one for one in kept.noted(session) if one.event.mandate_id == mandate_id]
        numbered = mandate_id in store.customer_numbers(session)
    return render_template(
        "council/desk/member.html",
        member=found,
        appointments=given,
        noted=noted,
        numbered=numbered,
        day=day_of(now()),
        form=form,
    )
