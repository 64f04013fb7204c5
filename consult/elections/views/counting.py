"""The election desk after the vote: the lot, the result, its official record, and signing it."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as Answer

from consult.clock import now
from consult.elections.actions import desk as shown
from consult.elections.actions import draws, outcome, publication, signing
from consult.elections.actions.document import document, on_paper
from consult.elections.core.outcome import DrawNeeded
from consult.elections.forms.counting import BeaconForm, SigningForm, drawn_order
from consult.refusal import Refusal
from consult.site.core import DUTCH
from consult.site.pdf import Sheet, pdf
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.errors import words
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("counting", __name__)


@blueprint.route("/raad/verkiezingen/<election_id>/loting", methods=["GET", "POST"])
def lot(election_id: str) -> str | Answer:
    """Enter what a lot waits for, an order or a number from outside; two people do, each alone."""
    form, problem = BeaconForm(), ""
    if request.method == "POST":
        try:
            if _enter(election_id, form):
                return redirect(url_for(".result", election_id=election_id), 303)
        except Refusal as refusal:
            problem = _told(form, refusal)
    with reading() as session:
        desk = shown.desk(session, election_id, now())
        drawing = draws.drawing(session, election_id, now())
    return render_template(
        "elections/counting/lot.html",
        desk=desk,
        drawing=drawing,
        names={one.id: one.name for one in desk.candidates},
        form=form,
        problem=problem,
    )


@blueprint.get("/raad/verkiezingen/<election_id>/uitslag")
def result(election_id: str) -> str | Answer:
    """The count, who signed it, and how it will stand on the site."""
    with reading() as session:
        desk = shown.desk(session, election_id, now())
        if isinstance(outcome.outcome(session, election_id).result, DrawNeeded):
            return redirect(url_for(".lot", election_id=election_id), 303)
        counted = outcome.counted(session, election_id)
        signed = publication.signed(session, election_id)
        sheet = signing.sheet(session, actor(), now(), election_id)
    return render_template(
        "elections/counting/result.html",
        desk=desk,
        text=document(counted, signed).texts[str(get_locale())],
        sheet=sheet,
    )


@blueprint.get("/raad/verkiezingen/<election_id>/proces-verbaal.pdf")
def official_record(election_id: str) -> Response:
    """The official record on paper, before it is published: to read, and to sign from."""
    with reading() as session:
        counted = outcome.counted(session, election_id)
        made = document(counted, publication.signed(session, election_id))
        moment = shown.desk(session, election_id, now()).election.plan.closes_at
    text = on_paper(made.texts[DUTCH], DUTCH)
    sheet = Sheet(DUTCH, settings().council, moment, settings().base_url)
    return download(pdf(text, sheet), f"proces-verbaal-{counted.uuid}.pdf", "application/pdf")


@blueprint.route("/raad/verkiezingen/<election_id>/ondertekenen", methods=["GET", "POST"])
def sign(election_id: str) -> str | Answer:
    """Sign the official record by typing back two groups of its fingerprint."""
    form = SigningForm()
    if form.validate_on_submit():
        try:
            with writing() as session:
                signing.sign(session, actor(), now(), election_id, form.typed())
        except Refusal as refusal:
            form.take(refusal)
        else:
            return redirect(url_for(".result", election_id=election_id), 303)
    with reading() as session:
        desk = shown.desk(session, election_id, now())
        sheet = signing.sheet(session, actor(), now(), election_id)
    return render_template("elections/counting/sign.html", desk=desk, sheet=sheet, form=form)


@blueprint.post("/raad/verkiezingen/<election_id>/publiceren")
def publish(election_id: str) -> Answer:
    """Put the signed record on the site and seat the elected."""
    with writing() as session:
        publication.publish(session, actor(), now(), election_id)
    return redirect(url_for(".result", election_id=election_id), 303)


def _enter(election_id: str, form: BeaconForm) -> bool:
    """Take in what was filled in; whether there was anything to take."""
    with writing() as session:
        if request.form.get("act") == "again":
            draws.start_draw_again(session, actor(), now(), election_id)
        elif request.form.get("act") != "beacon":
            draws.enter_lot(session, actor(), now(), election_id, drawn_order(request.form))
        elif form.validate():
            draws.enter_beacon(session, actor(), now(), election_id, form.beacon())
        else:
            return False
    return True


def _told(form: BeaconForm, refusal: Refusal) -> str:
    """A refusal as the form tells it; its words where it belongs to no field."""
    if refusal.code not in form.about:
        return words(refusal)
    form.take(refusal)
    return ""
