"""Texts in several languages side by side.

Dutch is the language that a council writes in: it is always there and stands in for any that is
missing. What a text *is* does not depend on its language, so answers join across languages.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final

from consult.surveys.core.asking.cleaning import clean

SOURCE: Final = "nl"
LANGUAGES: Final[Mapping[str, str]] = {
    "nl": "Nederlands",
    "en": "English",
    "tr": "Türkçe",
    "ar": "العربية",
}
"""The languages of a consultation, each with its own name for itself."""


@dataclass(frozen=True, slots=True)
class Words:
    """One text, as pairs of language and text in the order of :data:`LANGUAGES`; none is empty.

    ``str()`` is the Dutch text, or the empty text.
    """

    by_language: tuple[tuple[str, str], ...] = ()
    _index: Mapping[str, str] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", dict(self.by_language))

    def __str__(self) -> str:
        return self._index.get(SOURCE, "")

    def __bool__(self) -> bool:
        return bool(self.by_language)

    def to(self, language: str) -> str:
        """The text in ``language``, in Dutch where there is none."""
        return self._index.get(language) or str(self)

    def language(self, language: str) -> str:
        """The language that :meth:`to` really gives."""
        return language if language in self._index else SOURCE

    def has(self, language: str) -> bool:
        """Whether there is a text in ``language``."""
        return language in self._index

    def longest(self) -> int:
        """The number of signs of the longest text."""
        return max((len(text) for _, text in self.by_language), default=0)

    def as_dict(self) -> dict[str, str]:
        """Texts by language."""
        return dict(self.by_language)


NOTHING: Final = Words()


def words(texts: Mapping[str, str] | str) -> Words:
    """Words of ``texts`` by language (or of a Dutch text alone), cleaned, without the empty ones.

    Raises:
        ValueError: a language that no consultation has.
    """
    given = {SOURCE: texts} if isinstance(texts, str) else texts
    if unknown := given.keys() - LANGUAGES.keys():
        raise ValueError(f"no language of a consultation: {', '.join(sorted(unknown))}")
    cleaned = ((language, clean(given.get(language, ""))) for language in LANGUAGES)
    return Words(tuple((language, text) for language, text in cleaned if text))


def missing(texts: Iterable[Words], languages: Iterable[str]) -> dict[str, int]:
    """How many of ``texts`` (those that say anything) are not there, by language."""
    said = [text for text in texts if text]
    return {language: sum(not text.has(language) for text in said) for language in languages}
