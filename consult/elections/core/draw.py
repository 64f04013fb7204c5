"""A lot that nobody can steer and everybody can repeat (reference, counting §2.7).

Before the vote each key holder commits to a number that only the holder knows. After the sum is
opened the holders show their numbers. Last comes the beacon: a number from outside that was named
beforehand and that nobody knew. From all of them one order of the candidates follows.

Because the beacon comes last, holding a number back gives no power: who does so cannot know which
of the two orders would be the better one. A number that is not shown is left out, and named.

Every hash is SHA-256 of UTF-8 text whose parts are joined by ``|``; hashes and numbers in it are
lower-case hexadecimal. No part can hold a ``|``, so no two lists of parts give the same text:

- commitment: ``lot-commit/1|ELECTION|NUMBER``, the number 32 bytes;
- seed: ``lot-seed/1|ELECTION|NUMBER|…|BEACON``, the shown numbers in the order of the key holders;
- place of a candidate: ``lot/1|SEED|CONTEST|CANDIDATE``; the lowest hash comes first.
"""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Final, NamedTuple

from consult.refusal import Refusal

REVEAL_LASTS: Final = timedelta(hours=48)
"""From the opening of the sum: how long key holders have to show their numbers."""

SHORTEST_BEACON: Final = 16
LONGEST_BEACON: Final = 256
_NUMBER: Final = re.compile(r"[0-9a-f]{64}", re.ASCII)
_BEACON: Final = re.compile(rf"[0-9a-z]{{{SHORTEST_BEACON},{LONGEST_BEACON}}}", re.ASCII)


class Committed(NamedTuple):
    """A key holder's part of the lot; ``reveal`` is ``None`` as long as it is not shown."""

    name: str
    commitment: str
    reveal: str | None = None


class Beacon(NamedTuple):
    """The number from outside, and where anybody can look it up."""

    value: str
    source: str


def commitment(election: str, number: str) -> str:
    """What a key holder publishes before the vote of the number that is shown after it."""
    return _hash("lot-commit/1", election, number)


def is_number(text: object) -> bool:
    """Whether ``text`` is 32 bytes in lower-case hexadecimal: a number, a commitment or a seed."""
    return isinstance(text, str) and _NUMBER.fullmatch(text) is not None


def check_reveal(election: str, committed: str | None, number: object) -> str:
    """The number, if it is the one that the holder committed to.

    Raises:
        Refusal: ``elections.reveal_wrong``.
    """
    if not isinstance(number, str) or not is_number(number):
        raise Refusal("elections.reveal_wrong")
    if commitment(election, number) != committed:
        raise Refusal("elections.reveal_wrong")
    return number


def read_beacon(typed: str) -> str:
    """A beacon as a person wrote it down, in its one spelling: no spaces, lower case.

    Raises:
        Refusal: ``elections.beacon_unusable`` for other signs than letters a to z and digits, or
            too few of them to be out of anybody's reach.
    """
    value = "".join(typed.split()).lower()
    if not _BEACON.fullmatch(value):
        raise Refusal(
            "elections.beacon_unusable",
            least=SHORTEST_BEACON,
            most=LONGEST_BEACON,
            found=len(value),
        )
    return value


def missing(holders: Iterable[Committed]) -> tuple[str, ...]:
    """Names of the holders whose number was not shown."""
    return tuple(holder.name for holder in holders if holder.reveal is None)


def seed(election: str, holders: Iterable[Committed], beacon: str) -> str:
    """The one number from which every order of this election follows."""
    shown = [holder.reveal for holder in holders if holder.reveal is not None]
    return _hash("lot-seed/1", election, *shown, beacon)


def order(seed: str, contest: str, candidates: Iterable[str]) -> tuple[str, ...]:
    """The candidates of a contest as the lot puts them, the favoured first."""
    return tuple(sorted(candidates, key=lambda one: _hash("lot/1", seed, contest, one)))


def _hash(*parts: str) -> str:
    return hashlib.sha256(_joined(parts)).hexdigest()


def _joined(parts: Sequence[str]) -> bytes:
    if any("|" in part for part in parts):
        raise ValueError("a part of a lot holds the sign that parts it from the next")
    return "|".join(parts).encode()
