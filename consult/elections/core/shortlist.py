"""From scores to a shortlist: how they lie, what is wrong with a proposal, and who may decide.

The order of the scores decides nothing. A verdict against it is marked and says why.
"""

from collections.abc import Iterable, Mapping, Set
from fractions import Fraction
from itertools import combinations

from consult.elections.core.preselection import LONGEST_REASON, Selection, Verdict
from consult.elections.core.spread import Spread, spread
from consult.raters import alpha, interval


def spreads(selection: Selection) -> dict[str, Spread]:
    """How the applicants were scored: the spread of what each assessor gives on average."""
    found = {}
    for application in selection.applications:
        means = [
            held.mean
            for one in sorted(selection.assessors)
            if (held := spread(values_of(selection, one, application)))
        ]
        if told := spread(means):
            found[application] = told
    return found


def agreement(selection: Selection) -> Fraction | None:
    """Krippendorff's alpha over every competence of every applicant."""
    units = (
        [
            held.scores[competence.id].value
            for one in selection.assessors
            if (held := selection.assessments.get((one, application)))
            and not held.conflict
            and competence.id in held.scores
        ]
        for application in selection.applications
        for competence in selection.competences
    )
    return alpha(units, interval)


def values_of(selection: Selection, account_id: str, application_id: str) -> list[int]:
    """The scores that an assessor gave an applicant; none where she has a conflict."""
    held = selection.assessments.get((account_id, application_id))
    if held is None or held.conflict:
        return []
    return [held.scores[one.id].value for one in selection.competences if one.id in held.scores]


def against_order(means: Mapping[str, Fraction], admitted: Set[str]) -> frozenset[str]:
    """The applicants who are not admitted although somebody with a lower mean is."""
    lowest = min((means[one] for one in admitted if one in means), default=None)
    return frozenset(
        one
        for one, mean in means.items()
        if one not in admitted and lowest is not None and mean > lowest
    )


def verdict_problems(
    selection: Selection, verdicts: Iterable[Verdict]
) -> dict[tuple[str, str], str]:
    """What is wrong with a shortlist: a code by applicant and field; empty when all is well."""
    given = {one.application_id: one for one in verdicts}
    admitted = {one for one, verdict in given.items() if verdict.admitted}
    means = {one: told.mean for one, told in spreads(selection).items()}
    marked = against_order(means, admitted)
    found = {}
    for one in selection.applications:
        if one not in given:
            found[one, "admitted"] = "missing"
        elif not 0 < len(given[one].reason.strip()) <= LONGEST_REASON:
            found[one, "reason"] = "reason"
        if one in marked and one in given and not given[one].against.strip():
            found[one, "against"] = "against"
    return found


def impartial(selection: Selection) -> frozenset[str]:
    """The assessors without any conflict of interest: they decide on the shortlist."""
    biased = {
        one for application in selection.applications for one in selection.conflicted(application)
    }
    return selection.assessors - biased


def reviewers(selection: Selection, application_id: str) -> frozenset[str]:
    """Who should look again: no conflict with the applicant, and did not write the verdict."""
    verdict = selection.verdicts[application_id]
    writers = {verdict.proposer, verdict.approver}
    return selection.assessors - selection.conflicted(application_id) - writers


def may_decide(deciding: Set[str], preferred: Set[str]) -> bool:
    """Whether these people, one so far or both, are as many of the preferred as there can be."""
    others = len(deciding - preferred)
    return others <= max(0, 2 - len(preferred))


def decides(selection: Selection, deciding: Set[str]) -> bool:
    """Whether these people, one so far or both, may decide on the shortlist."""
    if not may_decide(deciding, impartial(selection)):
        return False
    return len(deciding) == 1 or judges_everybody(selection, deciding)


def judges_everybody(selection: Selection, deciding: Set[str]) -> bool:
    """Whether for every applicant one of the two has no conflict; so, or no two assessors do."""

    def covers(two: Set[str]) -> bool:
        return not any(two <= selection.conflicted(one) for one in selection.applications)

    others = combinations(sorted(selection.assessors), 2)
    return covers(deciding) or not any(covers({*two}) for two in others)
