"""The election desk: what secretary, chair and registrar do, from plan to publication."""

import os
from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult.accounts.actions import approvals
from consult.clock import now
from consult.delivery.actions import letters
from consult.delivery.core import Letter, LetterSheet
from consult.elections.actions import desk as shown
from consult.elections.actions import opening as openings
from consult.elections.actions import preflight, prepare
from consult.elections.forms.people import HolderForm, NominationForm
from consult.elections.forms.plan import PlanForm
from consult.refusal import Refusal
from consult.register.core.codes import Code
from consult.register.core.roll import Entry
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("desk", __name__)


@blueprint.get("/raad/verkiezingen")
def elections() -> str:
    """All elections."""
    with reading() as session:
        found = shown.elections(session)
    moment = now()
    rows = [(one, one.phase(moment)) for one in found]
    return render_template("elections/desk/elections.html", rows=rows)


@blueprint.get("/raad/verkiezingen/<election_id>")
def election(election_id: str) -> str:
    """One election: how far it is, and what comes next."""
    with reading() as session:
        desk = shown.desk(session, election_id, now())
    return render_template("elections/desk/election.html", desk=desk)


@blueprint.route("/raad/verkiezingen/nieuw", methods=["GET", "POST"])
def new() -> str | Answer:
    """Start an election."""
    with reading() as session:
        form = PlanForm(data={"ties": prepare.usual_ties(session, now())})
    if form.validate_on_submit():
        try:
            with writing() as session:
                made = prepare.draft(session, actor(), now(), form.plan())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".election", election_id=made), 303)
    return render_template("elections/desk/plan.html", form=form, election=None)


@blueprint.route("/raad/verkiezingen/<election_id>/plan", methods=["GET", "POST"])
def plan(election_id: str) -> str | Answer:
    """Change the plan of a draft."""
    with reading() as session:
        held = shown.desk(session, election_id, now()).election
    form = PlanForm.of(held.plan)
    if form.validate_on_submit():
        try:
            with writing() as session:
                prepare.change_plan(session, actor(), now(), election_id, form.plan())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".election", election_id=election_id), 303)
    return render_template("elections/desk/plan.html", form=form, election=held)


@blueprint.post("/raad/verkiezingen/<election_id>/kiezerslijst")
def roll(election_id: str) -> Answer:
    """Draw up who may take part."""
    with writing() as session:
        prepare.draw_roll(session, actor(), now(), election_id)
    return redirect(url_for(".election", election_id=election_id), 303)


@blueprint.route("/raad/verkiezingen/<election_id>/kandidaten", methods=["GET", "POST"])
def candidates(election_id: str) -> str | Answer:
    """Who stands; put somebody on the list."""
    with reading() as session:
        desk = shown.desk(session, election_id, now())
    form = NominationForm()
    form.offer(desk.elects)
    if form.validate_on_submit():
        try:
            with writing() as session:
                prepare.nominate(session, actor(), now(), election_id, form.nomination())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".candidates", election_id=election_id), 303)
    return render_template("elections/desk/candidates.html", desk=desk, form=form)


@blueprint.post("/raad/verkiezingen/<election_id>/kandidaten/<candidate_id>/weg")
def withdraw(election_id: str, candidate_id: str) -> Answer:
    """Take somebody off the list."""
    with writing() as session:
        prepare.withdraw(session, actor(), now(), election_id, candidate_id)
    return redirect(url_for(".candidates", election_id=election_id), 303)


@blueprint.route("/raad/verkiezingen/<election_id>/sleutelhouders", methods=["GET", "POST"])
def holders(election_id: str) -> str:
    """Who holds the key; ask somebody. The link is shown once, on the answer to the form."""
    form, link = HolderForm(), ""
    if form.validate_on_submit():
        with writing() as session:
            holder_id, token = prepare.invite_holder(
                session, actor(), now(), election_id, form.name.data
            )
        room = url_for("elections.trustee.room", holder_id=holder_id)
        link = f"{settings().base_url}{room}#token={token}"
        form = HolderForm(formdata=None)
    with reading() as session:
        desk = shown.desk(session, election_id, now())
    return render_template("elections/desk/holders.html", desk=desk, form=form, link=link)


@blueprint.post("/raad/verkiezingen/<election_id>/sleutelhouders/<holder_id>/weg")
def let_go(election_id: str, holder_id: str) -> Answer:
    """Do without a key holder."""
    with writing() as session:
        prepare.let_go(session, actor(), now(), election_id, holder_id)
    return redirect(url_for(".holders", election_id=election_id), 303)


@blueprint.get("/raad/verkiezingen/<election_id>/brieven")
def codes(election_id: str) -> str:
    """For the registrar: what making the letters means, and the button."""
    with reading() as session:
        desk = shown.desk(session, election_id, now())
    return render_template("elections/desk/codes.html", desk=desk)


@blueprint.post("/raad/verkiezingen/<election_id>/brieven")
def print_letters(election_id: str) -> Response:
    """Make all codes, once, and hand over the letters. The codes are kept nowhere."""
    key = settings().key("elections.marks")
    with reading() as session:
        desk = shown.desk(session, election_id, now())
        made = prepare.make_codes(session, election_id, os.cpu_count() or 1)
    with writing() as session:
        prepare.issue_codes(session, actor(), now(), key, election_id, made)
    booth = f"{settings().base_url}{url_for('elections.booth.paper', uuid=desk.election.uuid)}"
    sheet = LetterSheet(
        council=settings().council,
        title=desk.election.plan.title,
        deadline=desk.election.plan.closes_at,
        address=booth,
        helpline=settings().helpline,
    )
    printed = letters(sheet, _letters(made.pairs, booth))
    return download(printed, f"brieven-{desk.election.uuid}.html", "text/html")


@blueprint.route("/raad/verkiezingen/<election_id>/openen", methods=["GET", "POST"])
def opening(election_id: str) -> str | Answer:
    """Open in two steps: one person proposes, another approves and so opens."""
    if request.method == "POST":
        with writing() as session:
            effect = openings.opening_effect(session, election_id, now())
            if request.form.get("act") == "approve":
                act, on_page = openings.OPEN, request.form.get("shown", "")
                approvals.approve(session, actor(), now(), act, election_id, effect, on_page)
                openings.open_election(session, actor(), now(), election_id)
            else:
                approvals.propose(session, actor(), now(), openings.OPEN, election_id, effect)
        return redirect(url_for(".election", election_id=election_id), 303)
    with reading() as session:
        desk = shown.desk(session, election_id, now())
        proposal = shown.waiting(session, openings.OPEN, election_id, now())
        flight = None if desk.gaps else preflight.flight(session, election_id)
    return render_template(
        "elections/desk/opening.html", desk=desk, proposal=proposal, flight=flight
    )


def _letters(pairs: Iterable[tuple[Entry, Code]], booth: str) -> Iterator[Letter]:
    for entry, code in pairs:
        yield Letter(entry.customer_number, str(code), f"{booth}#code={code}")
