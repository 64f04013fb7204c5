"""What a result would be if the opinion itself made people take part.

Weighting repairs what the register explains, and nothing else. Suppose that holders of an opinion
had odds to take part that are ``odds`` times those of the others, at the response that was seen.
By Bayes the odds of the opinion among those who stayed away are then the odds among participants,
p/(1 - p), divided by ``odds``; exactly, at any response f. Among everybody the share is

    f p + (1 - f) p/[p + odds (1 - p)].

With a weighted share p it holds for the opinion beside what the register explains: people alike in
the register who hold the opinion are ``odds`` times as ready (odds ratios within and over groups
differ little as long as response is low; the tests show how little).
"""

from typing import Final

ODDS: Final = (1.25, 1.5)
"""Beside every weighted result: holders were a quarter, and half, more ready to take part."""


def share_among_everybody(share: float, response: float, odds: float) -> float:
    """The share among all people, 0 to 1, if holders were ``odds`` times as ready to take part.

    ``share``: among participants; ``response``: participants per invited person.

    Raises:
        ValueError: a share or response outside 0 to 1, or odds that are not above 0.
    """
    if not (0 <= share <= 1 and 0 < response <= 1 and odds > 0):
        raise ValueError("a share and a response from 0 to 1, and odds above 0")
    stayed_away = share / (share + odds * (1 - share))
    return response * share + (1 - response) * stayed_away


def tipping_odds(share: float, response: float, threshold: float = 0.5) -> float | None:
    """How many times as ready holders must have been for the share to be at ``threshold`` really.

    Above 1 for a share above the threshold: the farther from 1, the firmer the result. ``None``
    when no odds bring it there: participants alone are then too many, or too few.

    Raises:
        ValueError: as :func:`share_among_everybody`, or a threshold that is not between 0 and 1.
    """
    if not (0 <= share <= 1 and 0 < response <= 1 and 0 < threshold < 1):
        raise ValueError("a share, a response and a threshold from 0 to 1")
    if response == 1 or share in (0, 1):
        return None
    stayed_away = (threshold - response * share) / (1 - response)
    if not 0 < stayed_away < 1:
        return None
    return share / (1 - share) * (1 - stayed_away) / stayed_away
