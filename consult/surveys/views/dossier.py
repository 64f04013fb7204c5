"""The dossier on the desk: its steps, corrections and terms; and what is overdue."""

from collections.abc import Callable
from datetime import date
from functools import partial

from flask import Blueprint, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.council.actions import dossiers
from consult.council.core.dossier import Dossier, Entry, Step, default_due
from consult.delivery import store as mail
from consult.refusal import Refusal
from consult.surveys.actions import dossiers as own
from consult.surveys.core.consultation import Consultation, coarse
from consult.surveys.forms.dossier import EntryForm
from consult.surveys.forms.public import OUTCOMES, WAYS
from consult.surveys.store import consultations
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("dossier", __name__)
_ONE = "/raad/raadplegingen/<consultation_id>/dossier"
Page = str | Response
Act = Callable[..., Entry]


@blueprint.get("/raad/dossiers")
def dossiers_list() -> str:
    """All dossiers that are not done: what is overdue first, then what is due first."""
    today = day_of(now())
    with reading() as session:
        found = own.every(session, consultations.every(session))
    rows = [(one, dossier) for one, dossier in found if dossier.awaited is not None]
    rows.sort(key=lambda row: (row[1].due or date.max, row[0].id))
    return render_template("surveys/dossier/dossiers.html", rows=rows, today=today)


@blueprint.get(_ONE)
def dossier(consultation_id: str) -> str:
    """One dossier, with what can be done now, and how its mail went."""
    asked = current(consultation_id)
    with reading() as session:
        found = own.of(session, asked)
        counts = mail.counts(session, consultation_id)
        followers = mail.count_followers(session, consultation_id)
    return render_template(
        "surveys/dossier/dossier.html",
        asked=asked,
        dossier=found,
        today=day_of(now()),
        steps=tuple(Step),
        ways=WAYS,
        outcomes=OUTCOMES,
        followers=coarse(followers),
        mails=_sums(counts),
    )


@blueprint.route(f"{_ONE}/stap/<step>", methods=["GET", "POST"])
def advance(consultation_id: str, step: str) -> Page:
    """Note the next step, or a further advice."""
    asked, found = _open(consultation_id)
    wanted = Step(step) if step in tuple(Step) else abort(404)
    if wanted in {Step.ASKED, Step.HEARD}:
        abort(404)  # these follow from opening and from publishing
    form = EntryForm.of(found, wanted, asked.languages)
    if "due" in form and not form.is_submitted():
        form.day.data = day_of(now())
        form.due.data = default_due(wanted, day_of(now()))

    act = partial(dossiers.advance, step=wanted)
    return _page(form, asked, act) or render_template(
        "surveys/dossier/advance.html", asked=asked, form=form, step=wanted, dossier=found
    )


@blueprint.route(f"{_ONE}/verbeter/<int:number>", methods=["GET", "POST"])
def correct(consultation_id: str, number: int) -> Page:
    """Note that an entry should have said something else."""
    asked, found = _open(consultation_id)
    shown = [one.entry for step in Step for one in found.shown(step)]
    entry = next((one for one in shown if one.number == number), None) or abort(404)
    form = EntryForm.of(found, entry.step, asked.languages, entry)

    act = partial(dossiers.correct, number=number)
    return _page(form, asked, act) or render_template(
        "surveys/dossier/correct.html", asked=asked, form=form, step=entry.step
    )


@blueprint.route(f"{_ONE}/termijn", methods=["GET", "POST"])
def extend(consultation_id: str) -> Page:
    """Move the term of the step that comes, with the consent of both parties."""
    asked, found = _open(consultation_id)
    if found.awaited is None:
        abort(404)
    form = EntryForm.of(found, None, asked.languages)
    return _page(form, asked, dossiers.extend) or render_template(
        "surveys/dossier/extend.html",
        asked=asked,
        form=form,
        dossier=found,
        today=day_of(now()),
    )


def _open(consultation_id: str) -> tuple[Consultation, Dossier]:
    asked = current(consultation_id)
    if asked.opened_at is None:
        abort(404)
    with reading() as session:
        return asked, own.of(session, asked)


def _page(form: EntryForm, asked: Consultation, act: Act) -> Response | None:
    """Do what was sent; ``None`` when the form is to be shown."""
    if not form.validate_on_submit():
        return None
    moment = now()
    try:
        with writing() as session:
            own.begin(session, actor(), moment, asked)
            said, seen = form.said(), form.seen.data
            act(session, actor(), moment, day_of(moment), asked.id, said=said, seen=seen)
    except Refusal as refusal:
        form.take(refusal)
        return None
    return redirect(url_for(".dossier", consultation_id=asked.id), 303)


def _sums(counts: dict[tuple[str, str], int]) -> dict[str, int]:
    """How many mails about steps were sent, wait, or could not be delivered."""
    sums = dict.fromkeys(("sent", "waiting", "undelivered"), 0)
    for (mailing, state), count in counts.items():
        if mailing.startswith("dossier-"):
            sums[state] += count
    return sums
