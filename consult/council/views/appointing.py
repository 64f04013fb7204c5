"""Giving an office: the board agrees on it, and only lawful names are offered."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import board as actions
from consult.council.actions import offices
from consult.council.core.agreement import rules_on
from consult.council.core.appointing import elected_by_voters, eligible
from consult.council.forms.board import DecisionForm, PostForm
from consult.council.views.desk import show
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("appointing", __name__)


@blueprint.route("/raad/bestuur/functie", methods=["GET", "POST"])
def appoint() -> str | Response:
    """Give somebody an office: first which one and when, then to whom and how it was agreed."""
    asked, form = PostForm(request.args), DecisionForm()
    office, start = asked.office(), asked.dag.data
    today = day_of(now())
    if office is None or start is None:
        asked.dag.data = start or today
        return render_template("council/appointing/appoint.html", asked=asked, office=None)
    with reading() as session:
        board = actions.overview(session, today)
    try:
        rules = rules_on(board.agreements, start)
    except Refusal as refusal:
        show(form, refusal)
        return render_template(
            "council/appointing/appoint.html", asked=asked, office=None, form=form
        )
    by_voters = elected_by_voters(rules, office)
    acting = by_voters or asked.soort.data == "waarnemend"
    names = eligible(board.mandates, rules, office, start)
    form.offer(names)
    if form.validate_on_submit():
        try:
            with writing() as session:
                offices.appoint_office(
                    session,
                    actor(),
                    now(),
                    form.member.data,
                    office,
                    start,
                    acting=acting,
                    decision=form.decision(),
                )
            return redirect(url_for("council.desk.offices"), 303)
        except Refusal as refusal:
            show(form, refusal)
    return render_template(
        "council/appointing/appoint.html",
        asked=asked,
        office=office,
        start=start,
        acting=acting,
        by_voters=by_voters,
        names=names,
        form=form,
    )


@blueprint.post("/raad/bestuur/functie/<appointment_id>/herstel")
def take_back(appointment_id: str) -> Response:
    """Correct an appointment that was entered by mistake."""
    with writing() as session:
        offices.take_back_appointment(session, actor(), now(), appointment_id)
    return redirect(url_for("council.desk.offices"), 303)
