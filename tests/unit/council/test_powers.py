"""The powers matrix as data: every row of the annex, and every reason to refuse another list."""

import json
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from consult.council.core.powers import Matrix, Power, by_code, matrix_on, read
from consult.council.store.powers import matrices
from consult.refusal import Refusal

SEEDS = Path(os.environ.get("CONSULT_SEEDS", "../shared/seeds"))
SHAPE: dict[str, Any] = {
    "schema": "consult-powers/1",
    "source": "Overeenkomst",
    "start": "2030-01-01",
    "groups": [
        {
            "code": "rent",
            "name": "Huur",
            "topics": [{"code": "huurbeleid", "words": "Huur", "power": "Ins", "source": "rij 1"}],
        }
    ],
}


def raw(**changed: object) -> bytes:
    return json.dumps({**SHAPE, **changed}).encode()


def annex() -> list[tuple[str, str]]:
    """The rows of annex 1 as the seed has them: words and mark; headings have no mark."""
    path = Path(__file__).parents[3] / SEEDS / "samenwerkingsovereenkomst.txt"
    if not path.exists():
        pytest.skip("no seed text; CONSULT_SEEDS names its folder")
    text = path.read_text(encoding="utf-8")
    body = text.partition("BIJLAGE 1 ")[2].partition("BIJLAGE 2 ")[0]
    rows = [[cell.strip() for cell in line.split("|")] for line in body.splitlines()]
    return [(row[0], row[1]) for row in rows if len(row) == 3]


def plain(words: str) -> str:
    """Without stray footnote marks, and with what is masked as the list writes it."""
    for mark in ("Prestatieafspraken", "volkshuisvestingsbeleid", "verbinding", "kamer", "tak"):
        words = re.sub(rf"{mark}i(?=/|$)", mark, words)
    words = words.replace("Xxxxxxxx Rotterdam", "Woonstad Rotterdam")
    return re.sub(r"\b[Xx]xx+\b|\bXXX+\b", "[…]", words)


def test_the_list_of_2016_has_49_topics_in_11_groups_with_their_powers() -> None:
    (found,) = matrices()
    assert (found.start, len(found.groups), len(found.topics)) == (date(2016, 7, 1), 11, 49)
    assert Counter(topic.power for topic in found.topics) == {
        Power.ADVICE: 36,
        Power.CONSENT: 7,
        Power.INFORMATION: 3,
        Power.INFORMATION_MORE: 1,
        Power.NOMINATION: 1,
        Power.INQUIRY: 1,
    }


def test_every_row_stands_word_for_word_as_in_the_agreement() -> None:
    marks = {"voor": "Voor", "Inf +": "Inf+"}
    rows = annex()
    (found,) = matrices()
    said = [(topic.words, topic.power.value) for topic in found.topics]
    topics = [(words, mark) for words, mark in rows if mark != "Bedrijfsniveau"]
    assert said == [(plain(words), marks.get(mark, mark)) for words, mark in topics]
    headings = [plain(words).lower() for words, mark in rows if mark == "Bedrijfsniveau"]
    assert [group.name.lower() for group in found.groups] == headings


def test_each_source_names_the_row() -> None:
    (found,) = matrices()
    sources = [topic.source for topic in found.topics]
    assert sources == [f"Bijlage 1, rij {number}" for number in range(1, 50)]


def test_a_newer_list_holds_from_its_first_day_and_keeps_the_codes() -> None:
    newer = read(raw())
    known = (newer, *matrices())
    assert matrix_on(known, date(2029, 12, 31)).start == date(2016, 7, 1)
    assert matrix_on(known, date(2030, 1, 1)) is newer
    topics = by_code(known)
    assert topics["huurbeleid"].power is Power.CONSENT
    assert topics["incasso"].power is Power.ADVICE


def test_before_the_first_list_the_first_is_shown() -> None:
    assert isinstance(matrix_on(matrices(), date(2010, 1, 1)), Matrix)


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        (b"{", "reading.not_json", None),
        (raw(schema="consult-powers/2"), "reading.not_choice", "schema"),
        (raw(start="1-1-2030"), "reading.not_day", "start"),
        (raw(more=1), "reading.field_unknown", "more"),
        (raw(groups=SHAPE["groups"] * 2), "council.powers_code_twice", "groups"),
        (
            raw(groups=[{**SHAPE["groups"][0], "topics": SHAPE["groups"][0]["topics"] * 2}]),
            "council.powers_code_twice",
            "topics",
        ),
        (
            raw(
                groups=[
                    {
                        "code": "a",
                        "name": "A",
                        "topics": [{"code": "b", "words": "B", "power": "X", "source": "C"}],
                    }
                ]
            ),
            "reading.not_choice",
            "groups[0].topics[0].power",
        ),
    ],
)
def test_a_list_that_is_not_one_is_refused_with_the_place(
    given: bytes, code: str, field: str | None
) -> None:
    with pytest.raises(Refusal) as refused:
        read(given)
    assert (refused.value.code, refused.value.facts.get("field")) == (code, field)
