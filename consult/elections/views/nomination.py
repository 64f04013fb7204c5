"""What a customer sees who applies to stand: a code, one question per page, a check, and where it
stands.

These pages work without a script. Each page is kept as it is sent, so that she can go on with the
same code on another device. The session holds the entry of the roll, never a number or a text.
"""

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, Response, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response as Answer

from consult.clock import now
from consult.elections.actions import listing, nomination
from consult.elections.actions.call import call_for
from consult.elections.actions.nomination import Applicant, Mine
from consult.elections.core.asking import Kind, Problem
from consult.elections.core.election import Election
from consult.elections.core.nomination import Call, Standing
from consult.elections.core.photo import NoPhoto
from consult.elections.forms.nomination import PHOTO, given, has_photo, sent_portrait, words
from consult.elections.store import applications
from consult.refusal import Refusal
from consult.web import throttle
from consult.web.errors import words as refusal_words
from consult.web.sessions import renew
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("nomination", __name__)

Page = str | Answer
HELD: Final = "nomination"
_ONE: Final = "/kandidaat/<uuid>"


@blueprint.route("/kandidaat", methods=["GET", "POST"])
def start() -> Page:
    """The code of any election that customers can stand for; where people come who type."""
    with reading() as tx:
        called = nomination.called(tx, now())
        open_now = [one for one in called if call_for(one, now()) is Call.OPEN]
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        found = _enter(called)
        if not isinstance(found, Problem):
            return found
        errors = [("code", words(found))]
    return render_template(
        "elections/nomination/start.html", open_now=open_now, errors=errors, typed=_typed()
    )


@blueprint.route(_ONE, methods=["GET", "POST"])
def call(uuid: str) -> Page:
    """What the board needs, what is asked of who applies, and the code."""
    with reading() as tx:
        called = [one for one in nomination.called(tx, now()) if one.uuid == uuid]
        if not called:
            abort(404)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        found = _enter(called)
        if not isinstance(found, Problem):
            return found
        errors = [("code", words(found))]
    return render_template(
        "elections/nomination/call.html",
        election=called[0],
        call=call_for(called[0], now()),
        needs=called[0].needs,
        errors=errors,
        typed=_typed(),
        entered=session.get(HELD, {}).get("election") == called[0].id,
    )


@blueprint.route(f"{_ONE}/stap/<int:number>", methods=["GET", "POST"])
def step(uuid: str, number: int) -> Page:
    """One question. Both buttons keep what was filled in."""
    who, held = _mine(uuid)
    if held is None or held.call is not Call.OPEN:
        return _to("call" if held is None else "mine", uuid)
    if not 1 <= number <= len(held.asked.steps):
        abort(404)
    shown, errors = held.asked.steps[number - 1], []
    if request.method == "POST":
        found = _keep(who, shown.kind, number)
        if found is None or (_back() and found.code.endswith("_missing")):
            return _next(held, number)
        errors = [(PHOTO if isinstance(found, NoPhoto) else found.field, words(found))]
    return render_template(
        "elections/nomination/step.html",
        held=held,
        election=held.election,
        number=number,
        step=shown,
        sent=given(request) if errors else None,
        errors=errors,
    )


@blueprint.get(f"{_ONE}/mijn-foto.jpg")
def picture(uuid: str) -> Answer:
    """Her own photo, for herself."""
    _, held = _mine(uuid)
    with reading() as tx:
        own = held.application if held else None
        raw = applications.photo(tx, own.id) if own else None
    if raw is None:
        abort(404)
    return Response(raw, mimetype="image/jpeg")


@blueprint.route(f"{_ONE}/controle", methods=["GET", "POST"])
def review(uuid: str) -> Page:
    """Everything once more; and "I stand". Sending twice gives the same outcome as once."""
    who, held = _mine(uuid)
    if held is None:
        return _to("call", uuid)
    if held.call is not Call.OPEN or held.standing is Standing.SUBMITTED:
        return _to("mine", uuid)
    missing, problem = held.missing if request.method == "POST" else (), ""
    if request.method == "POST" and not missing:
        try:
            with writing() as tx:
                missing = nomination.accept(tx, now(), who)
        except Refusal as refusal:
            problem = refusal_words(refusal)
        else:
            return _to("mine", uuid)
    return render_template(
        "elections/nomination/review.html",
        held=held,
        election=held.election,
        missing=missing,
        problem=problem,
    )


