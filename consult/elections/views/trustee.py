"""The key holder's room: making a key before the vote, opening the sum of votes after it.

The token of the link stays in the URL's fragment; the page sends it in a header.
"""

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from consult.clock import now
from consult.elections.actions import holders
from consult.elections.core.election import Election, KeyHolder
from consult.web.forms import sent_json, signed_by_content
from consult.web.unit import reading, writing

blueprint = Blueprint("trustee", __name__)
TOKEN = "X-Trustee-Token"  # noqa: S105 - the name of a header


@blueprint.get("/sleutelhouder/<holder_id>")
def room(holder_id: str) -> str:
    """The page. What it may do needs the token; what it shows is no secret."""
    with reading() as session:
        election, holder = holders.holder_by_id(session, holder_id)
    data = {
        "state": _state(election, holder),
        "uuid": election.uuid,
        "public_key": holders.public_key(holder),
        "key_url": url_for(".key", holder_id=holder_id),
        "decryption_url": url_for(".decryption", holder_id=holder_id),
        "archive_url": url_for("elections.pages.archive", uuid=election.uuid),
    }
    return render_template(
        "elections/trustee/room.html", election=election, holder=holder, data=data
    )


@blueprint.post("/sleutelhouder/<holder_id>/sleutel")
@signed_by_content
def key(holder_id: str) -> tuple[Response, int]:
    """Take the public key in; the private one never leaves the browser."""
    with writing() as session:
        holders.hand_in_key(session, now(), holder_id, _token(), sent_json())
    return jsonify(stored=True), 201


@blueprint.post("/sleutelhouder/<holder_id>/ontsleuteling")
@signed_by_content
def decryption(holder_id: str) -> tuple[Response, int]:
    """Take this holder's part of the opening in."""
    raw = request.get_data(cache=False)
    with writing() as session:
        done = holders.hand_in_decryption(session, now(), holder_id, _token(), raw)
    return jsonify(stored=True, opened=done), 201


def _token() -> str:
    return request.headers.get(TOKEN, "")


def _state(election: Election, holder: KeyHolder) -> str:
    if holder.decryption is not None:
        return "done"
    if election.closed_at is not None:
        return "decrypt"
    if election.sealed_at is None and election.codes_at is None:
        return "key"
    return "waiting"
