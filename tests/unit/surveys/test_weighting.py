"""Weights of respondents, against published ones and by hand."""

import pytest

from consult.surveys.core.weighting import rake

Cells = dict[tuple[str, ...], int]


def test_raking_gives_the_published_factors_of_kalton_and_flores_cervantes() -> None:
    """Kalton & Flores-Cervantes (2003), Weighting methods, J. Official Stat. 19(2), table of
    raking: 12 cells a = 1..4 within b = 1..3 (reference/representativeness.md, section 5)."""
    counts = [20, 50, 100, 30, 40, 140, 50, 100, 40, 310, 50, 70]
    totals = [80, 40, 55, 60, 150, 100, 165, 170, 50, 75, 40, 115]
    del totals
    people: Cells = {(str(n % 4), str(n // 4)): count for n, count in enumerate(counts)}
    factors = [1.8108, 1.0836, 2.1961, 1.8332, 1.4528, 0.8694, 1.7619, 1.4708]
    factors += [2.0168, 1.2068, 2.4459, 2.0417]
    wanted = [{}, {}]
    for place in range(2):
        for number, (cell, count) in enumerate(people.items()):
            margin = wanted[place]
            margin[cell[place]] = margin.get(cell[place], 0.0) + count * factors[number]
    raked = rake(people, wanted, 0.0, 100.0)
    assert raked is not None
    assert list(raked.values()) == pytest.approx(factors, abs=1e-3)
