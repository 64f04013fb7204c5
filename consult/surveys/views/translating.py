"""Translations: what is missing, and filling it in."""

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask_babel import gettext
from flask_babel import lazy_gettext as _
from werkzeug.wrappers import Response

from consult.clock import now
from consult.surveys.actions import editing
from consult.surveys.core.asking import translating
from consult.surveys.core.asking.questionnaire import Questionnaire
from consult.surveys.core.asking.translating import Place
from consult.surveys.core.asking.words import LANGUAGES, SOURCE
from consult.surveys.core.consultation import Consultation
from consult.surveys.forms.outline import numbered
from consult.surveys.forms.questions import ArrangingForm
from consult.surveys.forms.words import complain
from consult.surveys.store import versions
from consult.surveys.views.desk import current
from consult.web.access import actor
from consult.web.unit import reading, writing

blueprint = Blueprint("translating", __name__)
_PAGE = "/raad/raadplegingen/<consultation_id>/vertalingen"


@blueprint.get(_PAGE)
def overview(consultation_id: str) -> str:
    """How much is missing in each language, and what."""
    asked = current(consultation_id)
    rows = [
        (code, LANGUAGES[code], _missing(asked, code)) for code in asked.languages if code != SOURCE
    ]
    return render_template(
        "surveys/editor/translations.html",
        asked=asked,
        rows=rows,
        said=Said(asked.questions),
        total=len(_all(asked)),
    )


@blueprint.route(f"{_PAGE}/<code>", methods=["GET", "POST"])
def fill(consultation_id: str, code: str) -> str | Response:
    """Fill in what is missing in one language, in a row."""
    asked = current(consultation_id)
    if code == SOURCE or code not in asked.languages:
        abort(404)
    form = ArrangingForm()
    typed = {name: text for name, text in request.form.items() if text.strip()}
    if not form.is_submitted():
        with reading() as session:
            form.begin(versions.latest(session, asked.id))
    elif form.validate_on_submit():
        with writing() as session:
            problem = editing.translate(
                session, actor(), now(), asked.id, code, typed, form.version()
            )
        if problem is None:
            return redirect(url_for(".overview", consultation_id=asked.id), 303)
        complain(form, problem)
        form.catch_up(problem)
    return render_template(
        "surveys/editor/translate.html",
        asked=asked,
        code=code,
        name=LANGUAGES[code],
        form=form,
        rows=_missing(asked, code),
        typed=typed,
        said=Said(asked.questions),
    )


class Said:
    """What a text is, in words: ``Vraag 3: antwoord 2``."""

    def __init__(self, questions: Questionnaire) -> None:
        self._numbers = numbered(questions)
        self._titles = {section.id: str(section.title) for section in questions.sections}

    def __call__(self, place: Place) -> str:
        """The words for one place."""
        part = str(_PARTS[place.part])
        if place.part == "option":
            part = f"{part} {place.number}"
        if place.owner in self._titles:
            owner = gettext("Deel ‘%(title)s’", title=self._titles[place.owner])
            return f"{owner}: {part}"
        if place.owner in self._numbers:
            number = self._numbers[place.owner]
            owner = gettext("Vraag %(number)s", number=number)
            owner = owner if number else gettext("Tekst om te lezen")
            return f"{owner}: {part}"
        return part


_PARTS = {
    "text": _("de vraag zelf"),
    "help": _("uitleg"),
    "option": _("antwoord"),
    "low": _("laagste einde"),
    "high": _("hoogste einde"),
    "unit": _("eenheid"),
    "title": _("titel"),
    "intro": _("uitleg"),
    "word": _("Een woord dat u uitlegt"),
    "meaning": _("De uitleg van een woord"),
}


def _missing(asked: Consultation, code: str) -> tuple[Place, ...]:
    return tuple(place for place in _all(asked) if not place.words.has(code))


def _all(asked: Consultation) -> tuple[Place, ...]:
    own = (
        Place("title", "", "title", 0, asked.title),
        Place("intro", "", "intro", 0, asked.intro),
    )
    found = (*own, *translating.places(asked.questions))
    return tuple(place for place in found if str(place.words))
