"""Asking somebody to join the board without an election, where the rules allow it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.accounts.core.approvals import fingerprint, may_approve
from consult.accounts.store import approvals
from consult.clock import day_of, now
from consult.council.actions import co_optation as actions
from consult.council.actions.rules import agreement_on
from consult.council.forms.co_optation import CoOptationForm
from consult.council.store import co_optation as store
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("co_optation", __name__)
_ALL = "/raad/bestuur/aanvullen"


@blueprint.get(_ALL)
@blueprint.get(f"{_ALL}/<request_id>")
def asked(request_id: str = "") -> str:
    """Who was asked, and what waits for a second person; or one of them."""
    with reading() as session:
        allowed = agreement_on(session, day_of(now())).settings.co_optation
        waiting = [
            (key, one, approvals.proposal(session, actions.ACT, key))
            for key, one in store.asked(session).items()
            if request_id in {"", key}
        ]
    rows = [
        (
            key,
            one,
            proposal if proposal is not None and proposal.waits(now()) else None,
            proposal is not None and proposal.waits(now()) and may_approve(proposal, actor()),
            fingerprint(one.effect),
        )
        for key, one, proposal in waiting
    ]
    return render_template("council/co_optation/asked.html", allowed=allowed, rows=rows)


@blueprint.route(f"{_ALL}/nieuw", methods=["GET", "POST"])
def ask() -> str | Response:
    """Propose somebody."""
    form = CoOptationForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                actions.ask(session, actor(), now(), form.newcomer())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return _done()
    return render_template("council/co_optation/ask.html", form=form)


@blueprint.post(f"{_ALL}/<request_id>/goedkeuren")
def agree(request_id: str) -> Response:
    """Approve whom somebody else proposed, and so give the seat."""
    with writing() as session:
        actions.co_opt(session, actor(), now(), request_id, request.form.get("shown", ""))
    return redirect(url_for("council.desk.offices"), 303)


@blueprint.post(f"{_ALL}/<request_id>/afwijzen")
def drop(request_id: str) -> Response:
    """Decide against it."""
    with writing() as session:
        actions.drop(session, actor(), now(), request_id)
    return _done()


def _done() -> Response:
    return redirect(url_for("council.co_optation.asked"), 303)
