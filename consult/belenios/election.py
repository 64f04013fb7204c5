"""The election file: what is asked, under which key. Its exact bytes are frozen for ever.

Specification 2.0, sections 4.9.1 (homomorphic questions) and 4.10 (elections).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from gmpy2 import mpz

from consult.belenios import group, wire
from consult.belenios.credential import is_uuid
from consult.belenios.group import P, is_member
from consult.belenios.invalid import Invalid


@dataclass(frozen=True)
class Question:
    """Choose at least ``min`` and at most ``max`` of the answers.

    With ``blank`` a voter may instead vote blank, and every vector (choices, tally, result)
    starts with the blank's place. With ``min`` 0 and no blank an empty choice is simply allowed.
    """

    question: str
    answers: tuple[str, ...]
    min: int
    max: int
    blank: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.min <= self.max <= len(self.answers) or not self.answers:
            raise Invalid("question_limits", min=self.min, max=self.max, answers=len(self.answers))

    @property
    def length(self) -> int:
        """How many places its vectors have."""
        return len(self.answers) + self.blank

    def json(self) -> dict[str, object]:
        """The shape in files (4.9.1)."""
        blank = {"blank": True} if self.blank else {}
        return {
            "answers": list(self.answers),
            **blank,
            "min": self.min,
            "max": self.max,
            "question": self.question,
        }


@dataclass(frozen=True)
class Election:
    """An election as read from its file."""

    raw: bytes
    uuid: str
    name: str
    description: str
    public_key: mpz
    questions: tuple[Question, ...]
    administrator: str | None = None
    credential_authority: str | None = None

    @cached_property
    def fingerprint(self) -> str:
        """What ballots and decryptions are bound to: the hash of the exact bytes (4.15)."""
        return wire.hash_base64(self.raw)


def build(
    uuid: str,
    name: str,
    description: str,
    public_key: mpz,
    questions: Sequence[Question],
    administrator: str | None = None,
    credential_authority: str | None = None,
) -> Election:
    """A new election. Keep its ``raw``: these very bytes are what everyone hashes."""
    shape: dict[str, object] = {
        "version": 1,
        "description": description,
        "name": name,
        "group": group.NAME,
        "public_key": str(public_key),
        "questions": [question.json() for question in questions],
        "uuid": uuid,
    }
    if administrator is not None:
        shape["administrator"] = administrator
    if credential_authority is not None:
        shape["credential_authority"] = credential_authority
    return parse(wire.compact(shape))


def parse(raw: bytes) -> Election:
    """An election from its file, in any layout; the key's membership is checked."""
    value = wire.parse(raw, "election")
    if isinstance(value, dict):
        value = {name: value[name] for name in sorted(value)}
    people = [name for name in _PEOPLE if isinstance(value, dict) and name in value]
    fields = wire.record(value, "election", *sorted([*_FIELDS, *people]))
    if wire.whole(fields["version"], "version") != 1:
        raise Invalid("election_version")
    if fields["group"] != group.NAME:
        raise Invalid("election_group")
    uuid = wire.text(fields["uuid"], "uuid")
    if not is_uuid(uuid):
        raise Invalid("election_uuid")
    public_key = wire.decimal(fields["public_key"], "public_key", P)
    if public_key == 1 or not is_member(public_key):
        raise Invalid("election_key_not_member")
    questions = tuple(map(_question, wire.items(fields["questions"], "questions")))
    if not questions:
        raise Invalid("questions_missing")
    return Election(
        raw=raw,
        uuid=uuid,
        name=wire.text(fields["name"], "name"),
        description=wire.text(fields["description"], "description"),
        public_key=public_key,
        questions=questions,
        **{name: wire.text(fields[name], name) for name in people},
    )


_FIELDS = ("version", "description", "name", "group", "public_key", "questions", "uuid")
_PEOPLE = ("administrator", "credential_authority")


def _question(value: wire.Json) -> Question:
    if not isinstance(value, dict):
        raise Invalid("json_shape", what="question")
    if "type" in value:
        raise Invalid("question_not_homomorphic")
    in_order = {name: value[name] for name in sorted(value)}
    present = {"blank"} & value.keys()
    fields = wire.record(in_order, "question", "answers", *present, "max", "min", "question")
    blank = fields.get("blank", False)
    if not isinstance(blank, bool):
        raise Invalid("json_shape", what="blank")
    return Question(
        question=wire.text(fields["question"], "question"),
        answers=tuple(
            wire.text(answer, "answer") for answer in wire.items(fields["answers"], "answers")
        ),
        min=wire.whole(fields["min"], "min"),
        max=wire.whole(fields["max"], "max"),
        blank=blank,
    )
