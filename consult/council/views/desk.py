"""The board for the council's own people: who sits, and what happens to the board."""

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.actions.rules import agreement_on
from consult.council.core.agreement import Office, rules_on
from consult.council.core.board import Ending, Mandate, ahead, composition
from consult.council.forms.board import EndForm, OfficeForm, TenancyForm
from consult.council.store import agreements as rule_sets
from consult.council.store import board as store
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.errors import words
from consult.web.unit import reading, writing

blueprint = Blueprint("desk", __name__)
Page = str | Response


@blueprint.get("/raad/bestuur")
def offices() -> Page:
    """The board for the council's own people: members, offices, and what is coming."""
    with reading() as session:
        mandates, agreements = store.mandates(session), rule_sets.agreements(session)
    day = day_of(now())
    rules = rules_on(agreements, day)
    return render_template(
        "council/desk/offices.html",
        status=composition(mandates, rules, day),
        co_optation=rules.settings.co_optation,
        coming=ahead(mandates, agreements, day),
    )


@blueprint.route("/raad/bestuur/functie", methods=["GET", "POST"])
def appoint() -> Page:
    """Give somebody an office."""
    form = OfficeForm()
    with reading() as session:
        form.offer(actions.status(session, now()).members)
        rules = agreement_on(session, day_of(now()))
    if form.validate_on_submit():
        try:
            with writing() as session:
                office = Office(form.office.data)
                actions.appoint_office(
                    session, actor(), now(), form.member.data, office, form.start.data
                )
            return _done()
        except Refusal as refusal:
            _show(form, refusal)
    return render_template("council/desk/appoint.html", form=form, rules=rules)


@blueprint.route("/raad/bestuur/<mandate_id>/huurder", methods=["GET", "POST"])
def change_status(mandate_id: str) -> Page:
    """Note that a member became, or no longer is, a tenant of a dwelling."""
    member, form = _member(mandate_id), TenancyForm()
    with reading() as session:
        tenant_chair = not agreement_on(session, day_of(now())).may_chair(tenant=False)
    if form.validate_on_submit():
        try:
            with writing() as session:
                tenant, since = form.tenant.data == "yes", form.since.data
                actions.change_status(
                    session, actor(), now(), mandate_id, tenant=tenant, since=since
                )
            return _done()
        except Refusal as refusal:
            _show(form, refusal)
    return render_template(
        "council/desk/change_status.html", form=form, member=member, tenant_chair=tenant_chair
    )


@blueprint.route("/raad/bestuur/<mandate_id>/einde", methods=["GET", "POST"])
def end_mandate(mandate_id: str) -> Page:
    """Note that a member leaves before the time."""
    member, form = _member(mandate_id), EndForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                end, ending = form.end.data, Ending(form.ending.data)
                actions.end_mandate(session, actor(), now(), mandate_id, end, ending)
            return _done()
        except Refusal as refusal:
            _show(form, refusal)
    return render_template("council/desk/end_mandate.html", form=form, member=member)


def _member(mandate_id: str) -> Mandate:
    with reading() as session:
        members = actions.status(session, now()).members
    return next((one for one in members if one.id == mandate_id), None) or abort(404)


def _done() -> Response:
    return redirect(url_for("council.desk.offices"), 303)


def _show(form: FlaskForm, refusal: Refusal) -> None:
    form.form_errors.append(words(refusal))
