"""Preselection: assessing apart, deciding together, and what an applicant reads of it."""

from typing import cast

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from flask_babel import gettext
from werkzeug.wrappers import Response as Answer

from consult.clock import now
from consult.elections.actions import assessing, assessors, preselection, preselection_document
from consult.elections.actions.desk import waiting
from consult.elections.core.preselection import Score
from consult.elections.core.profile import Competence
from consult.elections.store import preselection as kept
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.errors import words
from consult.web.unit import reading, writing

blueprint = Blueprint("preselection", __name__)
_ONE = "/raad/verkiezingen/<election_id>/voorselectie"
Fields = dict[object, str]


@blueprint.get("/raad/voorselectie")
def elections() -> str:
    """For somebody of a committee: the elections for which she was asked."""
    with reading() as tx:
        found = preselection.seated_in(tx, actor())
    return render_template("elections/preselection/elections.html", elections=found)


@blueprint.get(_ONE)
def home(election_id: str) -> str:
    """How far it is; for an assessor also whom she has yet to assess."""
    with reading() as tx:
        room = preselection.room(tx, actor(), now(), election_id)
        slug = preselection_document.public_slug(tx, room.election)
    return render_template("elections/preselection/home.html", room=room, slug=slug)


@blueprint.route(f"{_ONE}/beoordelaars", methods=["GET", "POST"])
def body(election_id: str) -> str | Answer:
    """Who assesses: one person proposes, another approves."""
    problem = ""
    if request.method == "POST":
        try:
            with writing() as tx:
                if request.form.get("act") == "approve":
                    shown = request.form.get("shown", "")
                    assessors.approve(tx, actor(), now(), election_id, shown)
                else:
                    chosen = frozenset(request.form.getlist("accounts"))
                    assessors.propose(tx, actor(), now(), election_id, chosen)
        except Refusal as refusal:
            if refusal.part != "elections":
                raise
            problem = words(refusal)
        else:
            return redirect(url_for(".body", election_id=election_id), 303)
    with reading() as tx:
        election, selection = assessors.held(tx, election_id)
        able = assessors.fit(tx, selection.by)
        wanted = kept.wanted(tx, election_id)
        proposal = waiting(tx, assessors.ACT, election_id, now())
    return render_template(
        "elections/preselection/body.html",
        election=election,
        selection=selection,
        able=able,
        wanted=wanted,
        proposal=proposal,
        problem=problem,
    )


@blueprint.route(f"{_ONE}/verklaring", methods=["GET", "POST"])
def declaration(election_id: str) -> str | Answer:
    """Declaring to be free to assess, before any applicant is seen."""
    problem = ""
    if request.method == "POST":
        answer = request.form.get("free", "")
        if answer in {"free", "stands", "landlord"}:
            with writing() as tx:
                assessors.join(
                    tx,
                    actor(),
                    now(),
                    election_id,
                    stands=answer == "stands",
                    landlord=answer == "landlord",
                )
            return redirect(url_for(".home", election_id=election_id), 303)
        problem = gettext("Kies wat voor u klopt.")
    with reading() as tx:
        election, _selection = assessors.seat(tx, actor(), now(), election_id)
    return render_template(
        "elections/preselection/declaration.html", election=election, problem=problem
    )


@blueprint.post(f"{_ONE}/stoppen")
def leave(election_id: str) -> Answer:
    """Giving the seat up."""
    with writing() as tx:
        assessors.leave(tx, actor(), now(), election_id)
    return redirect(url_for(".home", election_id=election_id), 303)


@blueprint.route(f"{_ONE}/kandidaat/<application_id>", methods=["GET", "POST"])
def applicant(election_id: str, application_id: str) -> str | Answer:
    """One applicant: scores with reasons, or a conflict of interest."""
    fields: Fields = {}
    problem = ""
    if request.method == "POST":
        try:
            _assess(election_id, application_id)
        except Refusal as refusal:
            if refusal.code not in {"elections.scores_wrong", "elections.conflict_unexplained"}:
                raise
            fields = cast(Fields, refusal.facts.get("fields", {}))
            problem = words(refusal)
        else:
            return redirect(url_for(".home", election_id=election_id), 303)
    with reading() as tx:
        sheet = assessing.sheet(tx, actor(), now(), election_id, application_id)
    return render_template(
        "elections/preselection/applicant.html",
        sheet=sheet,
        entered=request.form if problem else None,
        fields=fields,
        problem=problem,
    )


@blueprint.get(f"{_ONE}/kandidaat/<application_id>/foto.jpg")
def photo(election_id: str, application_id: str) -> Response:
    """The photo of an applicant, for who assesses her."""
    with reading() as tx:
        found = assessing.photo(tx, actor(), now(), election_id, application_id)
    if found is None:
        abort(404)
    return Response(found, mimetype="image/jpeg")


@blueprint.post(f"{_ONE}/inleveren")
def hand_in(election_id: str) -> Answer:
    """Being ready with everybody."""
    with writing() as tx:
        assessing.hand_in(tx, actor(), now(), election_id)
    return redirect(url_for(".home", election_id=election_id), 303)


@blueprint.get(f"{_ONE}/scores")
def scores(election_id: str) -> str:
    """Everybody's scores side by side, once all are in."""
    with reading() as tx:
        found = assessing.scores(tx, actor(), now(), election_id)
    return render_template("elections/preselection/scores.html", found=found)


@blueprint.route("/kandidaat/besluit", methods=["GET", "POST"])
def verdict() -> str | Answer:
    """For an applicant: her own verdict, and asking to look again."""
    mine, problem = applying(), ""
    if request.method == "POST" and mine:
        try:
            with writing() as tx:
                preselection.ask_review(tx, now(), mine, request.form.get("reasons", ""))
        except Refusal as refusal:
            problem = words(refusal)
        else:
            return redirect(url_for(".verdict"), 303)
    with reading() as tx:
        told = preselection.verdict_for(tx, mine) if mine else None
    return render_template(
        "elections/preselection/verdict.html",
        known=bool(mine),
        told=told,
        problem=problem,
        entered=request.form.get("reasons", ""),
    )


def applying() -> str:
    """The application of whoever came in to apply; empty for everybody else."""
    held = session.get("nomination") or {}
    return str(held.get("application") or "")


def _assess(election_id: str, application_id: str) -> None:
    with writing() as tx:
        sheet = assessing.sheet(tx, actor(), now(), election_id, application_id)
        if request.form.get("act") == "conflict":
            why = request.form.get("conflict", "")
            assessing.declare_conflict(tx, actor(), now(), election_id, application_id, why)
        else:
            given = {one.id: _score(one) for one in sheet.competences}
            assessing.assess(tx, actor(), now(), election_id, application_id, given)


def _score(one: Competence) -> Score:
    """What was filled in for a competence; 0 where no score was chosen."""
    figure = request.form.get(f"value_{one.id}", "")
    value = int(figure) if len(figure) == 1 and figure.isdecimal() else 0
    return Score(value, request.form.get(f"reason_{one.id}", ""))
