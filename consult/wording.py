"""Words outside a request: of documents that are made in every language, and of refusals."""

from collections.abc import Callable
from functools import cache
from typing import Any

from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined, TemplateNotFound

from consult.config import ROOT
from consult.refusal import Refusal

LANGUAGES = {"nl": "Nederlands", "en": "English"}
"""The languages of pages and documents, each with its own name for itself."""
TENANT_LANGUAGES = {**LANGUAGES, "tr": "Türkçe", "ar": "العربية"}
"""Those of the pages on which a customer answers a consultation and reads what came of it."""
_RIGHT_TO_LEFT = {"ar"}


@cache
def gettext(language: str) -> Callable[[str], str]:
    """The translation of a Dutch text into ``language``; the text itself where there is none."""
    return Translations.load(ROOT / "consult" / "translations", [language]).gettext


def direction(language: str) -> str:
    """Which way a language is written, as HTML's ``dir`` says it: ``ltr`` or ``rtl``."""
    return "rtl" if language in _RIGHT_TO_LEFT else "ltr"


def sentence(refusal: Refusal) -> str:
    """The refusal in words, with its code; the bare facts where it has no words."""
    words = _words(refusal)
    said = f"{words} [{refusal}]" if words else str(refusal)
    # Names from a file may hold signs that a terminal obeys.
    return "".join(sign if sign.isprintable() else ascii(sign)[1:-1] for sign in said)


def templates(*, autoescape: bool) -> Environment:
    """The templates outside a request, in the Dutch that they are written in."""
    environment = Environment(
        loader=FileSystemLoader(ROOT / "templates"),
        undefined=StrictUndefined,
        autoescape=autoescape,  # noqa: S701 - off for plain text on a terminal only
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_null_translations(newstyle=True)  # type: ignore[attr-defined] # the extension adds it
    return environment


def _words(refusal: Refusal) -> str:
    plain = templates(autoescape=False)  # for a terminal, not a page
    try:
        module: Any = plain.get_template(f"{refusal.part}/refusals.html").module
    except TemplateNotFound:
        return ""
    return " ".join(str(module.words(refusal.code, refusal.facts)).split())
