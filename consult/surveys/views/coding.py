"""Topics of open answers: the frame, coding apart, and what comes of it."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from consult.clock import now
from consult.raters import level
from consult.refusal import Refusal
from consult.surveys.actions import coding as acts
from consult.surveys.actions import reading as texts
from consult.surveys.core.counts.disclosure import INSIDE
from consult.surveys.core.open_answers.coding import ADVISED, count_topics, outcome, shares
from consult.surveys.core.open_answers.redaction import redacted
from consult.surveys.core.taking_part.paper import told
from consult.surveys.forms.reading import TopicForm, TopicsForm
from consult.surveys.forms.words import complain, words
from consult.surveys.store import reading as store
from consult.surveys.views.desk import current
from consult.surveys.views.reading import answers_key
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("coding", __name__)
_ONE = "/raad/raadplegingen/<consultation_id>/teksten/<question_id>"


@blueprint.route(f"{_ONE}/onderwerpen", methods=["GET", "POST"])
def topics(consultation_id: str, question_id: str) -> str | Response:
    """The frame: its topics, what a machine proposes, and the start of coding."""
    asked, problem = current(consultation_id), None
    if request.method == "POST":
        with writing() as session:
            at = texts.asked_at(session, consultation_id, question_id)
            match request.form.get("act"):
                case "start":
                    problem = acts.start(session, actor(), now(), answers_key(), at)
                case "restart":
                    acts.restart(session, actor(), now(), at)
                case _:
                    dropped = request.form.get("drop", "")
                    acts.drop_topic(session, actor(), now(), at, dropped)
        if problem is None:
            return redirect(request.url, 303)
    with reading() as session:
        at = texts.asked_at(session, consultation_id, question_id)
        frame = store.frame(session, at)
        proposals = () if frame.frozen else acts.proposals(session, answers_key(), at)
    return render_template(
        "surveys/coding/topics.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        frame=frame,
        proposals=proposals,
        advised=ADVISED,
        problem=words(problem) if problem else "",
    )


@blueprint.route(f"{_ONE}/onderwerpen/<topic_id>", methods=["GET", "POST"])
def topic(consultation_id: str, question_id: str, topic_id: str) -> str | Response:
    """One topic, new (``nieuw``) or changed."""
    asked = current(consultation_id)
    with reading() as session:
        at = texts.asked_at(session, consultation_id, question_id)
        held = None if topic_id == "nieuw" else acts.topic(session, at, topic_id)
    form = TopicForm.of(held)
    if form.validate_on_submit():
        made = form.topic(held.id if held else "")
        with writing() as session:
            problem = acts.put_topic(session, actor(), now(), at, made)
        if problem is None:
            return redirect(_topics(consultation_id, question_id), 303)
        complain(form, problem)
    return render_template(
        "surveys/coding/topic.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        form=form,
        held=held,
    )


@blueprint.route(f"{_ONE}/coderen", methods=["GET", "POST"], defaults={"text_id": ""})
@blueprint.route(f"{_ONE}/coderen/<text_id>", methods=["GET", "POST"])
def code(consultation_id: str, question_id: str, text_id: str) -> str | Response:
    """One text after another; at the end, handing in."""
    asked, key, problem = current(consultation_id), answers_key(), None
    at = (consultation_id, question_id)
    if request.method == "POST":
        with writing() as session:
            texts.asked_at(session, *at)
            if text_id:
                chosen = request.form.getlist("topics")
                acts.code(session, actor(), key, at, text_id, chosen)
            else:
                problem = acts.hand_in(session, actor(), now(), key, at)
        if problem is None:
            return redirect(_code(consultation_id, question_id), 303)
    with reading() as session:
        texts.asked_at(session, *at)
        work = acts.work(session, actor(), key, at)
    one = next((t for t in work.texts if t.id == text_id), None) if text_id else None
    if text_id and one is None:
        raise Refusal("surveys.text_unknown")
    one = one or next(iter(work.todo), None)
    earlier = [t.id for t in work.texts if t.id in work.mine and (one is None or t.id < one.id)]
    return render_template(
        "surveys/coding/code.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        work=work,
        one=one,
        earlier=earlier[-1] if earlier else "",
        form=TopicsForm.of(work.frame, work.mine.get(one.id, frozenset()) if one else frozenset()),
        problem=words(problem) if problem else "",
    )


@blueprint.get(f"{_ONE}/overeenstemming")
def agreement(consultation_id: str, question_id: str) -> str:
    """How far the coders agree, where they differ, and the shares of topics."""
    asked = current(consultation_id)
    with reading() as session:
        at = texts.asked_at(session, consultation_id, question_id)
        found = acts.compared(session, answers_key(), at)
    last = outcome(found.first, found.second, found.settled)
    counted = None if last is None else count_topics(found.frame, last)
    return render_template(
        "surveys/coding/agreement.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        found=found,
        level=level,
        counted=counted,
        told=shares(counted, INSIDE) if counted else (),
        least=INSIDE,
    )


@blueprint.route(f"{_ONE}/verschillen/<text_id>", methods=["GET", "POST"])
def settle(consultation_id: str, question_id: str, text_id: str) -> str | Response:
    """The last word on a text on which the coders differ."""
    asked, key = current(consultation_id), answers_key()
    if request.method == "POST":
        with writing() as session:
            at = texts.asked_at(session, consultation_id, question_id)
            chosen = request.form.getlist("topics")
            acts.settle(session, actor(), now(), key, at, text_id, chosen)
            waiting = acts.compared(session, key, at).differing
        return redirect(_after_settling(consultation_id, question_id, waiting), 303)
    with reading() as session:
        at = texts.asked_at(session, consultation_id, question_id)
        found = acts.compared(session, key, at)
        kept = redacted(texts.written(session, key, *at))
    one = next((text for text in kept if text.id == text_id), None)
    if one is None or text_id not in {*found.first} & {*found.second}:
        raise Refusal("surveys.text_unknown")
    return render_template(
        "surveys/coding/settle.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        found=found,
        one=one,
        form=TopicsForm.of(found.frame, found.settled.get(text_id, frozenset())),
    )


def _topics(consultation_id: str, question_id: str) -> str:
    return url_for(".topics", consultation_id=consultation_id, question_id=question_id)


def _code(consultation_id: str, question_id: str) -> str:
    return url_for(".code", consultation_id=consultation_id, question_id=question_id)


def _after_settling(consultation_id: str, question_id: str, waiting: tuple[str, ...]) -> str:
    if not waiting:
        return url_for(".agreement", consultation_id=consultation_id, question_id=question_id)
    return url_for(
        ".settle", consultation_id=consultation_id, question_id=question_id, text_id=waiting[0]
    )