@blueprint.get(f"{_ONE}/mijn")
def mine(uuid: str) -> Page:
    """Where her application stands, and what she can still do."""
    _, held = _mine(uuid)
    if held is None:
        return _to("call", uuid)
    with reading() as tx:
        verdict = nomination.verdict_on(tx, held)
    return render_template(
        "elections/nomination/mine.html", held=held, election=held.election, verdict=verdict
    )


@blueprint.route(f"{_ONE}/terugtrekken", methods=["GET", "POST"])
def withdraw(uuid: str) -> Page:
    """Step back; asked once more before it is done."""
    who, held = _mine(uuid)
    if held is None:
        return _to("call", uuid)
    if request.method == "POST":
        with writing() as tx:
            nomination.withdraw(tx, now(), who)
        return _to("mine", uuid)
    return render_template("elections/nomination/withdraw.html", held=held, election=held.election)


@blueprint.post(f"{_ONE}/klaar")
def leave(uuid: str) -> Answer:
    """Whoever has this phone next sees nothing of it."""
    renew()
    return _to("call", uuid)


@blueprint.get("/verkiezing/<uuid>/foto/<candidate_id>.jpg")
def portrait(uuid: str, candidate_id: str) -> Answer:
    """The photo of a candidate, for everybody. It never changes once the list is fixed."""
    with reading() as tx:
        raw = listing.portrait(tx, uuid, candidate_id)
    if raw is None:
        abort(404)
    return Response(
        raw, mimetype="image/jpeg", headers={"Cache-Control": "public, max-age=3600, immutable"}
    )


def _enter(among: Sequence[Election]) -> Answer | Problem:
    network = throttle.network(request.remote_addr)
    with writing() as tx:
        key = settings().key("register.codes")
        found = nomination.enter(tx, now(), key, _typed(), network, among)
        if isinstance(found, Problem):
            return found
        held = nomination.mine(tx, now(), found)
    renew()
    session[HELD] = {"election": found.election_id, "entry": found.entry_id, "application": None}
    _remember(held)
    uuid = held.election.uuid
    if held.call is not Call.OPEN or held.standing is not Standing.DRAFT:
        return _to("mine", uuid)
    return _to("review", uuid) if not held.missing else _step(uuid, held.missing[0])


def _mine(uuid: str) -> tuple[Applicant, Mine | None]:
    """Who is here, and what she has for this election; nothing for another one."""
    kept: dict[str, Any] = session[HELD]
    who = Applicant(kept["election"], kept["entry"])
    with reading() as tx:
        held = nomination.mine(tx, now(), who)
    if held.election.uuid != uuid:
        return who, None
    _remember(held)
    return who, held


def _remember(held: Mine) -> None:
    own = held.application.id if held.application else None
    if session[HELD]["application"] != own:
        session[HELD] = {**session[HELD], "application": own}


def _keep(who: Applicant, kind: Kind, number: int) -> Problem | NoPhoto | None:
    if kind is not Kind.PHOTO:
        with writing() as tx:
            return nomination.save(tx, now(), who, number, given(request))
    go, chosen = request.form.get("go"), has_photo(request)
    if go != "drop" and not chosen:
        return NoPhoto("photo_missing") if go == "keep" else None
    jpeg = None if go == "drop" else sent_portrait(request)
    with writing() as tx:
        return nomination.put_photo(tx, now(), who, jpeg)


def _typed() -> str:
    return request.form.get("code", "")


def _back() -> bool:
    return request.form.get("go") == "back"


def _next(held: Mine, number: int) -> Answer:
    uuid = held.election.uuid
    if request.form.get("go") in {"keep", "drop"}:
        return _step(uuid, number)  # to see the photo
    if request.args.get("naar") == "controle" and not _back():
        return _to("review", uuid)
    there = max(number - 1, 1) if _back() else number + 1
    return _to("review", uuid) if there > len(held.asked.steps) else _step(uuid, there)


def _step(uuid: str, number: int) -> Answer:
    naar = request.args.get("naar")
    return redirect(url_for(".step", uuid=uuid, number=number, naar=naar), 303)


def _to(view: str, uuid: str) -> Answer:
    return redirect(url_for(f".{view}", uuid=uuid), 303)
