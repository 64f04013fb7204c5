"""The shortlist of a preselection: proposed, approved, looked at again, published."""

from typing import cast

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as Answer

from consult.clock import now
from consult.elections.actions import assessing, preselection_document, shortlist
from consult.elections.actions.desk import waiting
from consult.elections.actions.shortlist_effect import outlook
from consult.elections.core.preselection import Verdict
from consult.elections.core.shortlist import decides, reviewers
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.errors import words
from consult.web.unit import reading, writing

blueprint = Blueprint("shortlist", __name__)
_ONE = "/raad/verkiezingen/<election_id>/voorselectie"
Fields = dict[object, str]


@blueprint.route(f"{_ONE}/besluit", methods=["GET", "POST"])
def verdicts(election_id: str) -> str | Answer:
    """Proposing a verdict with a reason for everybody."""
    fields: Fields = {}
    problem = ""
    if request.method == "POST":
        try:
            with writing() as tx:
                open_now = assessing.scores(tx, actor(), now(), election_id).applicants
                given = [told for one in open_now if (told := _verdict(one))]
                shortlist.propose(tx, actor(), now(), election_id, given)
        except Refusal as refusal:
            if refusal.code not in {"elections.shortlist_wrong", "elections.shortlist_empty"}:
                raise
            fields = cast(Fields, refusal.facts.get("fields", {}))
            problem = words(refusal)
        else:
            return redirect(url_for(".decision", election_id=election_id), 303)
    with reading() as tx:
        found = assessing.scores(tx, actor(), now(), election_id)
    if found.selection.decided:
        return redirect(url_for(".decision", election_id=election_id), 303)
    return render_template(
        "elections/shortlist/verdicts.html",
        found=found,
        decides=decides(found.selection, {actor().account_id}),
        entered=request.form if problem else None,
        fields=fields,
        problem=problem,
    )


@blueprint.route(f"{_ONE}/besluit/goedkeuren", methods=["GET", "POST"])
def decision(election_id: str) -> str | Answer:
    """The proposed shortlist with its effect; another assessor approves it."""
    if request.method == "POST":
        with writing() as tx:
            shown = request.form.get("shown", "")
            shortlist.approve(tx, actor(), now(), election_id, shown)
        return redirect(url_for(".decision", election_id=election_id), 303)
    with reading() as tx:
        found = assessing.scores(tx, actor(), now(), election_id)
        held = found.selection.verdicts
        admitted = {one for one in found.applicants if one in held and held[one].admitted}
        effect = outlook(tx, found.election, found.applicants.values(), admitted)
        act = shortlist.SHORTLIST[found.selection.by]
        proposal = waiting(tx, act, election_id, now())
    deciding = {actor().account_id} | ({proposal.proposer} if proposal else set())
    return render_template(
        "elections/shortlist/decision.html",
        found=found,
        effect=effect,
        proposal=proposal,
        decides=decides(found.selection, deciding),
    )


@blueprint.route("/raad/voorselectie/herziening/<application_id>", methods=["GET", "POST"])
def review(application_id: str) -> str | Answer:
    """Looking again: one person proposes, another approves."""
    problem = ""
    if request.method == "POST":
        try:
            _decide_review(application_id)
        except Refusal as refusal:
            if refusal.code not in {"elections.review_unreasoned", "elections.review_choiceless"}:
                raise
            problem = words(refusal)
        else:
            return redirect(url_for(".review", application_id=application_id), 303)
    with reading() as tx:
        found, asked = shortlist.review(tx, actor(), now(), application_id)
        act = shortlist.REVIEW[found.selection.by]
        proposal = waiting(tx, act, application_id, now())
    return render_template(
        "elections/shortlist/review.html",
        found=found,
        asked=asked,
        others=reviewers(found.selection, application_id),
        proposal=proposal,
        entered=request.form if problem else None,
        problem=problem,
    )


@blueprint.get(f"{_ONE}/uitkomst")
def outcome(election_id: str) -> str:
    """What is published of it, once it is over."""
    with reading() as tx:
        found = preselection_document.outcome(tx, now(), election_id)
        made = preselection_document.document(found)
        public = preselection_document.is_public(tx, made)
    return render_template(
        "elections/shortlist/outcome.html",
        election=found.election,
        text=made.texts[str(get_locale())],
        slug=made.slug if public else "",
    )


@blueprint.post(f"{_ONE}/uitkomst")
def publish(election_id: str) -> Answer:
    """Putting it on the site."""
    with writing() as tx:
        preselection_document.publish(tx, actor(), now(), election_id)
    return redirect(url_for(".outcome", election_id=election_id), 303)


def _decide_review(application_id: str) -> None:
    with writing() as tx:
        if request.form.get("act") == "approve":
            shown = request.form.get("shown", "")
            shortlist.approve_review(tx, actor(), now(), application_id, shown)
            return
        admits = {"yes": True, "no": False}.get(request.form.get("admits", ""))
        reason = request.form.get("reason", "")
        shortlist.propose_review(tx, actor(), now(), application_id, admits=admits, reason=reason)


def _verdict(application_id: str) -> Verdict | None:
    """What was filled in on an applicant; ``None`` where nothing was chosen."""
    answer = request.form.get(f"admitted_{application_id}")
    if answer not in {"yes", "no"}:
        return None
    reason = request.form.get(f"reason_{application_id}", "")
    against = request.form.get(f"against_{application_id}", "")
    return Verdict(application_id, answer == "yes", reason, against)
