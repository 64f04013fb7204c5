"""Results with and without weights, and what they would be if the opinion itself drew people.

All of it follows from shares in the results, which were audited with their weights (ADR 20), and
from the response. No number has more digits than are printed: they would follow from the weights,
so from how many took part of groups that are hidden, and the fingerprint of the report would let
somebody who has the register try which numbers fit.
"""

from collections.abc import Iterator
from typing import Final

from consult.reports.core.edition import Estimate, Opinion, Opinions
from consult.reports.core.response.sensitivity import ODDS, share_among_everybody
from consult.surveys.core.counts.results import Line, QuestionResult, Results, Share

DECIMALS: Final = 3
"""Of weighted shares: percentages are printed with one."""


def opinions(results: Results, response: float) -> Opinions | None:
    """The answers that have a weighted share; ``None`` when none has.

    ``response``: participants per invited person, as the edition tells it.
    """
    lines = tuple(line for question in results.questions for line in _lines(question, response))
    if not lines or results.effective is None:
        return None
    return Opinions(float(round(results.effective)), lines)


def _lines(question: QuestionResult, response: float) -> Iterator[Opinion]:
    for line in question.total.lines:
        found = _opinion(question.question.id, line, response)
        if found:
            yield found


def _opinion(question: str, line: Line, response: float) -> Opinion | None:
    plain, weighted = _estimate(line.share), _rounded(_estimate(line.weighted))
    if line.kind != "row" or plain is None or weighted is None:
        return None
    among = {odds: share_among_everybody(weighted.value, response, odds) for odds in ODDS}
    return Opinion(question, line.code, plain, weighted, among)


def _estimate(share: Share | None) -> Estimate | None:
    if share is None or share.interval is None:
        return None
    return Estimate(share.part, share.interval.low, share.interval.high)


def _rounded(found: Estimate | None) -> Estimate | None:
    if found is None:
        return None
    return Estimate(*(round(end, DECIMALS) for end in (found.value, found.low, found.high)))
