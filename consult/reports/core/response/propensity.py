"""The chance to take part, per kind of person: logistic regression on cells.

Everybody with the same levels of all variables is one cell with ``n`` people, of whom ``r`` took
part. The model has main effects only: logit(rho) = an intercept plus one coefficient for each level
but the first of each variable. It is fitted by Newton's method, which for this model is the same as
iteratively reweighted least squares (McCullagh & Nelder 1989, Generalized Linear Models, ch. 4).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.reports.core.response.design import Design, Numbers, Responses, Term

STEPS = 60
CONVERGED = 1e-12
"""Largest gap between people who took part and people expected to, per participant."""

FAR = 25.0
"""A log odds beyond this is on its way to infinity: the groups tell entirely who took part."""


@dataclass(frozen=True, slots=True)
class Model:
    """A fitted model. ``coefficients`` and ``covariance``: the intercept first, then ``terms``.

    ``propensity``: the chance to take part, per cell. ``limits``: levels in which nobody, or
    everybody, took part; their cells have propensity 0 or 1 and no coefficient. ``followed``:
    levels that follow from those before them, and so have no coefficient of their own.
    """

    responses: Responses
    design: Design
    terms: tuple[Term, ...]
    coefficients: Numbers
    covariance: Numbers
    propensity: Numbers
    log_likelihood: float
    iterations: int
    limits: tuple[Term, ...]
    followed: tuple[Term, ...]

    @property
    def mean(self) -> float:
        """The response of everybody together."""
        return float(self.responses.took_part.sum() / self.responses.people.sum())

    @property
    def slope(self) -> Numbers:
        """How fast the propensity rises with the log odds: rho (1 - rho), per cell."""
        return self.propensity * (1 - self.propensity)


def fit(answers: Responses, *, at_limit: bool = False) -> Model:
    """Fit the chance to take part on main effects of all variables.

    ``at_limit``: whether a level in which nobody or everybody took part may stay. Its propensity
    is then 0 or 1, the limit of the likelihood, though its coefficient would be infinite.

    Raises:
        Refusal: ``reports.nobody_took_part``, ``reports.everybody_took_part``,
            ``reports.level_without_participants``, ``reports.level_without_others``,
            ``reports.model_separated``, ``reports.too_many_levels``.
    """
    answers.check()
    came, there = int(answers.took_part.sum()), int(answers.people.sum())
    if came in (0, there):
        raise Refusal(
            "reports.everybody_took_part" if came else "reports.nobody_took_part", people=there
        )
    used, limits = _limits(answers)
    if limits and not at_limit:
        raise _refused(answers, limits[0])
    if not used.any():
        raise Refusal("reports.model_separated", variable=limits[0].variable, level=limits[0].level)
    design = Design(answers, used)
    found, iterations = _newton(design, answers, used)
    log_odds = design.linear(found)
    if not at_limit and np.abs(log_odds[used]).max() > FAR:
        worst = design.term(int(design.kept[1:][np.abs(found[1:]).argmax()]))
        raise Refusal("reports.model_separated", variable=worst.variable, level=worst.level)
    chance = np.where(used, _logistic(log_odds), answers.took_part > 0)
    slope = chance * (1 - chance)
    return Model(
        responses=answers,
        design=design,
        terms=tuple(design.term(int(column)) for column in design.kept[1:]),
        coefficients=found,
        covariance=np.asarray(np.linalg.inv(design.gram(answers.people * slope)), dtype=np.float64),
        propensity=chance,
        log_likelihood=_log_likelihood(answers, log_odds, used),
        iterations=iterations,
        limits=limits,
        followed=tuple(design.term(int(column)) for column in design.followed),
    )


def _logistic(log_odds: Numbers) -> Numbers:
    found: Numbers = 1 / (1 + np.exp(-np.clip(log_odds, -30, 30)))
    return found


def _limits(answers: Responses) -> tuple[NDArray[np.bool_], tuple[Term, ...]]:
    """The cells in levels of which some and not all took part, and the other levels."""
    used = np.ones(len(answers.people), dtype=bool)
    limits: list[Term] = []
    while True:
        before = len(limits)
        for variable, codes in zip(answers.variables, answers.codes.T, strict=True):
            size = len(variable.levels)
            there = np.bincount(codes, answers.people * used, size)
            came = np.bincount(codes, answers.took_part * used, size)
            alone = np.flatnonzero((there > 0) & ((came == 0) | (came == there)))
            limits.extend(Term(variable.name, variable.levels[level]) for level in alone)
            used &= ~np.isin(codes, alone)
        if len(limits) == before or not used.any():
            return used, tuple(limits)


def _refused(answers: Responses, term: Term) -> Refusal:
    place = [variable.name for variable in answers.variables].index(term.variable)
    level = answers.variables[place].levels.index(term.level)
    there = answers.codes[:, place] == level
    came = int(answers.took_part[there].sum())
    return Refusal(
        "reports.level_without_others" if came else "reports.level_without_participants",
        variable=term.variable,
        level=term.level,
        people=int(answers.people[there].sum()),
    )


def _newton(design: Design, answers: Responses, used: NDArray[np.bool_]) -> tuple[Numbers, int]:
    there, came = answers.people * used, answers.took_part * used
    found = np.zeros(len(design.kept))
    found[0] = np.log(came.sum() / (there - came).sum())
    value = _log_likelihood(answers, design.linear(found), used)
    for step in range(STEPS):
        chance = _logistic(design.linear(found))
        score = design.totals(came - there * chance)[design.kept]
        if np.abs(score).max() <= CONVERGED * came.sum():
            return found, step
        hessian = design.gram(there * chance * (1 - chance))
        change = np.asarray(np.linalg.solve(hessian, score), dtype=np.float64)
        found, value = _uphill(design, answers, used, found, change, value)
    return found, STEPS


def _uphill(
    design: Design,
    answers: Responses,
    used: NDArray[np.bool_],
    found: Numbers,
    change: Numbers,
    value: float,
) -> tuple[Numbers, float]:
    """The next coefficients: the whole step, or half of it until the likelihood does not fall."""
    for _ in range(20):
        new = found + change
        reached = _log_likelihood(answers, design.linear(new), used)
        if reached >= value - 1e-9 * abs(value):
            return new, reached
        change = change / 2
    return found, value


def _log_likelihood(answers: Responses, log_odds: Numbers, used: NDArray[np.bool_]) -> float:
    """Sum of r eta - n ln(1 + e^eta), the binomial log-likelihood without its constant."""
    terms = answers.took_part * log_odds - answers.people * np.logaddexp(0, log_odds)
    return float(terms[used].sum())
