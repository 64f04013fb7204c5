"""Chance for made-up people and answers: the same estate each time, and never a secret."""

from random import Random  # noqa: TID251 - invents people for the demo; secrets never come from it

Chance = Random

SEED = 1989
