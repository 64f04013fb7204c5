"""The booth: one page for everybody, and the three answers that it asks the server for."""

from dataclasses import asdict

from flask import Blueprint, Response, abort, jsonify, render_template, request, url_for

from consult.clock import now
from consult.elections.actions import listing, public, voting
from consult.elections.actions.public import Contest
from consult.elections.core.election import Phase
from consult.elections.core.marks import credential_hash
from consult.web import throttle
from consult.web.forms import sent_json, signed_by_content
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("booth", __name__)
_PHASES = {Phase.SEALED: "before", Phase.OPEN: "open"}


@blueprint.get("/stemmen/<uuid>/")
def paper(uuid: str) -> str:
    """The booth. The same bytes for everybody in one language; the code never comes here."""
    with reading() as session:
        shown = public.sealed(session, uuid)
        portraits = listing.portraits(session, shown.election.id)
    phase = shown.election.phase(now())
    data = {
        "uuid": uuid,
        "fingerprint": shown.paper.fingerprint,
        "ballots_url": url_for(".ballot_box", uuid=uuid),
        "code_url": url_for(".code", uuid=uuid),
        "election_url": url_for("elections.pages.election", uuid=uuid),
        "tracker_url": url_for("elections.pages.tracker", uuid=uuid),
        "helpline": settings().helpline,
    }
    told = {
        "uuid": uuid,
        "title": shown.election.plan.title,
        "opens_at": shown.election.plan.opens_at,
        "closes_at": shown.election.plan.closes_at,
        "phase": _PHASES.get(phase, "after"),
    }
    return render_template(
        "elections/booth/paper.html",
        election=told,
        questions=list(map(_question, range(len(shown.contests)), shown.contests)),
        data=data,
        portraits=portraits,
    )


def _question(place: int, contest: Contest) -> dict[str, object]:
    return {
        "number": place + 1,
        "step": f"choose-{place + 1}" if place else "choose",
        "office": contest.office,
        "choices": contest.choices,
        "candidates": contest.candidates,
    }


@blueprint.get("/stemmen/<uuid>/election.json")
def election_file(uuid: str) -> Response:
    """The exact bytes of the election, of which the fingerprint is taken."""
    with reading() as session:
        booth = voting.booth(session, uuid)
    return Response(booth.paper.raw, mimetype="application/json")


@blueprint.post("/stemmen/<uuid>/code")
@signed_by_content
def code(uuid: str) -> tuple[Response, int]:
    """Whether a public credential is one of the election's. Only failures are throttled."""
    body = sent_json()
    credential = body.get("credential") if isinstance(body, dict) else None
    if not isinstance(credential, str) or not credential.isdecimal():
        return jsonify(code="elections.code_unknown"), 404
    with reading() as session:
        booth = voting.booth(session, uuid)
        found = voting.credential(session, booth.election_id, credential_hash(credential))
    if found is not None:
        return jsonify(known=True, voted=found.voted), 200
    with writing() as session:
        network = throttle.network(request.remote_addr)
        seconds = voting.count_wrong_code(session, now(), uuid, network)
    if seconds:
        return jsonify(code="elections.too_many_tries", seconds=seconds), 429
    return jsonify(code="elections.code_unknown"), 404


@blueprint.post("/stemmen/<uuid>/stembus")
@signed_by_content
def ballot_box(uuid: str) -> tuple[Response, int]:
    """Take a ballot in. The same bytes again, however often, get the same receipt."""
    raw = request.get_data(cache=False)
    with reading() as session:
        booth = voting.booth(session, uuid)
        if len(raw) > booth.longest:
            abort(413)
        voting.check_credential(session, booth.election_id, raw)
    checked = voting.check_ballot(booth.paper, raw)
    key = settings().key("elections.receipt")
    with writing() as session:
        receipt = voting.cast_ballot(session, now(), key, booth.election_id, checked)
    return jsonify(asdict(receipt)), 201
