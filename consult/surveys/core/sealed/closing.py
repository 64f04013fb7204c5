"""The steps between the last answer and the first result, each of which waits for the one before.

They stand in security D3: first nothing can come in any more, then rows lose their order, then what
joins participation to envelopes is dropped, and only then does anybody bring a key.
"""

from collections.abc import Collection
from enum import StrEnum
from itertools import takewhile

from consult.refusal import Refusal


class Step(StrEnum):
    """A step that was taken, in the order in which they are taken."""

    FROZEN = "frozen"
    """Nothing comes in any more, and what people had not sent is erased."""
    SHUFFLED = "shuffled"
    """Envelopes stand under new random ids in a table without slots, and the old file is gone."""
    CUT = "cut"
    """Participation is counted by stratum; marks and hashes of codes are erased."""
    OPENED = "opened"
    """Answers are read and weighed; envelopes and strata are erased."""
    CLEAN = "clean"
    """What was erased at opening has left the files of the database too."""


def upcoming(done: Collection[Step]) -> Step | None:
    """The step that is to be taken next, ``None`` after the last."""
    taken = list(takewhile(done.__contains__, Step))
    return None if len(taken) == len(Step) else list(Step)[len(taken)]


def check(done: Collection[Step], step: Step) -> bool:
    """Whether ``step`` must be taken now; ``False`` when that was done before.

    Raises:
        Refusal: ``surveys.step_early`` while an earlier one is undone, which ``missing`` names.
    """
    if step in done:
        return False
    missing = upcoming(done)
    if missing is not step:
        raise Refusal("surveys.step_early", step=str(step), missing=str(missing))
    return True
