"""An estate of 60,000 customers like Rotterdam's, of which everything is known.

Neighbourhoods, ages and households follow Statistics Netherlands' figures (83765NED of 2017 and
those of 2022 by district; CC BY 4.0, source: CBS): customers are allotted by households, rented
dwellings and poverty. What these figures do not hold, such as how long people live somewhere, is
made up. Whether people take part and what they think depends on all that, so the truth is known.
"""

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import brentq
from scipy.special import expit

from tests.reference import reference

Numbers = NDArray[np.float64]

AGE_BANDS = ("18-34", "35-49", "50-64", "65-74", "75+")
KINDS = ("tenant", "owner", "entrepreneur")
DWELLINGS = ("TUS", "EIN", "BOV", "POF", "GAL", "MAI")
"""VERA's codes of dwelling types."""
TENANCIES = ("0-1", "2-4", "5-9", "10-19", "20+")
HOUSEHOLDS = ("1", "2", "3-4", "5+")
BACKGROUND = ("age_band", "neighbourhood", "kind", "dwelling", "tenancy", "household")
WEIGHED_BY = ("age_band", "district", "kind", "dwelling", "tenancy", "household")
"""The margins of weights: districts, as most neighbourhoods are too small."""

SHARING = 0.15
"""Of the dwellings of two people or more, the part with a second customer."""

_READY: Mapping[str, tuple[float, ...]] = {
    "age_band": (-0.7, -0.2, 0.2, 0.6, 0.3),
    "kind": (0.0, 0.5, -0.4),
    "dwelling": (0.15, 0.1, 0.0, -0.2, -0.1, 0.1),
    "tenancy": (-0.4, -0.1, 0.0, 0.2, 0.4),
    "household": (0.0, 0.15, -0.1, -0.35),
}
"""How much readier to take part, as a logit."""
_FOR: Mapping[str, tuple[float, ...]] = {
    "age_band": (-0.5, -0.3, 0.1, 0.4, 0.5),
    "kind": (0.0, 0.3, -0.1),
    "dwelling": (0.2, 0.1, 0.0, -0.2, -0.1, 0.0),
    "tenancy": (-0.3, -0.1, 0.0, 0.1, 0.3),
    "household": (0.1, 0.0, -0.1, -0.2),
}
"""How much more in favour, as a logit."""


@cache
def estate(size: int = 60_000, seed: int = 20_261_122) -> pd.DataFrame:
    """A row for each customer; skips the test where the reference data are absent.

    Columns: those of :data:`BACKGROUND`, ``district``, ``home`` (a number; those who share a
    dwelling have one), ``for`` (whether she is in favour) and ``settled`` (nearly all agree of
    those who like to take part, and half of those who do not). Treat it as read-only.
    """
    random = np.random.default_rng(seed)
    places = _places()
    homes = places.iloc[random.choice(len(places), size, p=places["customers"])]
    made = pd.DataFrame(
        {
            "neighbourhood": homes["buurtnaam"].to_numpy(),
            "district": homes["name"].to_numpy(),
            "age_band": _picked(random, _ages(homes), AGE_BANDS),
            "kind": random.choice(KINDS, size, p=(0.9, 0.07, 0.03)),
            "dwelling": _picked(random, _dwellings(homes), DWELLINGS),
        }
    )
    made["tenancy"] = _picked(random, _tenancies(made["age_band"]), TENANCIES)
    made["household"] = _picked(random, _households(homes, made["age_band"]), HOUSEHOLDS)
    made = _shared(random, made)
    made["for"] = random.random(size) < expit(_sum_of(made, _FOR, spread=0.25))
    made["settled"] = random.random(size) < np.clip(
        0.73 + 0.18 * _sum_of(made, _READY, spread=0.3), 0.02, 0.98
    )
    return made.astype(dict.fromkeys([*BACKGROUND, "district"], "category"))


def readiness(
    customers: pd.DataFrame, response: float, opinion: float = 1.0, contrast: float = 1.0
) -> Numbers:
    """The chance of each customer to take part; their mean is ``response``.

    ``opinion``: by how much being in favour raises the odds. At 1 only the background counts, and
    weights can mend what it does. ``contrast``: how many times more people differ than usual.
    """
    logit = contrast * _sum_of(customers, _READY, spread=0.3)
    logit += np.log(opinion) * customers["for"].to_numpy()
    middle = brentq(lambda at: expit(at + logit).mean() - response, -20, 20)
    return np.asarray(expit(middle + logit))


def taking_part(random: np.random.Generator, chances: Numbers) -> NDArray[np.bool_]:
    """Who takes part, each by her own chance."""
    return random.random(len(chances)) < chances


