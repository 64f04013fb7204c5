"""What anybody can read and download of an election."""

from collections.abc import Callable, Iterator
from typing import Any

from flask import Blueprint, Response, render_template, request

from consult.clock import now
from consult.elections.actions import bundle as bundles
from consult.elections.actions import listing, public, publication, voting
from consult.elections.actions.document import on_paper
from consult.refusal import Refusal
from consult.site.core import DUTCH
from consult.site.pdf import Sheet, pdf
from consult.web.downloads import download
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
    phase = shown.election.phase(now())
    return render_template(
        "elections/pages/election.html",
        shown=shown,
        phase=phase,
        turnout=turnout,
        portraits=portraits,
        stepped_back=stepped_back,
        needs=shown.election.needs,
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
    blocks = _streamed(lambda session: public.archive_blocks(session, election_id))
    return download(blocks, f"{uuid}.bel", "application/octet-stream")


@blueprint.get("/verkiezing/<uuid>/zegel.json")
def seal(uuid: str) -> Response:
    """The exact bytes of the seal."""
    with reading() as session:
        raw = public.seal_file(session, uuid)
    return download(raw, f"{uuid}-zegel.json", "application/json")


@blueprint.get("/verkiezing/<uuid>/telling.json")
def case(uuid: str) -> Response:
    """What was counted, as the file that ``consult count`` reads."""
    with reading() as session:
        raw = publication.published(session, uuid).case
    return download(raw, f"{uuid}-telling.json", "application/json")


@blueprint.get("/verkiezing/<uuid>/proces-verbaal.jsonl")
def record(uuid: str) -> Response:
    """Every decision of the count, one line each."""
    with reading() as session:
        raw = publication.published(session, uuid).record
    return download(raw, f"{uuid}-proces-verbaal.jsonl", "application/jsonl")


@blueprint.get("/verkiezing/<uuid>/loting.json")
def lot(uuid: str) -> Response:
    """The lot, as the file that ``consult lot`` repeats.

    Raises:
        Refusal: ``elections.no_lot`` where nobody had to draw.
    """
    with reading() as session:
        raw = publication.published(session, uuid).lot
    if not raw:
        raise Refusal("elections.no_lot")
    return download(raw, f"{uuid}-loting.json", "application/json")


@blueprint.get("/verkiezing/<uuid>/proces-verbaal.pdf")
def official_record(uuid: str) -> Response:
    """The official record on paper: the very text that stands on the site."""
    with reading() as session:
        found = publication.published_document(session, uuid)
    sheet = Sheet(DUTCH, settings().council, found.published_at, settings().base_url)
    file = pdf(on_paper(found.document.texts[DUTCH], DUTCH), sheet)
    return download(file, f"{uuid}-proces-verbaal.pdf", "application/pdf")


@blueprint.get("/verkiezing/<uuid>/bundel.zip")
def bundle(uuid: str) -> Response:
    """Everything to count the election again, as the file that ``consult recount`` reads."""
    with reading() as session:
        publication.published(session, uuid)
    pieces = _streamed(lambda session: bundles.bundle(session, uuid))
    return download(pieces, f"{uuid}-bundel.zip", "application/zip")


def _streamed(pieces: Callable[[Any], Iterator[bytes]]) -> Iterator[bytes]:
    """What is sent piece by piece: the reading outlives the request."""
    held = database()

    def sent() -> Iterator[bytes]:
        with held.read() as session:
            yield from pieces(session)

    return sent()
