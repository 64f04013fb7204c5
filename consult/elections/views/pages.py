"""What anybody can read and download of an election."""

from collections.abc import Iterator

from flask import Blueprint, Response, render_template, request

from consult.clock import now
from consult.elections.actions import listing, public, publication, voting
from consult.elections.store.needs import needs
from consult.web.unit import database, reading, settings

blueprint = Blueprint("pages", __name__)


@blueprint.get("/verkiezing/<uuid>")
def election(uuid: str) -> str:
    """The election: who stands, when, under which rules, and how to check all of it."""
    with reading() as session:
        shown = public.sealed(session, uuid)
        turnout = public.coarse_turnout(session, shown.election.id)
        portraits = listing.portraits(session, shown.election.id)
        stepped_back = listing.stepped_back(session, shown.election.id)
        needed = needs(session, shown.election.id)
    phase = shown.election.phase(now())
    return render_template(
        "elections/pages/election.html",
        shown=shown,
        phase=phase,
        turnout=turnout,
        portraits=portraits,
        stepped_back=stepped_back,
        needs=needed,
        receipt_key=voting.receipt_key(settings().key("elections.receipt")),
    )


@blueprint.get("/stemmen/<uuid>/volgcode")
def tracker(uuid: str) -> str:
    """Whether the ballot with a tracker is in the archive."""
    asked = "".join(request.args.get("code", "").split())
    with reading() as session:
        shown = public.sealed(session, uuid)
        found = public.tracked(session, shown.election.id, asked)
    return render_template("elections/pages/tracker.html", shown=shown, asked=asked, found=found)


@blueprint.get("/stemmen/<uuid>/archief.bel")
def archive(uuid: str) -> Response:
    """The whole archive, for whoever checks the election with a program of their own."""
    with reading() as session:
        election_id = voting.booth(session, uuid).election_id
    held = database()  # the stream outlives the request

    def blocks() -> Iterator[bytes]:
        with held.read() as session:
            yield from public.archive_blocks(session, election_id)

    return _download(blocks(), f"{uuid}.bel", "application/octet-stream")


@blueprint.get("/verkiezing/<uuid>/zegel.json")
def seal(uuid: str) -> Response:
    """The exact bytes of the seal."""
    with reading() as session:
        raw = public.seal_file(session, uuid)
    return _download(raw, f"{uuid}-zegel.json", "application/json")


@blueprint.get("/verkiezing/<uuid>/telling.json")
def case(uuid: str) -> Response:
    """What was counted, as the file that ``consult count`` reads."""
    with reading() as session:
        raw = publication.published(session, uuid).case
    return _download(raw, f"{uuid}-telling.json", "application/json")


@blueprint.get("/verkiezing/<uuid>/proces-verbaal.jsonl")
def record(uuid: str) -> Response:
    """Every decision of the count, one line each."""
    with reading() as session:
        raw = publication.published(session, uuid).record
    return _download(raw, f"{uuid}-proces-verbaal.jsonl", "application/jsonl")


def _download(body: bytes | Iterator[bytes], name: str, mimetype: str) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(body, mimetype=mimetype, headers=headers)
