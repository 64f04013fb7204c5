"""What unequal weights cost if they had nothing to do with the answers (Kish 1965)."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kish:
    """``effect`` = n Σw² / (Σw)²; ``people`` = n / effect, what n people are worth.

    Says how unequal weights are, and is never the ground of an interval: it knows neither what
    calibration gains, nor that a base is finite.
    """

    effect: float
    people: float


def kish(weights: Mapping[float, int]) -> Kish:
    """The effect of weights, of which one is above 0; how many people have each."""
    people = sum(weights.values())
    whole = sum(weight * number for weight, number in weights.items())
    squares = sum(weight**2 * number for weight, number in weights.items())
    effect = people * squares / whole**2
    return Kish(effect, people / effect)
