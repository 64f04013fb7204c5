"""The election desk's side of applications: the call, who applied, reminders, and the list."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from consult.accounts.actions import approvals
from consult.clock import now
from consult.delivery.actions import letters
from consult.delivery.core import Asks, Letter, LetterSheet
from consult.elections.actions import call as calling
from consult.elections.actions import desk as shown
from consult.elections.actions import listing as lists
from consult.elections.actions import overview, paper_form, striking
from consult.elections.core.asking import Problem
from consult.elections.core.election import Election
from consult.elections.core.photo import NoPhoto
from consult.elections.forms.nomination import PHOTO, given, has_photo, sent_portrait, words
from consult.refusal import Refusal
from consult.register.core.codes import Code
from consult.register.core.roll import Entry
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.errors import words as refusal_words
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("applications", __name__)

_ONE = "/raad/verkiezingen/<election_id>"
_FIELDS = {
    "elections.candidate_not_on_roll": "customer_number",
    "elections.application_exists": "customer_number",
    "elections.name_taken": "name",
    "elections.barred_committee": "committee",
}
"""The field that a refusal of an application on paper is about."""


@blueprint.route(f"{_ONE}/oproep", methods=["GET", "POST"])
def call(election_id: str) -> str | Answer:
    """For the registrar: all letters of the call, once. The codes are kept nowhere."""
    with reading() as session:
        desk = overview.overview(session, now(), election_id)
    if request.method != "POST":
        return render_template("elections/applications/call.html", desk=desk)
    with writing() as session:
        key = settings().key("register.codes")
        pairs = calling.make_call(session, actor(), now(), key, election_id)
    there = f"{settings().base_url}{url_for('elections.nomination.call', uuid=desk.election.uuid)}"
    return _letters(desk.election, Asks.STAND, _with_codes(pairs, there))


@blueprint.route(f"{_ONE}/herinneringen", methods=["GET", "POST"])
def reminders(election_id: str) -> str | Answer:
    """For the registrar: letters to who began and is not ready, without a code."""
    with reading() as session:
        desk = overview.overview(session, now(), election_id)
    if request.method != "POST":
        return render_template("elections/applications/reminders.html", desk=desk)
    with writing() as session:
        numbers = calling.make_reminders(session, actor(), now(), election_id)
    link = f"{settings().base_url}{url_for('elections.nomination.start')}"
    return _letters(desk.election, Asks.FINISH, (Letter(number, "", link) for number in numbers))


@blueprint.get(f"{_ONE}/aanmeldingen")
def applications(election_id: str) -> str:
    """How many applied; and for the secretary who, unless others choose among them."""
    with reading() as session:
        desk = overview.overview(session, now(), election_id)
        people = overview.handed_in(session, actor(), election_id)
    return render_template("elections/applications/applications.html", desk=desk, people=people)


@blueprint.route(f"{_ONE}/aanmeldingen/papier", methods=["GET", "POST"])
def on_paper(election_id: str) -> str | Answer:
    """Enter what somebody without a phone wrote and signed."""
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        errors = _enter(election_id)
        if not errors:
            return redirect(url_for(".applications", election_id=election_id), 303)
    with reading() as session:
        desk = overview.overview(session, now(), election_id)
        pages = overview.paper_pages(session, election_id)
    return render_template(
        "elections/applications/on_paper.html",
        desk=desk,
        pages=pages,
        errors=errors,
        sent=given(request),
    )


@blueprint.route(f"{_ONE}/kandidatenlijst", methods=["GET", "POST"])
def listing(election_id: str) -> str | Answer:
    """Fix the list in two steps: one person proposes, another approves and so fixes it.

    Once it is fixed, taking somebody off it takes two people too.
    """
    if request.method == "POST":
        _decide(election_id)
        return redirect(url_for(".listing", election_id=election_id), 303)
    problem, standing = "", []
    with reading() as session:
        desk = overview.overview(session, now(), election_id)
        try:
            standing = lists.to_list(session, now(), election_id)
        except Refusal as refusal:
            problem = refusal_words(refusal)
        proposal = shown.waiting(session, lists.FIX, election_id, now())
        strike = shown.waiting(session, striking.STRIKE, election_id, now())
        listed = shown.desk(session, election_id, now()).candidates
        gone = striking.struck_next(session, now(), election_id)
    return render_template(
        "elections/applications/listing.html",
        desk=desk,
        listed=listed,
        strike=strike,
        gone=gone,
        standing=standing,
        problem=problem,
        proposal=proposal,
    )


def _decide(election_id: str) -> None:
    form, who = request.form, actor()
    with writing() as session:
        match form.get("act"):
            case "strike":
                candidate = form.get("candidate", "")
                striking.propose_strike(session, who, now(), election_id, candidate)
            case "approve_strike":
                shown_then = form.get("shown", "")
                striking.approve_strike(session, who, now(), election_id, shown_then)
            case act:
                effect = lists.list_effect(session, now(), election_id)
                if act != "approve":
                    approvals.propose(session, who, now(), lists.FIX, election_id, effect)
                    return
                on_page = form.get("shown", "")
                approvals.approve(session, who, now(), lists.FIX, election_id, effect, on_page)
                lists.fix_list(session, who, now(), election_id)


def _enter(election_id: str) -> list[tuple[str, str]]:
    """Nothing, or what is wrong with the form, by field."""
    sent = given(request)
    jpeg = sent_portrait(request) if has_photo(request) else None
    if isinstance(jpeg, NoPhoto):
        return [(PHOTO, words(jpeg))]
    number = request.form.get("customer_number", "")
    try:
        with writing() as session:
            found = paper_form.enter_on_paper(
                session, actor(), now(), election_id, number, sent, jpeg
            )
    except Refusal as refusal:
        if refusal.code not in _FIELDS:
            raise
        return [(_FIELDS[refusal.code], refusal_words(refusal))]
    return [(found.field, words(found))] if isinstance(found, Problem) else []


def _with_codes(pairs: Iterable[tuple[Entry, Code]], link: str) -> Iterator[Letter]:
    for entry, code in pairs:
        yield Letter(entry.customer_number, str(code), f"{link}#code={code.digits}")


def _letters(election: Election, asks: Asks, every: Iterable[Letter]) -> Response:
    sheet = LetterSheet(
        council=settings().council,
        title=election.plan.title,
        deadline=election.plan.nominate_until or election.plan.opens_at,
        address=settings().base_url + url_for("elections.nomination.start"),
        helpline=settings().helpline,
        asks=asks,
    )
    return download(letters(sheet, every), f"brieven-{asks}-{election.uuid}.html", "text/html")
