"""The key holder's room: making a key before the vote, opening the sum of votes after it.

The token of the link stays in the URL's fragment; the page sends it in a header.
"""

from datetime import datetime

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from consult.clock import now
from consult.council.core.agreement import Ties
from consult.elections.actions import holders, lot
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
        "state": _state(election, holder, now()),
        "uuid": election.uuid,
        "public_key": holders.public_key(holder),
        "key_url": url_for(".key", holder_id=holder_id),
        "decryption_url": url_for(".decryption", holder_id=holder_id),
        "number_url": url_for(".number", holder_id=holder_id),
        "number_asked": _number_asked(election, holder, now()),
        "archive_url": url_for("elections.pages.archive", uuid=election.uuid),
    }
    return render_template(
        "elections/trustee/room.html",
        election=election,
        holder=holder,
        data=data,
        number_until=election.lot_until,
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


@blueprint.post("/sleutelhouder/<holder_id>/getal")
@signed_by_content
def number(holder_id: str) -> tuple[Response, int]:
    """Take the number in that this holder committed to for a computed lot."""
    sent = sent_json()
    with writing() as session:
        shown = sent.get("number") if isinstance(sent, dict) else None
        lot.hand_in_number(session, now(), holder_id, _token(), shown)
    return jsonify(stored=True), 201


def _token() -> str:
    return request.headers.get(TOKEN, "")


def _number_asked(election: Election, holder: KeyHolder, moment: datetime) -> bool:
    """Whether the lot of this election waits for the holder's number."""
    asked = election.plan.ties is Ties.COMMIT_BEACON and holder.lot is not None
    return asked and lot.waits_for_numbers(election, (holder,), moment)


def _state(election: Election, holder: KeyHolder, moment: datetime) -> str:
    if holder.decryption is not None:
        return "number" if _number_asked(election, holder, moment) else "done"
    if election.closed_at is not None:
        return "decrypt"
    if election.sealed_at is None and election.codes_at is None:
        return "key"
    return "waiting"
