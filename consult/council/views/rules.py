"""The rules for the council's own people: which hold, and giving itself newer ones."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.accounts.core.approvals import fingerprint, may_approve
from consult.accounts.store import approvals
from consult.clock import day_of, now
from consult.council.actions import rules as actions
from consult.council.core.versions import state, until
from consult.council.forms.rules import FileForm, RulesForm
from consult.council.store import agreements as store
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("rules", __name__)
_ONE = "/raad/regels/<version_id>"


@blueprint.get("/raad/regels")
def versions() -> str:
    """Every set of rules: what holds, what is to come, what waits for a decision."""
    with reading() as session:
        adopted, waiting = store.adopted(session), store.waiting(session)
    day = day_of(now())
    rows = [(one, state(adopted, one, day), until(adopted, one)) for one in reversed(adopted)]
    return render_template("council/rules/versions.html", rows=rows, waiting=waiting)


@blueprint.route("/raad/regels/inleveren", methods=["GET", "POST"])
def hand_in() -> str | Response:
    """Hand in a set of rules as a file."""
    form = FileForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                made = actions.hand_in(session, actor(), now(), form.raw())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return _to(made)
    return render_template("council/rules/hand_in.html", form=form)


@blueprint.route("/raad/regels/nieuw", methods=["GET", "POST"])
def new() -> str | Response:
    """Start from the rules of today, and change numbers and settings."""
    with reading() as session:
        today = actions.agreement_on(session, day_of(now()))
    form = RulesForm.of(today)
    if form.validate_on_submit():
        try:
            with writing() as session:
                made = actions.hand_in(session, actor(), now(), form.raw(today))
        except Refusal as refusal:
            form.take(refusal)
        else:
            return _to(made)
    return render_template("council/rules/new.html", form=form, rules=today)


@blueprint.get(_ONE)
def version(version_id: str) -> str:
    """One set of rules; when it waits: what it changes, what it does to the board, deciding."""
    with reading() as session:
        found = store.version(session, version_id) or abort(404)
        adopted = store.adopted(session)
        proposal = approvals.proposal(session, actions.ADOPT, version_id)
        stands = state(adopted, found, day_of(now()))
        preview = actions.preview(session, now(), found) if stands == "waiting" else None
    waiting = proposal if proposal is not None and proposal.waits(now()) else None
    return render_template(
        "council/rules/version.html",
        version=found,
        state=stands,
        until=until(adopted, found),
        preview=preview,
        shown=fingerprint(preview.effect) if preview else "",
        proposal=waiting,
        may_agree=waiting is not None and may_approve(waiting, actor()),
    )


@blueprint.post(f"{_ONE}/voorstellen")
def propose(version_id: str) -> Response:
    """Propose to adopt a set."""
    with writing() as session:
        actions.propose(session, actor(), now(), version_id)
    return _to(version_id)


@blueprint.post(f"{_ONE}/aannemen")
def adopt(version_id: str) -> Response:
    """Approve the set that somebody else proposed, and so adopt it."""
    with writing() as session:
        actions.adopt(session, actor(), now(), version_id, request.form.get("shown", ""))
    return _to(version_id)


@blueprint.post(f"{_ONE}/afwijzen")
def drop(version_id: str) -> Response:
    """Decide against a set that waits."""
    with writing() as session:
        actions.drop(session, actor(), now(), version_id)
    return _to(version_id)


def _to(version_id: str) -> Response:
    return redirect(url_for("council.rules.version", version_id=version_id), 303)
