"""The questions, one on each page, and the check before sending.

Both buttons of a page keep what was filled in; so does another language. Answers stand in a draft
that only the code opens, never in the session.
"""

from collections.abc import Callable, Sequence
from typing import Final

from flask import abort, render_template, request
from flask_babel import format_datetime
from werkzeug.wrappers import Response

from consult.clock import now
from consult.surveys.actions import answering, drafts
from consult.surveys.core.asking import fields
from consult.surveys.core.asking.progress import progress
from consult.surveys.core.asking.questionnaire import Questionnaire, Section
from consult.surveys.core.asking.questions.base import Problem, Question
from consult.surveys.core.asking.questions.choices import Ranking
from consult.surveys.core.consultation import Channel, Consultation, Phase
from consult.surveys.core.taking_part.filling import (
    Draft,
    is_routed,
    page_after,
    page_before,
    quotable,
)
from consult.surveys.core.taking_part.paper import Paper
from consult.surveys.forms.words import words
from consult.surveys.store import drafts as store
from consult.surveys.views.answering import Page, blueprint, current, onwards, to
from consult.surveys.views.holding import Held, held_for, let_go, note_sent, was_sent
from consult.web.sessions import IDLE
from consult.web.unit import reading, writing

FIELD: Final = "answer"
LONGEST_UNFINISHED: Final = 400
"""Signs that are no answer yet and are kept all the same when somebody leaves the page."""


@blueprint.route("/meedoen/<slug>/vraag/<question_id>", methods=["GET", "POST"])
def question(slug: str, question_id: str) -> Page:
    """One question. Whichever button is pressed, what was filled in is kept."""
    asked = current(slug)
    mine = _mine(asked)
    if isinstance(mine, Response):
        return mine
    shown = asked.questions.find(question_id)
    if shown is None:
        abort(404)
    draft = _draft(mine)
    if draft is None:
        return _ended(asked, mine)
    if shown not in asked.questions.asked(draft.answers):
        return onwards(asked, draft)
    if request.method == "GET":
        values = draft.typed.get(shown.id) or fields.values(shown, draft.answers.get(shown.id))
        return _question(asked, mine, shown, draft, values)
    return _filled_in(asked, mine, shown, draft)


@blueprint.route("/meedoen/<slug>/controle", methods=["GET", "POST"])
def review(slug: str) -> Page:
    """All answers once more; sending them. Sending twice gives the same outcome as once."""
    asked = current(slug)
    if was_sent(asked):
        return to("thanks", slug)
    mine = _mine(asked)
    if isinstance(mine, Response):
        return mine
    errors = [("", words(Problem("answer_missing")))] if "mist" in request.args else []
    if request.method == "POST" and mine.channel is Channel.WEB:
        with writing() as tx:
            outcome = answering.send(tx, now(), asked, mine.ticket, mine.key)
        if outcome is Phase.OPEN:
            note_sent(asked)
            return to("thanks", slug)
        if not isinstance(outcome, Problem):
            return _ended(asked, mine)
        errors = [("", words(outcome))]
    draft = _draft(mine)
    if draft is None:
        return _ended(asked, mine)
    return _review(asked, mine, draft, errors)


@blueprint.post("/meedoen/<slug>/langer")
def extend(slug: str) -> Response:
    """Another hour for somebody who is still reading or writing; asking for it is enough."""
    del slug
    return Response(status=204)


@blueprint.after_request
def tell_script(response: Response) -> Response:
    """A script that sends a form has to know whether it arrived, and then goes on by itself."""
    if request.headers.get("X-Sent-By") == "script" and response.status_code == 303:
        response.headers["X-Next"] = response.headers.pop("Location")
        response.status_code = 204
        response.data = b""
    return response


def _mine(asked: Consultation) -> Held | Response:
    """What this browser holds, or where else it has to go."""
    mine = held_for(asked)
    if mine is None or mine.checks or asked.phase(now()) is not Phase.OPEN:
        return to("consultation", asked.slug)
    return mine


def _draft(mine: Held) -> Draft | None:
    with reading() as tx:
        return drafts.read(tx, mine.ticket.slot, mine.key)


