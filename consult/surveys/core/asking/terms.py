"""Jargon in a text, marked by square brackets, and its meaning.

Which words are terms is said once for a whole questionnaire; a mark reads as one of them whatever
its capitals. Brackets around something else stay as they are.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consult.surveys.core.asking.questionnaire import Term

_MARK: Final = re.compile(r"\[([^\[\]]{1,80})\]")


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a text; ``term`` when it is a marked term."""

    text: str
    term: Term | None = None


def parts(text: str, terms: Sequence[Term], language: str) -> tuple[Part, ...]:
    """``text`` in pieces, without the brackets of its terms; together they are the whole text."""
    if "[" not in text or not terms:
        return (Part(text),)
    known = {term.word.to(language).casefold(): term for term in terms}
    found: list[Part] = []
    end = 0
    for match in _MARK.finditer(text):
        term = known.get(match[1].strip().casefold())
        if term is not None:
            found += [Part(text[end : match.start()]), Part(match[1], term)]
            end = match.end()
    return tuple(part for part in (*found, Part(text[end:])) if part.text)


def explained(texts: Sequence[str], terms: Sequence[Term], language: str) -> tuple[Term, ...]:
    """The terms that are marked in ``texts``, each once, in the order in which they come."""
    met = {part.term: None for text in texts for part in parts(text, terms, language) if part.term}
    return tuple(met)


def unknown(text: str, terms: Sequence[Term], language: str) -> tuple[str, ...]:
    """What stands between brackets in ``text`` and is no term."""
    known = {term.word.to(language).casefold() for term in terms}
    return tuple(m[1] for m in _MARK.finditer(text) if m[1].strip().casefold() not in known)