def _places() -> pd.DataFrame:
    hoods = pd.read_csv(reference("rotterdam_buurten_kwb2017.csv"))
    districts = pd.read_csv(reference("rotterdam_wijken_kwb2022.csv"))
    held = hoods.merge(districts, left_on="wijk", right_on="code", validate="many_to_one")
    rented = 1 - held["dwelling_ownership"].fillna(50) / 100
    customers = held["huishoudens"] * rented * (5 + held["pct_soc_min"].fillna(10))
    held["customers"] = customers / customers.sum()
    return held


def _picked(random: np.random.Generator, chances: Numbers, levels: tuple[str, ...]) -> list[str]:
    """A level for each row, by the chances in it, which are made to add up to one."""
    edges = np.cumsum(chances, axis=1)
    drawn = random.random(len(edges)) * edges[:, -1]
    return np.array(levels)[(drawn[:, np.newaxis] >= edges).sum(axis=1)].tolist()


def _ages(homes: pd.DataFrame) -> Numbers:
    """Householders: the bands of Statistics Netherlands, divided and made older."""
    middle, old = homes["k_25_44"].to_numpy(float), homes["k_65_oo"].to_numpy(float)
    rest = homes["k_overig_15_24_45_64"].to_numpy(float)
    return np.column_stack(
        [0.1 * rest + 0.45 * middle, 0.12 * rest + 0.55 * middle, 0.45 * rest, 0.6 * old, 0.5 * old]
    )


def _dwellings(homes: pd.DataFrame) -> Numbers:
    """Flats where people live close together, houses where they do not."""
    close = np.clip(homes["dichtheid"].to_numpy(float) / 15_000, 0, 1)
    houses = 1 - close
    return np.column_stack(
        [
            0.05 + 0.35 * houses,
            0.02 + 0.15 * houses,
            0.1 + 0.15 * close,
            0.1 + 0.4 * close,
            np.full(len(close), 0.2),
            np.full(len(close), 0.08),
        ]
    )


def _tenancies(ages: pd.Series) -> Numbers:
    by_age = {
        "18-34": (0.4, 0.35, 0.2, 0.05, 0.0),
        "35-49": (0.15, 0.25, 0.3, 0.25, 0.05),
        "50-64": (0.08, 0.15, 0.22, 0.3, 0.25),
        "65-74": (0.06, 0.1, 0.17, 0.27, 0.4),
        "75+": (0.06, 0.12, 0.15, 0.22, 0.45),
    }
    return np.array([by_age[age] for age in AGE_BANDS])[_codes(ages, AGE_BANDS)]


def _households(homes: pd.DataFrame, ages: pd.Series) -> Numbers:
    children = (homes["hh_met_kinderen"] / homes["huishoudens"]).clip(0.05, 0.7).to_numpy(float)
    share = children * np.array([0.8, 1.6, 0.9, 0.15, 0.05])[_codes(ages, AGE_BANDS)]
    couples = 0.35 * (1 - share)
    return np.column_stack([1 - share - couples, couples, 0.75 * share, 0.25 * share])


def _shared(random: np.random.Generator, made: pd.DataFrame) -> pd.DataFrame:
    """Some dwellings get a second customer, who takes the place of the last ones in the table."""
    may = np.flatnonzero((made["household"] != "1").to_numpy())
    sharing = may[random.random(len(may)) < SHARING]
    alone = len(made) - len(sharing)
    sharing = sharing[sharing < alone]
    second = made.iloc[sharing].copy()
    second["home"] = sharing
    first = made.iloc[: len(made) - len(sharing)].copy()
    first["home"] = np.arange(len(first))
    return pd.concat([first, second], ignore_index=True)


def _sum_of(customers: pd.DataFrame, of: Mapping[str, tuple[float, ...]], spread: float) -> Numbers:
    """The sum of what each characteristic adds, and of a wave over the districts."""
    levels = {
        "age_band": AGE_BANDS,
        "kind": KINDS,
        "dwelling": DWELLINGS,
        "tenancy": TENANCIES,
        "household": HOUSEHOLDS,
    }
    added = np.zeros(len(customers))
    for name, each in of.items():
        added += np.array(each)[_codes(customers[name], levels[name])]
    districts = sorted(set(customers["district"]))
    wave = spread * np.sin(1 + 2 * np.arange(len(districts)))
    return added + wave[_codes(customers["district"], tuple(districts))]


def _codes(column: pd.Series, levels: tuple[str, ...]) -> NDArray[np.int64]:
    return np.asarray(pd.Categorical(column, categories=levels).codes, dtype=np.int64)
