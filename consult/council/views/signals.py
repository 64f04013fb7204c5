"""What the register suggests about members, for people to confirm or reject."""

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.council.actions import signals as actions
from consult.council.core.signals import ANSWERS, Signal, State
from consult.council.forms.board import EventForm, RejectForm
from consult.council.store import board
from consult.council.store import signals as store
from consult.council.views.desk import show
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("signals", __name__)


@blueprint.get("/raad/bestuur/signalen")
def signals() -> str:
    """Everything that the register suggested, what waits first."""
    with reading() as session:
        found = store.signals(session)
        names = {one.id: one.name for one in board.mandates(session)}
        numbers = board.customer_numbers(session)
        members = [one for one in board.mandates(session) if one.id not in numbers]
    return render_template(
        "council/signals/signals.html",
        waiting=[one for one in found if one.state is State.OPEN],
        over=[one for one in found if one.state is not State.OPEN],
        names=names,
        unknown=members,
    )


@blueprint.route("/raad/bestuur/signalen/<signal_id>", methods=["GET", "POST"])
def signal(signal_id: str) -> str | Response:
    """Confirm what the register suggests, with the day and the event that people know."""
    found, name = _signal(signal_id)
    form = EventForm(data={"happened": found.proposal.happened, "day": found.proposal.day})
    form.offer_only(ANSWERS[found.proposal.happened])
    if form.validate_on_submit():
        try:
            with writing() as session:
                happened, _office = form.chosen()
                actions.confirm(session, actor(), now(), signal_id, happened, form.day.data)
            return redirect(url_for("council.signals.signals"), 303)
        except Refusal as refusal:
            show(form, refusal)
    return render_template(
        "council/signals/signal.html", signal=found, name=name, form=form, reject=RejectForm()
    )


@blueprint.post("/raad/bestuur/signalen/<signal_id>/afwijzen")
def reject(signal_id: str) -> str | Response:
    """Decide that the register is mistaken."""
    found, name = _signal(signal_id)
    form = RejectForm()
    if form.validate():
        with writing() as session:
            actions.reject(session, actor(), now(), signal_id, form.reason.data.strip())
        return redirect(url_for("council.signals.signals"), 303)
    confirm = EventForm(
        formdata=None, data={"happened": found.proposal.happened, "day": found.proposal.day}
    )
    confirm.offer_only(ANSWERS[found.proposal.happened])
    return render_template(
        "council/signals/signal.html", signal=found, name=name, form=confirm, reject=form
    )


def _signal(signal_id: str) -> tuple[Signal, str]:
    with reading() as session:
        found = store.signal(session, signal_id) or abort(404)
        names = {one.id: one.name for one in board.mandates(session)}
    return found, names[found.proposal.mandate_id]
