"""What a tenant sees before and after the questions: what it is about, the code, and thanks.

These pages work without a script. They read forms with plain macros and statements, for many people
come here in the same hour.
"""

from collections.abc import Sequence
from typing import Any, Final

from flask import Blueprint, abort, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.surveys.actions import answering, closing, drafts
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Consultation, Mode, Phase
from consult.surveys.core.taking_part import locker
from consult.surveys.core.taking_part.filling import Draft, first_open, is_routed
from consult.surveys.forms.words import words
from consult.surveys.store import consultations
from consult.surveys.views.holding import Held, held_for, keep, was_sent
from consult.web import throttle
from consult.web.locale import offer
from consult.web.sessions import renew
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("answering", __name__)

Page = str | Response
DRAFTS: Final = "surveys.drafts"


@blueprint.route("/meedoen", methods=["GET", "POST"])
def start() -> Page:
    """The code of any consultation that is open; where people come who type the address."""
    with reading() as tx:
        open_now = [c for c in consultations.running(tx) if c.phase(now()) is Phase.OPEN]
    offer({language for one in open_now for language in one.languages})
    errors: list[tuple[str, str]] = []
    if request.method == "POST":
        found = _enter([one for one in open_now if one.mode is Mode.CONFIDENTIAL])
        if not isinstance(found, Problem):
            return found
        errors = [("code", words(found))]
    return render_template(
        "surveys/answering/start.html",
        consultations=open_now,
        coded=any(one.mode is Mode.CONFIDENTIAL for one in open_now),
        errors=errors,
        typed=_typed(),
    )


@blueprint.route("/meedoen/<slug>", methods=["GET", "POST"])
def consultation(slug: str) -> Page:
    """What a consultation is about, what becomes of answers, and the code."""
    asked = current(slug)
    phase = asked.phase(now())
    errors: list[tuple[str, str]] = []
    if request.method == "POST" and phase is Phase.OPEN:
        found = _begin(asked)
        if not isinstance(found, Problem):
            return found
        errors = [("code" if asked.mode is Mode.CONFIDENTIAL else "", words(found))]
    return render_template(
        "surveys/answering/consultation.html",
        asked=asked,
        phase=phase,
        errors=errors,
        typed=_typed(),
        routed=is_routed(asked.questions),
        resume=_resumed(asked) if phase is Phase.OPEN else None,
    )


@blueprint.get("/meedoen/<slug>/bedankt")
def thanks(slug: str) -> Page:
    """That answers came in, until when they can be changed, and what comes next."""
    asked = current(slug)
    if not was_sent(asked):
        return to("consultation", slug)
    return render_template("surveys/answering/thanks.html", asked=asked)


def current(slug: str) -> Consultation:
    """The consultation, in whose languages this page now is; a closing that was reached is stored
    first."""
    moment = now()
    with reading() as tx:
        found = consultations.by_slug(tx, slug)
    if found is None or found.phase(moment) is Phase.DRAFT:
        abort(404)
    offer(found.languages)
    if found.closing_due(moment):
        with writing() as tx:
            closing.pass_time(tx, moment, day_of(moment))
    return found


def onwards(asked: Consultation, draft: Draft) -> Response:
    """To the first page that she has not gone past, or to the check."""
    there = first_open(asked.questions, draft)
    return to("review", asked.slug) if there is None else to("question", asked.slug, there)


def to(view: str, slug: str, question_id: str | None = None, **more: Any) -> Response:
    """To another page of this blueprint."""
    place: dict[str, Any] = {} if question_id is None else {"question_id": question_id}
    return redirect(url_for(f"surveys.answering.{view}", slug=slug, **place, **more), 303)


def _begin(asked: Consultation) -> Response | Problem:
    if asked.mode is Mode.CONFIDENTIAL:
        return _enter([asked])
    if was_sent(asked):
        return to("thanks", asked.slug)
    with writing() as tx:
        ticket = answering.come_by(tx, now(), asked, network())
    if ticket is None:
        return to("consultation", asked.slug)
    if isinstance(ticket, Problem):
        return ticket
    return _let_in(asked, Held(asked.id, ticket, locker.new_key()))


def _enter(among: Sequence[Consultation]) -> Response | Problem:
    with writing() as tx:
        found = answering.enter(tx, now(), keys(), _typed(), network(), among)
    if isinstance(found, Problem):
        return found
    asked = found.consultation
    key = locker.key_of(settings().key(DRAFTS), asked.id, found.code.digits)
    return _let_in(asked, Held(asked.id, found.ticket, key))


def _let_in(asked: Consultation, held: Held) -> Response:
    renew()
    with writing() as tx:
        draft = drafts.begin(tx, now(), asked, held.ticket.slot, held.key)
    if draft is None:
        return to("consultation", asked.slug)
    keep(held)
    return onwards(asked, draft)


def _resumed(asked: Consultation) -> str | None:
    """Where this browser goes on, when it has begun."""
    mine = held_for(asked)
    if mine is None or mine.checks:
        return None
    with reading() as tx:
        draft = drafts.read(tx, mine.ticket.slot, mine.key)
    return None if draft is None else onwards(asked, draft).location


def keys() -> answering.Keys:
    """The keys by which codes are found."""
    key = settings().key
    return answering.Keys(key("register.codes"), key("surveys.slot"), key("surveys.marks"))


def network() -> str:
    return throttle.network(request.remote_addr)


def _typed() -> str:
    return request.form.get("code", "")
