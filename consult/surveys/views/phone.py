"""How a tenant will see a question."""

from contextlib import ExitStack
from typing import Any

from flask import g, request
from flask_babel import force_locale

from consult.surveys.core.asking.questions.base import Question
from consult.surveys.core.asking.words import SOURCE
from consult.surveys.core.consultation import Consultation
from consult.surveys.core.taking_part.paper import Paper


def reading_language(asked: Consultation) -> str:
    """The language that somebody wants to see, of those of the consultation."""
    wanted = request.values.get("shown", SOURCE)
    return wanted if wanted in asked.languages else SOURCE


def phone(asked: Consultation, question: Question) -> dict[str, Any]:
    """What ``surveys/editor/_phone.html`` needs to show the question in the language wanted."""
    return {
        "question": question,
        "section": asked.questions.section_of(question.id),
        "paper": Paper(asked.questions),
        "shown": reading_language(asked),
        "speak": Speaking(),
    }


class Speaking:
    """``{{ speak('tr') }}``: from here on our own words in a template are in that language, until
    ``{{ speak() }}``."""

    def __init__(self) -> None:
        self._held = ExitStack()

    def __call__(self, language: str = "") -> str:
        self._held.close()
        if language:
            self._held.enter_context(force_locale(language))
        else:
            g.pop("fell_back", None)  # that is told on the page of a tenant, not on this one
        return ""
