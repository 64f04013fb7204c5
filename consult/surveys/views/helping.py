"""For helpers: entering what somebody wrote or said, and looking at what another one entered."""

from typing import Any, Final

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.surveys.actions import answering, drafts, helping
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Channel, Consultation, Mode, Phase
from consult.surveys.core.taking_part import locker
from consult.surveys.core.taking_part.paper import Paper
from consult.surveys.forms.words import words
from consult.surveys.store import consultations
from consult.surveys.store import drafts as store
from consult.surveys.store.drafts import Helped
from consult.surveys.views.answering import DRAFTS, Page, keys, network, onwards
from consult.surveys.views.holding import Held, held, keep, let_go
from consult.web.access import actor
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("helping", __name__)
CHANNELS: Final = (Channel.PAPER, Channel.PHONE)


@blueprint.route("/raad/helpen", methods=["GET", "POST"])
def start() -> Page:
    """Which consultation, on paper or by telephone, and the code of the person."""
    open_now = _open()
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        found = _enter(open_now)
        if not isinstance(found, Problem):
            return found
        errors = [(_field(found), words(found))]
    with reading() as tx:
        waiting = [(one, store.count_waiting(tx, one.id)) for one in open_now]
    return render_template(
        "surveys/helping/start.html",
        waiting=waiting,
        form=request.form,
        errors=errors,
        done=request.args.get("klaar", ""),
    )


@blueprint.post("/raad/helpen/klaar")
def hand_over() -> Page:
    """What was entered waits for another helper from here on."""
    mine, asked = _held()
    if mine is None or asked is None or mine.checks or mine.channel is Channel.WEB:
        return _to("start")
    with writing() as tx:
        outcome = helping.hand_over(tx, actor(), now(), asked, mine.ticket, mine.key, mine.channel)
    if outcome == Problem("answer_missing"):
        return redirect(url_for("surveys.answering.review", slug=asked.slug, mist=1), 303)
    let_go()
    return _to("start", klaar="wacht" if outcome is Phase.OPEN else "niet")


@blueprint.route("/raad/helpen/nakijken", methods=["GET", "POST"])
def check() -> Page:
    """For the second helper: what was entered, beside the paper; sending it, or sending it back."""
    mine, asked = _held()
    if mine is None or asked is None or not mine.checks:
        return _to("start")
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        outcome = _decide(mine, asked)
        if isinstance(outcome, Response):
            return outcome
        errors = [("", words(outcome))]
    with reading() as tx:
        draft = drafts.read(tx, mine.ticket.slot, mine.key)
    if draft is None:
        let_go()
        return _to("start", klaar="niet")
    answers = asked.questions.kept(draft.answers)
    return render_template(
        "surveys/helping/check.html",
        asked=asked,
        paper=Paper(asked.questions, answers),
        reached=[one for one in asked.questions.asked(draft.answers) if one.asks],
        answers=answers,
        quotes=draft.quotes,
        strata=mine.ticket.strata,
        channel=mine.channel,
        shown=helping.fingerprint(draft),
        errors=errors,
    )


def _decide(mine: Held, asked: Consultation) -> Response | Problem:
    if request.form.get("act") == "back":
        with writing() as tx:
            problem = helping.send_back(tx, actor(), now(), asked, mine.ticket)
        if problem:
            return problem
        let_go()
        return _to("start", klaar="terug")
    shown = request.form.get("shown", "")
    with writing() as tx:
        outcome = helping.confirm(tx, actor(), now(), asked, mine.ticket, mine.key, shown)
    if isinstance(outcome, Problem):
        return outcome
    let_go()
    return _to("start", klaar="verstuurd" if outcome is Phase.OPEN else "niet")


def _enter(open_now: list[Consultation]) -> Response | Problem:
    form = request.form
    among = [one for one in open_now if one.id == form.get("consultation")]
    channel = next((one for one in CHANNELS if one == form.get("channel")), None)
    if not among or channel is None:
        return Problem("helped_choice")
    with writing() as tx:
        found = answering.enter(tx, now(), keys(), form.get("code", ""), network(), among)
        if isinstance(found, Problem):
            return found
        asked, ticket = found.consultation, found.ticket
        waiting = helping.find_helped(tx, actor(), asked, ticket)
    if isinstance(waiting, Problem):
        return waiting
    key = locker.key_of(settings().key(DRAFTS), asked.id, found.code.digits)
    if isinstance(waiting, Helped):
        keep(Held(asked.id, ticket, key, waiting.channel, checks=True))
        return _to("check")
    with writing() as tx:
        draft = drafts.begin(tx, now(), asked, ticket.slot, key)
    if draft is None:
        return _to("start", klaar="niet")
    keep(Held(asked.id, ticket, key, channel))
    return onwards(asked, draft)


def _open() -> list[Consultation]:
    with reading() as tx:
        running = consultations.running(tx)
    return [o for o in running if o.phase(now()) is Phase.OPEN and o.mode is Mode.CONFIDENTIAL]


def _held() -> tuple[Held | None, Consultation | None]:
    mine = held()
    if mine is None:
        return None, None
    with reading() as tx:
        return mine, consultations.get(tx, mine.consultation)


def _field(problem: Problem) -> str:
    if problem.code == "helped_choice":
        return "consultation"
    return "code" if problem.code.startswith("code") else ""


def _to(view: str, **more: Any) -> Response:
    return redirect(url_for(f".{view}", **more), 303)
