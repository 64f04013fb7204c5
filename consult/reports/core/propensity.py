"""The chance to take part, per kind of person: logistic regression on cells.

Everybody with the same levels of all variables is one cell with ``n`` people, of whom ``r`` took
part. The model has main effects only: logit(rho) = an intercept plus one coefficient for each level
but the first of each variable. It is fitted by Newton's method, which for this model is the same as
iteratively reweighted least squares (McCullagh & Nelder 1989, Generalized Linear Models, ch. 4).
The matrices come from two-way counts of the cells, so the cost does not grow with people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from consult.refusal import Refusal
from consult.weighing.cells import Variable, cross

Codes = NDArray[np.int64]
Numbers = NDArray[np.float64]

MOST_LEVELS = 1_000
"""Levels of all variables together; more is no way to make groups but a name or a number."""

STEPS = 60
CONVERGED = 1e-12
"""Largest gap between people who took part and people expected to, per participant."""

FAR = 25.0
"""A log odds beyond this is on its way to infinity: the groups tell entirely who took part."""

ALIASED = 1e-9
"""A column of which earlier columns leave less than this share unexplained follows from them."""


@dataclass(frozen=True, slots=True)
class Responses:
    """Who was invited and who took part, per distinct combination of levels.

    ``codes``: cells × variables; ``people``: invited in each cell (at least 1); ``took_part``.
    """

    variables: tuple[Variable, ...]
    codes: Codes
    people: Codes
    took_part: Codes

    def only(self, names: Sequence[str]) -> "Responses":
        """The same people told apart by fewer variables, in the order of ``names``."""
        place = {variable.name: column for column, variable in enumerate(self.variables)}
        columns = [place[name] for name in names]
        variables = tuple(self.variables[column] for column in columns)
        group, first = grouped(self.codes[:, columns])
        return Responses(
            variables,
            self.codes[first][:, columns],
            np.bincount(group, self.people).astype(np.int64),
            np.bincount(group, self.took_part).astype(np.int64),
        )


def responses(
    columns: Mapping[str, Sequence[str] | pd.Series],
    took_part: Sequence[int] | NDArray[np.int64] | NDArray[np.bool_],
    people: Sequence[int] | Codes | None = None,
) -> Responses:
    """Cells of people, or of rows that stand for ``people`` of whom ``took_part`` came.

    Raises:
        Refusal: ``reports.value_missing``.
        ValueError: columns of different lengths, or more participants than people.
    """
    for name, column in columns.items():
        missing = np.flatnonzero(pd.isna(np.asarray(column, dtype=object)))
        if len(missing):
            raise Refusal(
                "reports.value_missing",
                variable=name,
                count=len(missing),
                row=int(missing[0]) + 1,
            )
    cells = cross(columns)
    came = np.asarray(took_part, dtype=np.float64)
    there = np.ones(len(came)) if people is None else np.asarray(people, dtype=np.float64)
    if len(came) != len(cells.cell_of) or (came > there).any() or (came < 0).any():
        raise ValueError("participants are people of the same rows")
    size = len(cells.people)
    return Responses(
        cells.variables,
        cells.codes,
        np.bincount(cells.cell_of, there, size).astype(np.int64),
        np.bincount(cells.cell_of, came, size).astype(np.int64),
    )


def grouped(codes: Codes) -> tuple[Codes, Codes]:
    """The number of the combination that each row has, and the first row of each combination."""
    number = np.zeros(len(codes), dtype=np.int64)
    first = np.zeros(min(1, len(codes)), dtype=np.int64)
    for column in codes.T:
        _, first, number = np.unique(
            number * (column.max(initial=0) + 1) + column, return_index=True, return_inverse=True
        )
    return number, first


@dataclass(frozen=True, slots=True)
class Term:
    """A level of a variable, compared with the first level of that variable."""

    variable: str
    level: str


class Design:
    """The columns of the model on the cells: the intercept, then levels; never written out.

    A full column list holds every level; ``kept`` are those in the model.
    """

    def __init__(self, answers: Responses, used: NDArray[np.bool_]) -> None:
        """``used``: the cells that the model is fitted on."""
        self.variables = answers.variables
        sizes = [len(variable.levels) for variable in self.variables]
        if sum(sizes) > MOST_LEVELS:
            longest = max(self.variables, key=lambda variable: len(variable.levels))
            raise Refusal(
                "reports.too_many_levels",
                variable=longest.name,
                levels=len(longest.levels),
                most=MOST_LEVELS,
            )
        self.starts = [1 + sum(sizes[:place]) for place in range(len(sizes))]
        self.sizes = sizes
        self.width = 1 + sum(sizes)
        self.codes = [np.ascontiguousarray(column) for column in answers.codes.T]
        self.kept = self._in_model(used)
        self.followed = self._follow(self.gram(answers.people * used))

    def _in_model(self, used: NDArray[np.bool_]) -> Codes:
        kept = [0]
        for start, codes in zip(self.starts, self.codes, strict=True):
            kept.extend(int(start + level) for level in np.unique(codes[used])[1:])
        return np.array(kept, dtype=np.int64)

    def _follow(self, gram: Numbers) -> Codes:
        """Take columns out that follow from earlier ones; they change no propensity."""
        scale = np.sqrt(np.diag(gram))
        rest = gram / np.outer(scale, scale)
        try:
            if (np.diag(np.linalg.cholesky(rest)) ** 2 > ALIASED).all():
                return np.array([], dtype=np.int64)
        except np.linalg.LinAlgError:
            pass
        free = np.ones(len(rest), dtype=bool)
        for place in range(len(rest)):
            if rest[place, place] <= ALIASED:
                free[place] = False
                continue
            rest = rest - np.outer(rest[:, place], rest[place]) / rest[place, place]
        followed = self.kept[~free]
        self.kept = self.kept[free]
        return followed

    def term(self, column: int) -> Term:
        """What a column of the full list stands for."""
        place = max(where for where, start in enumerate(self.starts) if start <= column)
        variable = self.variables[place]
        return Term(variable.name, variable.levels[column - self.starts[place]])

    def linear(self, coefficients: Numbers) -> Numbers:
        """The log odds of each cell."""
        full = np.zeros(self.width)
        full[self.kept] = coefficients
        found = np.full(len(self.codes[0]) if self.codes else 1, full[0])
        for start, codes in zip(self.starts, self.codes, strict=True):
            found += full[start + codes]
        return found

    def totals(self, weight: Numbers) -> Numbers:
        """The sum of ``weight`` over the cells of each column of the full list."""
        parts = [np.array([weight.sum()])]
        for codes, size in zip(self.codes, self.sizes, strict=True):
            parts.append(np.bincount(codes, weight, size))
        return np.concatenate(parts)

    def whole_gram(self, weight: Numbers) -> Numbers:
        """The sums of ``weight`` over the cells that two columns of the full list share."""
        found = np.zeros((self.width, self.width))
        totals = self.totals(weight)
        np.fill_diagonal(found, totals)
        found[0, :] = found[:, 0] = totals
        for one in range(len(self.codes)):
            for other in range(one):
                size = self.sizes[other]
                pair = np.bincount(
                    self.codes[one] * size + self.codes[other], weight, self.sizes[one] * size
                ).reshape(self.sizes[one], size)
                rows = slice(self.starts[one], self.starts[one] + self.sizes[one])
                columns = slice(self.starts[other], self.starts[other] + size)
                found[rows, columns] = pair
                found[columns, rows] = pair.T
        return found

    def gram(self, weight: Numbers) -> Numbers:
        """:meth:`whole_gram` of the columns in the model."""
        found: Numbers = self.whole_gram(weight)[np.ix_(self.kept, self.kept)]
        return found


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
    came, there = int(answers.took_part.sum()), int(answers.people.sum())
    if came in (0, there):
        raise Refusal(f"reports.{'nobody' if came == 0 else 'everybody'}_took_part", people=there)
    used, limits = _limits(answers)
    if limits and not at_limit:
        raise _refused(answers, limits[0])
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
        covariance=np.linalg.inv(design.gram(answers.people * slope)),
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
        f"reports.level_without_{'others' if came else 'participants'}",
        variable=term.variable,
        level=term.level,
        people=int(answers.people[there].sum()),
    )


def _newton(design: Design, answers: Responses, used: NDArray[np.bool_]) -> tuple[Numbers, int]:
    there, came = answers.people * used, answers.took_part * used
    found = np.zeros(len(design.kept))
    if not used.any():
        return found, 0
    found[0] = np.log(came.sum() / (there - came).sum())
    value = _log_likelihood(answers, design.linear(found), used)
    for step in range(STEPS):
        chance = _logistic(design.linear(found))
        score = design.totals(came - there * chance)[design.kept]
        if np.abs(score).max() <= CONVERGED * came.sum():
            return found, step
        change = np.linalg.solve(design.gram(there * chance * (1 - chance)), score)
        found, value = _uphill(design, answers, used, found, change, value)
    return found, STEPS


def _uphill(  # noqa: PLR0913 - the state of one step
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
