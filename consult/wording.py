"""Words outside a request: of documents that are made in every language, and of refusals."""

from collections.abc import Callable
from functools import cache
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from consult.config import ROOT
from consult.refusal import Refusal


LANGUAGES = ("nl", "en")


@cache
def gettext(language: str) -> Callable[[str], str]:
    """The translation of a Dutch text into ``language``; the text itself where there is none."""
    return Translations.load(ROOT / "consult" / "translations", [language]).gettext


def sentence(refusal: Refusal) -> str:
    """The refusal in words, with its code; the bare facts where it has no words."""
    words = _words(refusal)
    return f"{words} [{refusal}]" if words else str(refusal)


def _words(refusal: Refusal) -> str:
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - plain text for a terminal, not a page
        extensions=["jinja2.ext.i18n"],
    )
    environment.globals["_"] = _plain
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    try:
        module: Any = environment.get_template(f"{refusal.part}/refusals.html").module
    except TemplateNotFound:
        return ""
    return " ".join(str(module.words(refusal.code, refusal.facts)).split())


def _plain(message: str, **values: object) -> str:
    return message % values if values else message
