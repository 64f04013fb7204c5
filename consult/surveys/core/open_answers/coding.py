"""Coding open answers: a frame of topics, two coders apart, how far they agree, and topic shares.

Coders say of each text which topics it is about; none is an answer as well. What they say is a
mapping from the id of a text to the ids of its topics.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Final

from consult.raters import Level, alpha, level, nominal
from consult.surveys.core.asking.questions.base import Problem
from consult.surveys.core.counts.disclosure import OUTSIDE
from consult.weighing.intervals import Interval, wilson

FEWEST_TOPICS: Final = 2
ADVISED: Final = (8, 15)
MOST_TOPICS: Final = 15
LONGEST_LABEL: Final = 60
LONGEST_EXPLANATION: Final = 300
ENOUGH_COMPARED: Final = 100
"""So many texts, or all if there are fewer, are judged by both coders (representativeness §8)."""

Coded = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Topic:
    """Something that texts are about. ``explanation`` says when a text belongs to it."""

    id: str
    label: str
    explanation: str = ""

    def problem(self) -> Problem | None:
        """Why this cannot be a topic, or ``None``."""
        if not self.label:
            return Problem("label_missing")
        if len(self.label) > LONGEST_LABEL:
            return Problem("label_long", LONGEST_LABEL)
        if len(self.explanation) > LONGEST_EXPLANATION:
            return Problem("explanation_long", LONGEST_EXPLANATION)
        return None


@dataclass(frozen=True, slots=True)
class Frame:
    """The topics of one question. Once ``frozen``, when coding starts, it stays as it is."""

    topics: tuple[Topic, ...] = ()
    frozen: bool = False

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all topics."""
        return frozenset(topic.id for topic in self.topics)

    def put(self, topic: Topic) -> "Frame | Problem":
        """With ``topic`` in the place of the one with its id, or else at the end."""
        if found := topic.problem():
            return found
        others = [one for one in self.topics if one.id != topic.id]
        if any(one.label.casefold() == topic.label.casefold() for one in others):
            return Problem("label_double")
        if topic.id in self.ids:
            kept = tuple(topic if one.id == topic.id else one for one in self.topics)
            return replace(self, topics=kept)
        if len(self.topics) >= MOST_TOPICS:
            return Problem("topics_many", MOST_TOPICS)
        return replace(self, topics=(*self.topics, topic))

    def drop(self, topic_id: str) -> "Frame":
        """Without that topic."""
        return replace(self, topics=tuple(one for one in self.topics if one.id != topic_id))

    def problem(self) -> Problem | None:
        """Why coding cannot start with this, or ``None``."""
        return Problem("topics_few", FEWEST_TOPICS) if len(self.topics) < FEWEST_TOPICS else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two coders agree on the ``texts`` that both judged.

    ``topics``: alpha of each topic by id, where each text is in it or not. ``overall``: alpha of
    all these judgements together, one unit for each text and topic. ``None`` where nobody, or
    everybody, named the topic.
    """

    texts: int
    topics: Mapping[str, Fraction | None]
    overall: Fraction | None

    @property
    def level(self) -> Level:
        """What the whole means."""
        return level(self.overall)


@dataclass(frozen=True, slots=True)
class TopicCounts:
    """Of ``base`` coded texts, how many are about each topic; the true numbers, for nobody's eyes.

    A text may have more topics. :func:`shares` says what may be told of it.
    """

    base: int
    topics: tuple[tuple[Topic, int], ...]


@dataclass(frozen=True, slots=True)
class TopicShare:
    """A line of what is told. ``count``, ``share`` and its 95 % interval are ``None`` if hidden."""

    topic: Topic
    count: int | None = None
    share: float | None = None
    interval: Interval | None = None


def needed(texts: int) -> int:
    """How many of ``texts`` each coder judges at least."""
    return min(texts, ENOUGH_COMPARED)


def agreement(frame: Frame, first: Coded, second: Coded) -> Agreement:
    """How far two coders agree, by Krippendorff's alpha for names."""
    both = sorted(first.keys() & second.keys())
    units = {
        topic.id: [(topic.id in first[text], topic.id in second[text]) for text in both]
        for topic in frame.topics
    }
    together = [unit for of_topic in units.values() for unit in of_topic]
    return Agreement(
        len(both),
        {topic: alpha(found, nominal) for topic, found in units.items()},
        alpha(together, nominal),
    )


def differences(first: Coded, second: Coded, settled: Iterable[str] = ()) -> tuple[str, ...]:
    """The texts on which two coders differ and that are not ``settled`` yet, in order of ids."""
    both = (first.keys() & second.keys()) - set(settled)
    return tuple(sorted(text for text in both if first[text] != second[text]))


def outcome(first: Coded, second: Coded, settled: Coded) -> dict[str, frozenset[str]] | None:
    """The topics of each text that was coded; ``None`` while a difference waits."""
    if differences(first, second, settled):
        return None
    return {**second, **first, **settled}


def count_topics(frame: Frame, coded: Coded) -> TopicCounts:
    """How many texts are about each topic, in the order of the frame."""
    counts = [sum(topic.id in named for named in coded.values()) for topic in frame.topics]
    return TopicCounts(len(coded), tuple(zip(frame.topics, counts, strict=True)))


def shares(found: TopicCounts, least: int = OUTSIDE) -> tuple[TopicShare, ...]:
    """What may be told: a topic only if neither those who named it nor those who did not are few.

    Each topic is a table of its own (yes or no), and only its two cells add up to the base: with
    both of at least ``least`` people nothing hidden can be worked out from what is shown. The
    interval is Wilson's, unweighted: nothing joins a text to a weight.
    """
    return tuple(
        TopicShare(
            topic, count, count / found.base, Interval(*wilson(count / found.base, found.base))
        )
        if least <= count <= found.base - least
        else TopicShare(topic)
        for topic, count in found.topics
    )
