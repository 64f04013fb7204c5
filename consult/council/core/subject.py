"""What a consultation belongs to: topics, theme, working group, organiser and form."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from consult.refusal import Refusal


class Organiser(StrEnum):
    """Who asks (agreement, art. 2.7: both parties are free to)."""

    COUNCIL = "council"
    LANDLORD = "landlord"
    JOINT = "joint"


class Form(StrEnum):
    """How people take part; all but the first are the forms that both prefer (art. 1.8)."""

    QUESTIONNAIRE = "questionnaire"
    INSPIRATION = "inspiration"
    EXPERTS = "experts"
    THINK_TANK = "think_tank"
    DIALOGUE = "dialogue"


@dataclass(frozen=True, slots=True)
class Subject:
    """Where a consultation belongs. ``topics`` are codes of the powers matrix, at least one.

    ``own_initiative``: the council asks by its own right of initiative (art. 2.3).
    """

    topics: tuple[str, ...]
    organiser: Organiser
    form: Form
    own_initiative: bool = False
    theme_id: str | None = None
    group_id: str | None = None


def check(
    subject: Subject, topics: Collection[str], themes: Collection[str], groups: Collection[str]
) -> None:
    """Refuse what names something unknown; the collections are the known codes and ids.

    Raises:
        Refusal: ``council.subject_topics``, ``council.subject_initiative``,
            ``council.theme_unknown`` or ``council.group_unknown``; ``field`` names the field.
    """
    if not subject.topics or not set(subject.topics) <= set(topics):
        raise Refusal("council.subject_topics", field="topics")
    if subject.own_initiative and subject.organiser is not Organiser.COUNCIL:
        raise Refusal("council.subject_initiative", field="own_initiative")
    if subject.theme_id is not None and subject.theme_id not in themes:
        raise Refusal("council.theme_unknown", field="theme")
    if subject.group_id is not None and subject.group_id not in groups:
        raise Refusal("council.group_unknown", field="group")
