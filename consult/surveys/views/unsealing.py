"""After closing: the steps, the agreement of two people, and a holder who opens the envelopes."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.accounts.core.approvals import may_approve
from consult.accounts.store import approvals
from consult.clock import now
from consult.surveys.actions import unsealing
from consult.surveys.actions.unsealing import ServerKeys
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Unsealing
from consult.surveys.core.sealed.closing import Step, upcoming
from consult.surveys.forms.keys import KeyForm
from consult.surveys.forms.words import complain
from consult.surveys.store import holders, steps
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("unsealing", __name__)
_ONE = "/raad/raadplegingen/<consultation_id>"


@blueprint.route(f"{_ONE}/zegels", methods=["GET", "POST"])
def seals(consultation_id: str) -> str | Response:
    """How far closing is; opening takes two people who agree, and the key of a holder."""
    form = KeyForm()
    act = request.form.get("act", "") if request.method == "POST" else ""
    if act in {"propose", "approve"}:
        with writing() as session:
            if act == "propose":
                unsealing.propose_opening(session, actor(), now(), consultation_id)
            else:
                shown = request.form.get("shown", "")
                unsealing.approve_opening(session, actor(), now(), consultation_id, shown)
        return redirect(url_for(".seals", consultation_id=consultation_id), 303)
    if act == "open" and form.validate_on_submit():
        told = _opened(consultation_id, form)
        if isinstance(told, Unsealing):  # not to the results: the first to ask waits for those
            return redirect(url_for(".seals", consultation_id=consultation_id), 303)
        complain(form, told)
    return _page(consultation_id, form)


def _opened(consultation_id: str, form: KeyForm) -> Unsealing | Problem:
    key = settings().key
    server = ServerKeys(key("surveys.answers"), key("surveys.marks"))
    with writing() as session:
        return unsealing.open_seals(
            session, actor(), now(), server, consultation_id, form.content(), form.phrase()
        )


def _page(consultation_id: str, form: KeyForm) -> str:
    asked, moment = current(consultation_id), now()
    with reading() as session:
        taken = steps.taken(session, consultation_id)
        due = upcoming(taken) is Step.OPENED
        proposal = approvals.proposal(session, unsealing.ACT, consultation_id) if due else None
        agreed = due and unsealing.agreed(session, moment, consultation_id)
        everybody = holders.holders(session, consultation_id)
    waiting = proposal if proposal is not None and proposal.waits(moment) else None
    return render_template(
        "surveys/unsealing/seals.html",
        asked=asked,
        form=form,
        steps=[(step, taken.get(step)) for step in Step],
        due=due,
        proposal=waiting,
        may_agree=waiting is not None and may_approve(waiting, actor()),
        agreed=agreed,
        holds=any(one.account_id == actor().account_id for one in everybody),
        holders=everybody,
    )
