"""How a tenant will see a question."""

from flask import g, render_template, request
from flask_babel import force_locale
from markupsafe import Markup

from consult.surveys.core.consultation import Consultation
from consult.surveys.core.paper import Paper
from consult.surveys.core.questionnaire import Questionnaire
from consult.surveys.core.questions.base import Question
from consult.surveys.core.words import SOURCE
from consult.wording import direction

_HEADING = '<div class="phone__heading" role="heading" aria-level="3"'


def reading_language(asked: Consultation) -> str:
    """The language that somebody wants to see, of those of the consultation."""
    wanted = request.values.get("shown", SOURCE)
    return wanted if wanted in asked.languages else SOURCE


def phone(questions: Questionnaire, question: Question, language: str) -> Markup:
    """The question as its page shows it in ``language``, as part of another page."""
    with force_locale(language):
        page = render_template(
            "surveys/editor/_phone.html",
            question=question,
            section=questions.section_of(question.id),
            paper=Paper(questions),
            language=language,
            direction=direction(language),
        )
    g.pop("fell_back", None)  # that is told of the page of a tenant, not of this one
    # The page around it has a first heading of its own.
    return Markup(page.replace("<h1", _HEADING).replace("</h1>", "</div>"))  # noqa: S704 - rendered
