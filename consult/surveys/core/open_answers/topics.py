"""Topics that a machine proposes for a frame: words that go together in many texts.

Not standard library only: numpy multiplies the matrices (docs/adr/0021-open-answers.md). TF-IDF
over the words, then a factorisation into non-negative parts (NMF; Lee and Seung 2001, Advances in
Neural Information Processing Systems 13: multiplicative updates for the squared error). It begins
with directions of the words themselves, so the same texts always give the same topics.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from consult.surveys.core.counts.disclosure import OUTSIDE

MOST: Final = 12
_WORDS_KEPT: Final = 400
_WORDS_SHOWN: Final = 6
_ROUNDS: Final = 80
_TINY: Final = 1e-9
_MARKS = re.compile(r"\[[a-z-]+\]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_SAY_NOTHING: Final = (
    " aan alle alleen als altijd andere bent bij daar dan dat deze die dit door dus echt een "
    "eens enkele erg gaan gaat geen geven goed graag had hadden heb hebben heeft heel hele het "
    "hier hoe hun iedereen iets ieder ons onze maar maken mag meer mee meest men mensen met mij "
    "mijn moet moeten naar niet niets nog nooit nou omdat onder ook over overal per soms steeds "
    "toch tot uit van vaak veel voor vaker vind waar wat weer wel wij wil wilt willen worden "
    "wordt zal zeer zelf zich zij zijn zit zitten zonder zou zodat kan kunnen komen komt the "
    "and that this there are for not with have has was our they you too very more all can bir "
    "için çok daha ama gibi var yok değil her ben biz "
)

Matrix = np.ndarray[Any, np.dtype[np.float64]]


@dataclass(frozen=True, slots=True)
class Proposal:
    """A topic as a machine sees it: its words, most telling first, and in how many texts it is the
    strongest one."""

    words: tuple[str, ...]
    texts: int


def propose(texts: Sequence[str], topics: int = 8, least: int = OUTSIDE) -> tuple[Proposal, ...]:
    """At most ``topics`` topics of ``texts``, the commonest first; none of fewer than ``least``.

    A word counts only if it is in at least ``least`` texts: rare words may point at somebody.
    """
    if len(texts) < least:
        return ()
    bags = [Counter(_words(text)) for text in texts]
    spread = Counter(word for bag in bags for word in bag)
    common = sorted((w for w, n in spread.items() if n >= least), key=lambda w: (-spread[w], w))
    words = common[:_WORDS_KEPT]
    counts = np.array([[bag[word] for word in words] for bag in bags], dtype=float)
    if not words:
        return ()
    rarity = np.log((1 + len(texts)) / (1 + np.array([spread[word] for word in words]))) + 1
    weights = counts * rarity
    length = np.linalg.norm(weights, axis=1, keepdims=True)
    most = min(topics, MOST, max(2, len(words) // 3))  # with fewer words each, a topic is a word
    shares, parts = _factors(weights / np.maximum(length, _TINY), most)
    shares = shares * np.linalg.norm(parts, axis=1)
    strongest = np.argmax(shares, axis=1)[length[:, 0] > 0]
    found = [
        Proposal(_telling(words, part), int((strongest == n).sum())) for n, part in enumerate(parts)
    ]
    return tuple(sorted((one for one in found if one.texts >= least), key=lambda p: -p.texts))


def _words(text: str) -> list[str]:
    found = _WORD.findall(_MARKS.sub(" ", text).lower())
    return [word for word in found if f" {word} " not in _SAY_NOTHING]


def _factors(matrix: Matrix, topics: int) -> tuple[Matrix, Matrix]:
    """Non-negative ``shares`` (texts × topics) and ``parts`` (topics × words) whose product comes
    near ``matrix``. Begins with its main directions, halves of one sign (NNDSVD; Boutsidis and
    Gallopoulos 2008)."""
    _, directions = np.linalg.eigh(matrix.T @ matrix)
    begin = directions[:, ::-1][:, :topics].T
    turned = np.where(np.maximum(begin, 0).sum(1) >= np.maximum(-begin, 0).sum(1), 1, -1)
    parts: Matrix = np.maximum(begin * turned[:, None], 0) + 0.01
    shares: Matrix = np.maximum(matrix @ parts.T, 0) + _TINY
    for _ in range(_ROUNDS):
        shares *= (matrix @ parts.T) / (shares @ (parts @ parts.T) + _TINY)
        parts *= (shares.T @ matrix) / ((shares.T @ shares) @ parts + _TINY)
    return shares, parts


def _telling(words: Sequence[str], part: Matrix) -> tuple[str, ...]:
    order = sorted(range(len(words)), key=lambda n: (-round(float(part[n]), 6), words[n]))
    strong = [n for n in order if part[n] >= part.max() / 10]
    return tuple(words[n] for n in strong[:_WORDS_SHOWN])
