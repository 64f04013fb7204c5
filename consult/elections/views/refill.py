"""Empty seats filled on the old votes: at the desk, and the files that anybody can download."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask_babel import get_locale
from werkzeug.wrappers import Response as Answer

from consult.clock import now
from consult.elections.actions import desk as shown
from consult.elections.actions import refill
from consult.elections.actions import vacancy as vacancies
from consult.elections.actions.explain import explain
from consult.elections.forms.counting import drawn_order
from consult.elections.forms.people import RefillForm
from consult.refusal import Refusal
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.errors import words
from consult.web.unit import reading, writing

blueprint = Blueprint("refill", __name__)


@blueprint.route("/raad/verkiezingen/<election_id>/opvolging", methods=["GET", "POST"])
def vacancy(election_id: str) -> str | Answer:
    """Say who is still available, see who comes in, and decide on it with two people."""
    with reading() as session:
        found = vacancies.vacancy(session, election_id, now())
        proposal = shown.waiting(session, refill.REFILL, election_id, now())
    form, problem = _form(found), ""
    if request.method == "POST":
        try:
            if _done(election_id, form):
                return redirect(url_for(".vacancy", election_id=election_id), 303)
        except Refusal as refusal:
            problem = _told(form, refusal)
    language = str(get_locale())
    steps = [
        (office.office, [explain(step, found.names, language) for step in office.steps])
        for office in (found.found.offices if found.found else ())
    ]
    return render_template(
        "elections/refill/vacancy.html",
        vacancy=found,
        proposal=proposal,
        form=form,
        problem=problem,
        steps=steps,
    )


@blueprint.get("/verkiezing/<uuid>/opvolging/<refill_id>/telling.json")
def case(uuid: str, refill_id: str) -> Response:
    """What was counted when a seat was filled, as the file that ``consult count`` reads."""
    with reading() as session:
        raw, _ = refill.files(session, uuid, refill_id)
    return download(raw, f"{uuid}-opvolging-telling.json", "application/json")


@blueprint.get("/verkiezing/<uuid>/opvolging/<refill_id>/proces-verbaal.jsonl")
def record(uuid: str, refill_id: str) -> Response:
    """Every decision of the count when a seat was filled, one line each."""
    with reading() as session:
        _, raw = refill.files(session, uuid, refill_id)
    return download(raw, f"{uuid}-opvolging-proces-verbaal.jsonl", "application/jsonl")


def _form(found: vacancies.Vacancy) -> RefillForm:
    sheet = found.sheet
    held = {"start": sheet.start, "available": sorted(sheet.available)} if sheet else {}
    form = RefillForm(data=held)
    form.offer((one.id, one.name) for one in found.options if one.able)
    return form


def _done(election_id: str, form: RefillForm) -> bool:
    """Do what was asked; whether anything was."""
    act = request.form.get("act", "")
    if act == "fill_in" and not form.validate():
        return False
    with writing() as session:
        if act == "propose":
            refill.propose(session, actor(), now(), election_id)
        elif act == "approve":
            refill.approve(session, actor(), now(), election_id, request.form.get("shown", ""))
        elif act == "enter":
            refill.enter_lot(session, actor(), now(), election_id, drawn_order(request.form))
        else:
            start, available = form.start.data, form.available.data
            refill.fill_in(session, actor(), now(), election_id, start, available)
    return True


def _told(form: RefillForm, refusal: Refusal) -> str:
    """A refusal as the form tells it; its words where it belongs to no field."""
    if refusal.code not in form.about:
        return words(refusal)
    form.take(refusal)
    return ""
