"""The secretary reads open answers: one at a time, alone; and chooses quotes."""

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.clock import now
from consult.surveys.actions import coding
from consult.surveys.actions import reading as acts
from consult.surveys.core.counts.disclosure import OUTSIDE
from consult.surveys.core.open_answers.redaction import State, Written, erased_at, redacted
from consult.surveys.core.taking_part.paper import told
from consult.surveys.forms.reading import REASONS, AsideForm, RedactForm
from consult.surveys.forms.words import complain
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("reading", __name__)
_ALL = "/raad/raadplegingen/<consultation_id>/teksten"
_ONE = f"{_ALL}/<question_id>"
_ON_A_PAGE = 50


@blueprint.get(_ALL)
def questions(consultation_id: str) -> str:
    """How far the reading of each open question is."""
    asked = current(consultation_id)
    with reading() as session:
        found = coding.overview(session, answers_key(), consultation_id)
    return render_template(
        "surveys/reading/questions.html",
        asked=asked,
        found=found,
        erased_at=erased_at(asked.unsealed_at) if asked.unsealed_at else None,
    )


@blueprint.get(_ONE)
def texts(consultation_id: str, question_id: str) -> str:
    """What people wrote at one question, with how far each text is."""
    asked = current(consultation_id)
    with reading() as session:
        found = acts.written(session, answers_key(), consultation_id, question_id)
    leaf = max(request.args.get("blad", 1, int), 1)
    return render_template(
        "surveys/reading/texts.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        shown=found[(leaf - 1) * _ON_A_PAGE : leaf * _ON_A_PAGE],
        leaf=leaf,
        pages=-(-len(found) // _ON_A_PAGE),
        first=_next(found),
        waiting=sum(one.state is State.TO_DO for one in found),
        total=len(found),
        reasons=REASONS,
    )


@blueprint.route(f"{_ONE}/tekst/<text_id>", methods=["GET", "POST"])
def text(consultation_id: str, question_id: str, text_id: str) -> str | Response:
    """One text: keep it as it is, keep it otherwise, or set it aside."""
    asked, key = current(consultation_id), answers_key()
    with reading() as session:
        found = acts.written(session, key, consultation_id, question_id)
        one = acts.one_text(session, key, consultation_id, question_id, text_id)
    form, aside = RedactForm(data={"text": one.text}), AsideForm(data={"reason": one.reason})
    if request.method == "POST" and _kept((consultation_id, question_id), one, form, aside):
        following = _next(found, after=text_id)
        if following is None:
            return redirect(
                url_for(".texts", consultation_id=consultation_id, question_id=question_id), 303
            )
        return redirect(_text(consultation_id, question_id, following.id), 303)
    return render_template(
        "surveys/reading/text.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        one=one,
        form=form,
        aside=aside,
        reasons=REASONS,
        waiting=sum(text.state is State.TO_DO for text in found),
    )


@blueprint.route(f"{_ONE}/citaten", methods=["GET", "POST"])
def quotes(consultation_id: str, question_id: str) -> str | Response:
    """Choosing which texts are printed as they stand."""
    asked, key = current(consultation_id), answers_key()
    if request.method == "POST":
        _quote(consultation_id, question_id)
        return redirect(request.url, 303)
    with reading() as session:
        found = acts.written(session, key, consultation_id, question_id)
        picked = acts.picked(session, key, (consultation_id, question_id))
    may = [one for one in redacted(found) if one.quotable and one.id not in picked]
    return render_template(
        "surveys/reading/quotes.html",
        asked=asked,
        question=told(asked.questions).find(question_id),
        picked=picked,
        may=may,
        few=len(found) < OUTSIDE,
        least=OUTSIDE,
    )


def answers_key() -> bytes:
    """The key under which opened answers are kept."""
    return settings().key("surveys.answers")


def _kept(asked: tuple[str, str], one: Written, form: RedactForm, aside: AsideForm) -> bool:
    """Whether what the secretary sent was kept; else the forms say why not."""
    key = answers_key()
    if request.form.get("act") == "aside":
        why = aside.why()
        if why is None:
            aside.reason.errors = [_("Maak een keuze.")]
            return False
        with writing() as session:
            acts.set_aside(session, actor(), now(), key, asked, one.id, why)
        return True
    with writing() as session:
        problem = acts.redact(session, actor(), now(), key, asked, one.id, form.content())
    if problem is not None:
        complain(form, problem)
    return problem is None


def _quote(consultation_id: str, question_id: str) -> None:
    with writing() as session:
        asked = acts.asked_at(session, consultation_id, question_id)
        if chosen := request.form.get("pick"):
            acts.pick_quote(session, actor(), now(), answers_key(), asked, chosen)
        elif dropped := request.form.get("drop"):
            acts.drop_quote(session, actor(), now(), asked, dropped)


def _next(found: tuple[Written, ...], after: str = "") -> Written | None:
    """The next text that nobody looked at, round to the first."""
    waiting = [one for one in found if one.state is State.TO_DO and one.id != after]
    return next((one for one in waiting if one.id > after), waiting[0] if waiting else None)


def _text(consultation_id: str, question_id: str, text_id: str) -> str:
    return url_for(
        ".text", consultation_id=consultation_id, question_id=question_id, text_id=text_id
    )