def _ended(asked: Consultation, mine: Held) -> Response:
    """The draft is gone: it was sent, here or elsewhere, or erased at closing."""
    with reading() as tx:
        sent = store.was_sent(tx, mine.ticket.slot)
    if sent and mine.channel is Channel.WEB:
        note_sent(asked)
        return to("thanks", asked.slug)
    let_go()
    return to("consultation", asked.slug)


def _filled_in(asked: Consultation, mine: Held, shown: Question, draft: Draft) -> Page:
    form = request.form
    typed = form.getlist(FIELD)
    if isinstance(shown, Ranking) and form.get("move"):
        act = form["move"]
        ranked = fields.rearranged(shown, typed, act)
        moved = act.partition(":")[2]
        return _keep(asked, mine, shown, lambda held: held.unfinished(shown, ranked, moved))
    values = fields.given(shown, typed, form.getlist("declined"))
    found = fields.parse(shown, values)
    if not isinstance(found, Problem):
        quote = "quote" in form
        return _keep(asked, mine, shown, lambda held: held.past(shown, found, quote=quote))
    leaves = form.get("go") == "back" or "taal" in form
    if leaves and sum(map(len, values)) <= LONGEST_UNFINISHED:
        return _keep(asked, mine, shown, lambda held: held.unfinished(shown, values))
    return _question(asked, mine, shown, draft, values, [(FIELD, words(found))])


def _keep(
    asked: Consultation, mine: Held, shown: Question, doing: Callable[[Draft], Draft]
) -> Response:
    with writing() as tx:
        draft = drafts.change(tx, now(), asked, mine.ticket.slot, mine.key, doing)
    return _ended(asked, mine) if draft is None else _go_on(asked, shown, draft)


def _go_on(asked: Consultation, shown: Question, draft: Draft) -> Response:
    """To where the button leads that was pressed."""
    form, from_review = request.form, request.args.get("naar") == "controle"
    kept = {"naar": "controle"} if from_review else {}
    if form.get("move"):
        return to("question", asked.slug, shown.id, **kept)
    if language := form.get("taal"):
        return to("question", asked.slug, shown.id, taal=language, **kept)
    if form.get("go") == "back":
        there = page_before(asked.questions, draft, shown.id)
    elif from_review:
        return onwards(asked, draft)
    else:
        there = page_after(asked.questions, draft, shown.id)
    return to("review", asked.slug) if there is None else to("question", asked.slug, there)


def _question(
    asked: Consultation,
    mine: Held,
    shown: Question,
    draft: Draft,
    values: Sequence[str],
    errors: Sequence[tuple[str, str]] = (),
) -> str:
    questions = asked.questions
    return render_template(
        "surveys/answering/question.html",
        asked=asked,
        question=shown,
        section=_begun(questions, shown),
        values=values,
        errors=errors,
        paper=Paper(questions, questions.kept(draft.answers)),
        progress=progress(questions, draft.answers, shown.id),
        routed=is_routed(questions),
        first=page_before(questions, draft, shown.id) is None,
        quoted=shown.id in draft.quotes,
        asks_quote=quotable(shown),
        moved=draft.moved,
        ends=format_datetime(now() + IDLE, "HH:mm"),
        seconds=int(IDLE.total_seconds()),
        channel=mine.channel,
        unsent="filling",
    )


def _begun(questions: Questionnaire, shown: Question) -> Section | None:
    """The section that this question is in, when it has anything to say."""
    section = questions.section_of(shown.id)
    return section if section and (section.title or section.intro) else None


def _review(
    asked: Consultation, mine: Held, draft: Draft, errors: Sequence[tuple[str, str]]
) -> str:
    questions = asked.questions
    reached = [one for one in questions.asked(draft.answers) if one.asks]
    answers = questions.kept(draft.answers)
    missing = questions.missing(draft.answers)
    if errors:
        errors = [(f"row-{one.id}", words(Problem("answer_missing"))) for one in missing] or errors
    return render_template(
        "surveys/answering/review.html",
        asked=asked,
        paper=Paper(questions, answers),
        reached=reached,
        answers=answers,
        last=questions.asked(draft.answers)[-1],
        quotes=draft.quotes,
        strata=mine.ticket.strata,
        errors=errors,
        channel=mine.channel,
    )
