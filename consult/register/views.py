"""The pages of the register: what was handed in, what it would change, and deciding about it."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.accounts.store import approvals
from consult.actor import Actor, Role
from consult.clock import now
from consult.register.actions import imports as acts
from consult.register.core.imports import REJECTABLE, Import, State
from consult.register.forms import UploadForm
from consult.register.store import base
from consult.register.store import imports as store
from consult.register.store.seal import seals
from consult.web.access import actor
from consult.web.queue import job
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("register", __name__)
SHOWN = 50
BUSY = frozenset({State.UPLOADED, State.APPROVED})


@blueprint.get("/raad/klantenbestand")
def imports() -> str:
    """The imports, newest first, and how many customers there are of each kind."""
    who = actor()
    with reading() as session:
        shown = acts.shown_to(session, who, SHOWN)
        totals = base.totals(session)
    return render_template("register/imports.html", imports=shown, totals=totals)


@blueprint.route("/raad/klantenbestand/nieuw", methods=["GET", "POST"])
def upload() -> str | Response:
    """Hand in a file."""
    form = UploadForm()
    if not form.validate_on_submit():
        return render_template("register/upload.html", form=form)
    file = form.file.data
    with writing() as session:
        name = file.filename or ""
        import_id = acts.hand_in(session, actor(), now(), seals(settings()), name, file.read())
        acts.ask_for_plan(session, now(), import_id)
    return _to_plan(import_id)


@blueprint.get("/raad/klantenbestand/<import_id>")
def plan(import_id: str) -> str:
    """What a file would change, what is wrong with it, and who must decide; or how far we are."""
    who = actor()
    with reading() as session:
        found = acts.seen_by(session, who, import_id) or abort(404)
        proposal = approvals.proposal(session, acts.ACT, import_id)
        work = job(session, found.job_id) if found.job_id and found.state in BUSY else None
        stale = found.state is State.PLANNED and found.plan_serial != store.serial(session)
    waiting = proposal is not None and proposal.waits(now())
    stuck = work is not None and work.state == "failed"
    return render_template(
        "register/plan.html",
        found=found,
        job=work,
        stale=stale,
        waiting=waiting,
        stuck=stuck,
        may_reject=found.state in REJECTABLE and (stuck or found.state is not State.APPROVED),
        **_steps(found, who, waiting=waiting, stale=stale),
    )


@blueprint.get("/raad/klantenbestand/<import_id>/voortgang")
def progress(import_id: str) -> dict[str, Any]:
    """How far the work on an import has come, for the page that waits for it."""
    with reading() as session:
        found = acts.seen_by(session, actor(), import_id) or abort(404)
        work = job(session, found.job_id) if found.job_id else None
    if work is None or found.state not in BUSY:
        return {"busy": False}
    return {"busy": work.state in {"queued", "running"}, "done": work.done, "total": work.total}


@blueprint.post("/raad/klantenbestand/<import_id>/voorstellen")
def propose(import_id: str) -> Response:
    """Propose to apply the plan."""
    with writing() as session:
        acts.propose(session, actor(), now(), import_id)
    return _to_plan(import_id)


@blueprint.post("/raad/klantenbestand/<import_id>/goedkeuren")
def approve(import_id: str) -> Response:
    """Approve the plan that somebody else proposed."""
    with writing() as session:
        acts.approve(session, actor(), now(), import_id)
    return _to_plan(import_id)


@blueprint.post("/raad/klantenbestand/<import_id>/afwijzen")
def reject(import_id: str) -> Response:
    """Decide against the file."""
    with writing() as session:
        acts.reject(session, actor(), now(), import_id)
    return _to_plan(import_id)


def _steps(found: Import, who: Actor, *, waiting: bool, stale: bool) -> dict[str, bool]:
    """Which of the two signatures this person may give now."""
    undecided = found.state is State.PLANNED and not stale
    return {
        "may_propose": undecided and not waiting and Role.SECRETARY in who.roles,
        "may_approve": undecided and waiting and Role.CHAIR in who.roles,
    }


def _to_plan(import_id: str) -> Response:
    return redirect(url_for("register.plan", import_id=import_id), 303)
