"""How a weight follows from what a person has: the functions F of calibration, with bounds.

A weight is w = d F(u), where d is the base weight and u = x'L. Each link knows F, its slope F', its
integral f (the dual objective is t'L - sum d f(x'L), so that its gradient is t - sum w x), and the
u at which F has a given value.

Source: Deville and Särndal (1992), JASA 87:376-382; Deville, Särndal and Sautory (1993), JASA
88:1013-1020; reference/representativeness.md, section 3.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from consult.weighing.cells import Numbers

_FAR = 700.0
"""exp() of more is no number any more."""
_FLAT = 1e-6
"""The least slope that counts where a weight is at its bound: it points the way back from there."""


class Link(Protocol):
    """One way to measure how far weights are from base weights."""

    def value(self, u: Numbers) -> Numbers:
        """F(u): weight ÷ base weight."""

    def slope(self, u: Numbers) -> Numbers:
        """F'(u)."""

    def integral(self, u: Numbers) -> Numbers:
        """f(u), with f' = F."""

    def where(self, ratio: Numbers) -> Numbers:
        """The u at which F has this value."""


class Raking:
    """F(u) = exp(u): weights stay positive, and are products of a factor for each level."""

    def value(self, u: Numbers) -> Numbers:
        return np.exp(np.minimum(u, _FAR))

    slope = value
    integral = value

    def where(self, ratio: Numbers) -> Numbers:
        return np.log(ratio)


class Linear:
    """F(u) = 1 + u: the generalised regression estimator (GREG); weights may be negative."""

    def value(self, u: Numbers) -> Numbers:
        return 1 + u

    def slope(self, u: Numbers) -> Numbers:
        return np.ones_like(u)

    def integral(self, u: Numbers) -> Numbers:
        return u + u * u / 2

    def where(self, ratio: Numbers) -> Numbers:
        return ratio - 1


@dataclass(frozen=True, slots=True)
class Logit:
    """F(u) = [lo(hi-1) + hi(1-lo)exp(Au)] / [(hi-1) + (1-lo)exp(Au)]: strictly within the bounds.

    A = (hi-lo) / [(1-lo)(hi-1)], so that F(0) = F'(0) = 1.
    """

    lowest: float
    highest: float

    @property
    def _steep(self) -> float:
        return (self.highest - self.lowest) / ((1 - self.lowest) * (self.highest - 1))

    @property
    def _shift(self) -> float:
        return float(np.log((1 - self.lowest) / (self.highest - 1)))

    def _share(self, u: Numbers) -> Numbers:
        at = np.clip(self._steep * u + self._shift, -_FAR, _FAR)
        return 1 / (1 + np.exp(-at))

    def value(self, u: Numbers) -> Numbers:
        return self.lowest + (self.highest - self.lowest) * self._share(u)

    def slope(self, u: Numbers) -> Numbers:
        share = self._share(u)
        at = self._steep * (self.highest - self.lowest) * share * (1 - share)
        return np.maximum(at, _FLAT)

    def integral(self, u: Numbers) -> Numbers:
        grown = np.logaddexp(0, self._steep * u + self._shift)
        return self.lowest * u + (self.highest - self.lowest) / self._steep * grown

    def where(self, ratio: Numbers) -> Numbers:
        share = (ratio - self.lowest) / (self.highest - self.lowest)
        return (np.log(share / (1 - share)) - self._shift) / self._steep


@dataclass(frozen=True, slots=True)
class Bounded:
    """F cut off at a lowest and a highest u: min(hi, max(lo, F(u))).

    With :class:`Linear` this is the truncated linear method; with :class:`Raking` it gives the
    weights nearest to raking among those under a cap.
    """

    inner: Link
    low: Numbers | float
    high: Numbers | float

    def value(self, u: Numbers) -> Numbers:
        return self.inner.value(np.clip(u, self.low, self.high))

    def slope(self, u: Numbers) -> Numbers:
        inside = (u > self.low) & (u < self.high)
        at = self.inner.slope(np.clip(u, self.low, self.high))
        return np.where(inside, at, _FLAT)

    def integral(self, u: Numbers) -> Numbers:
        at = np.clip(u, self.low, self.high)
        return self.inner.integral(at) + self.inner.value(at) * (u - at)

    def where(self, ratio: Numbers) -> Numbers:
        return self.inner.where(ratio)
