"""The keys, the decision to open, and the letters."""

from collections.abc import Iterator

from flask import Blueprint, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from consult.clock import day_of, now
from consult.delivery.actions import letters as print_letters
from consult.delivery.core import Letter, LetterSheet
from consult.register.core.codes import Code
from consult.register.core.roll import Entry
from consult.register.store import rolls
from consult.surveys.actions import keys
from consult.surveys.actions import opening as deciding
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.sealed.keyfile import HOLDERS
from consult.surveys.forms.keys import KeyForm, PassphraseForm
from consult.surveys.forms.words import complain, words
from consult.surveys.store import holders
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.downloads import download
from consult.web.unit import reading, settings, writing

blueprint = Blueprint("opening", __name__)
_ONE = "/raad/raadplegingen/<consultation_id>"


@blueprint.route(f"{_ONE}/sleutel", methods=["GET", "POST"])
def key(consultation_id: str) -> str | Response:
    """The keys: who holds them, and proving that one's own file was kept well."""
    form = KeyForm()
    if form.validate_on_submit():
        with writing() as session:
            problem = keys.prove(
                session, actor(), now(), consultation_id, form.content(), form.phrase()
            )
        if problem is None:
            return redirect(url_for(".key", consultation_id=consultation_id), 303)
        complain(form, problem)
    return _key_page(consultation_id, form=form)


@blueprint.post(f"{_ONE}/sleutel/maken")
def make_key(consultation_id: str) -> str | Response:
    """A new key of one's own. The answer is its file: it is sent once and is kept nowhere here."""
    asked, form = current(consultation_id), PassphraseForm()
    if not form.validate_on_submit():
        return _key_page(consultation_id, making=form)
    phrase = form.passphrase.data or ""
    with writing() as session:
        file = keys.make(session, actor(), now(), asked.id, phrase, _key_words(asked))
    if isinstance(file, Problem):
        complain(form, file)
        return _key_page(consultation_id, making=form)
    return download(file, f"sleutel-{asked.slug}.json", "application/json")


@blueprint.post(f"{_ONE}/sleutel/weg")
def let_go(consultation_id: str) -> Response:
    """Take a holder off the list."""
    account_id = request.form.get("account", "")
    with writing() as session:
        keys.let_go(session, actor(), now(), consultation_id, account_id)
    return redirect(url_for(".key", consultation_id=consultation_id), 303)


@blueprint.route(f"{_ONE}/openen", methods=["GET", "POST"])
def decide(consultation_id: str) -> str | Response:
    """The check list, and the decision to open."""
    moment = now()
    today = day_of(moment)
    if request.method == "POST":
        with writing() as session:
            deciding.open_consultation(
                session, actor(), moment, today, consultation_id, settings().most_open
            )
        return redirect(url_for("surveys.desk.consultation", consultation_id=consultation_id), 303)
    asked = current(consultation_id)
    with reading() as session:
        missing = [words(one) for one in deciding.obstacles(session, moment, today, asked)]
        everybody = holders.holders(session, consultation_id)
    return render_template(
        "surveys/opening/decide.html", asked=asked, obstacles=missing, holders=everybody
    )


@blueprint.route(f"{_ONE}/brieven", methods=["GET", "POST"])
def letters(consultation_id: str) -> str | Response:
    """All letters with their codes, once."""
    asked = current(consultation_id)
    with reading() as session:
        made = asked.roll_id is not None and rolls.has_codes(session, asked.roll_id)
    if request.method != "POST":
        return render_template("surveys/opening/letters.html", asked=asked, made=made)
    with writing() as session:
        pairs = deciding.issue_codes(
            session, actor(), now(), settings().key("register.codes"), consultation_id
        )
    every = _letters(settings().base_url + asked.path, pairs)
    printed = print_letters(_sheet(asked), every)
    return download(printed, f"brieven-{asked.slug}.html", "text/html")


def _key_page(
    consultation_id: str, form: KeyForm | None = None, making: PassphraseForm | None = None
) -> str:
    asked = current(consultation_id)
    with reading() as session:
        everybody = holders.holders(session, consultation_id)
    mine = next((one for one in everybody if one.account_id == actor().account_id), None)
    return render_template(
        "surveys/opening/key.html",
        asked=asked,
        form=form or KeyForm(formdata=None),
        making=making or PassphraseForm(formdata=None),
        holders=everybody,
        wanted=HOLDERS,
        mine=mine,
        may_make=keys.may_hold(actor()) and (mine is not None or len(everybody) < HOLDERS),
    )


def _key_words(asked: Consultation) -> str:
    return str(
        _(
            "Dit is uw sleutel van de raadpleging '%(title)s'. Met uw wachtzin opent u na de"
            " sluiting de antwoorden. Bewaar het bestand op twee veilige plaatsen. Bewaar de"
            " wachtzin ergens anders. Geef ze aan niemand, ook niet aan Woonstad.",
            title=str(asked.title),
        )
    )


def _sheet(asked: Consultation) -> LetterSheet:
    return LetterSheet(
        council=settings().council,
        title=str(asked.title),
        deadline=asked.closes_at,
        address=settings().base_url + url_for("surveys.answering.start"),
        helpline=settings().helpline,
    )


def _letters(link: str, pairs: Iterator[tuple[Entry, Code]]) -> Iterator[Letter]:
    for entry, code in pairs:
        yield Letter(entry.customer_number, str(code), f"{link}#code={code.digits}")
