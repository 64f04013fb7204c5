"""What a tenant sees: a code, one question per page, a check, and thanks.

These pages work without a script. They read forms with plain macros and statements, for many people
come here in the same hour. Answers stand in the sealed session until they are sent.
"""

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, session, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.surveys.actions import answering, closing, sending
from consult.surveys.core.answers import draft_from_data, to_data
from consult.surveys.core.consultation import Consultation, Phase, Sheet, Ticket
from consult.surveys.core.questionnaire import Answers
from consult.surveys.core.questions.base import Declined, Problem
from consult.surveys.forms.words import words
from consult.surveys.store import consultations
from consult.web import throttle
from consult.web.sessions import renew
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("answering", __name__)

Page = str | Response
FIELD: Final = "answer"


@blueprint.route("/meedoen", methods=["GET", "POST"])
def start() -> Page:
    """The code of any consultation that is open; where people come who type the address."""
    with reading() as tx:
        open_now = [c for c in consultations.running(tx) if c.phase(now()) is Phase.OPEN]
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        found = _enter(open_now)
        if not isinstance(found, Problem):
            return found
        errors = [("code", words(found))]
    return render_template(
        "surveys/answering/start.html", consultations=open_now, errors=errors, typed=_typed()
    )


@blueprint.route("/meedoen/<slug>", methods=["GET", "POST"])
def consultation(slug: str) -> Page:
    """What a consultation is about, what becomes of answers, and the code."""
    asked = _current(slug)
    phase = asked.phase(now())
    errors: list[tuple[str, str]] = []
    if request.method == "POST" and phase is Phase.OPEN:
        found = _enter([asked])
        if not isinstance(found, Problem):
            return found
        errors = [("code", words(found))]
    return render_template(
        "surveys/answering/consultation.html",
        asked=asked,
        phase=phase,
        errors=errors,
        typed=_typed(),
        entered=_ticket(asked) is not None,
    )


@blueprint.route("/meedoen/<slug>/vraag/<int:number>", methods=["GET", "POST"])
def question(slug: str, number: int) -> Page:
    """One question. Both buttons keep what was filled in."""
    asked = _current(slug)
    if _ticket(asked) is None or asked.phase(now()) is not Phase.OPEN:
        return _to("consultation", slug)
    if not 1 <= number <= len(asked.questions.questions):
        abort(404)
    shown = asked.questions.questions[number - 1]
    answers = _answers()
    values: Sequence[str] = _as_values(answers.get(shown.id))
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        back = request.form.get("go") == "back"
        values = request.form.getlist(FIELD)
        found = shown.parse(values)
        if not isinstance(found, Problem):
            kept = {key: a for key, a in answers.items() if key != shown.id}
            session["answers"] = to_data(kept if found is None else {**kept, shown.id: found})
        if not isinstance(found, Problem) or (back and found.code == "answer_missing"):
            return _next(asked, number, back=back)
        errors = [(FIELD, words(found))]
    return render_template(
        "surveys/answering/question.html",
        asked=asked,
        number=number,
        question=shown,
        values=values,
        errors=errors,
    )


@blueprint.route("/meedoen/<slug>/controle", methods=["GET", "POST"])
def review(slug: str) -> Page:
    """All answers once more; sending them. Sending twice gives the same outcome as once."""
    asked = _current(slug)
    if _sent(asked):
        return _to("thanks", slug)
    ticket, answers = _ticket(asked), _answers()
    if ticket is None:
        return _to("consultation", slug)
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        with writing() as tx:
            outcome = sending.submit(tx, now(), asked.id, ticket, Sheet(answers))
        if outcome is Phase.OPEN:
            _forget(asked)
            return _to("thanks", slug)
        if not isinstance(outcome, Problem):
            return _to("consultation", slug)
        errors = [
            (f"row-{number}", words(outcome))
            for number, question in enumerate(asked.questions.questions, 1)
            if question in asked.questions.missing(answers)
        ]
    return render_template(
        "surveys/answering/review.html", asked=asked, answers=answers, errors=errors
    )


@blueprint.get("/meedoen/<slug>/bedankt")
def thanks(slug: str) -> Page:
    """That answers came in, until when they can be changed, and what comes next."""
    asked = _current(slug)
    if not _sent(asked):
        return _to("consultation", slug)
    return render_template("surveys/answering/thanks.html", asked=asked)


def _current(slug: str) -> Consultation:
    """The consultation; a closing that was reached is stored first."""
    moment = now()
    with reading() as tx:
        found = consultations.by_slug(tx, slug)
    if found is None or found.phase(moment) is Phase.DRAFT:
        abort(404)
    if found.closing_due(moment):
        with writing() as tx:
            closing.pass_time(tx, moment, day_of(moment))
    return found


def _enter(among: Sequence[Consultation]) -> Response | Problem:
    key = settings().key
    keys = answering.Keys(key("register.codes"), key("surveys.slot"), key("surveys.marks"))
    network = throttle.network(request.remote_addr)
    with writing() as tx:
        found = answering.enter(tx, now(), keys, _typed(), network, among)
    if isinstance(found, Problem):
        return found
    renew()
    session["code"] = {
        "consultation": found.consultation.id,
        "mark": found.ticket.mark,
        "slot": found.ticket.slot,
        "strata": dict(found.ticket.strata),
    }
    return redirect(url_for(".question", slug=found.consultation.slug, number=1), 303)


def _typed() -> str:
    return request.form.get("code", "")


def _code() -> dict[str, Any]:
    held: dict[str, Any] = session.get("code", {})
    return held


def _ticket(asked: Consultation) -> Ticket | None:
    """What the code gave for this consultation, until answers were sent."""
    held = _code()
    if held.get("consultation") != asked.id or "slot" not in held:
        return None
    return Ticket(held["mark"], held["slot"], held["strata"])


def _sent(asked: Consultation) -> bool:
    return _code().get("sent") == asked.id


def _forget(asked: Consultation) -> None:
    """End the voter's session: whoever holds this phone next sees nothing of it.

    What stays is that something was sent, so that a second click finds the same thanks.
    """
    session["code"] = {"sent": asked.id}
    session.pop("answers", None)


def _answers() -> Answers:
    return draft_from_data(session.get("answers", {})) or {}


def _as_values(answer: Any) -> list[str]:
    if answer is None:
        return []
    if isinstance(answer, Declined):
        return [f"!{answer.value}"]
    return [str(one) for one in answer] if isinstance(answer, tuple) else [str(answer)]


def _next(asked: Consultation, number: int, *, back: bool) -> Response:
    if request.args.get("naar") == "controle" and not back:
        return _to("review", asked.slug)
    there = max(number - 1, 1) if back else number + 1
    if there > len(asked.questions):
        return _to("review", asked.slug)
    return redirect(url_for(".question", slug=asked.slug, number=there), 303)


def _to(view: str, slug: str) -> Response:
    return redirect(url_for(f".{view}", slug=slug), 303)
