"""What is rented, by the codes and names of VERA: which things are no dwelling, and kinds of home.

VERA is the data standard of Dutch housing corporations; these are the detail kinds of
``eenheiddetailsoort`` as Woonstad Rotterdam publishes them (woonstadrotterdam/woningwaardering,
commit 4b129f9, MIT). Left out are the shop with a home (WWI) and care homes, for people live
there. A type that is not listed counts as a dwelling: landlords have names of their own for homes,
so of those a word in the name tells what kind of home it is.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from consult.register.core.base import Dwelling

SPACES: Final = frozenset(
    {
        "ant",
        "antenne-opstelplaats",
        "ber",
        "berging",
        "bou",
        "bouwkavel",
        "epk",
        "erfpachtkavel",
        "fie",
        "fietsparkeerplaats/stalling",
        "gar",
        "garage",
        "lig",
        "ligplaats",
        "pam",
        "parkeerplaats motor",
        "pao",
        "parkeerplaats overdekt",
        "par",
        "parkeerplaats auto",
        "rec",
        "recreatiewoning",
        "sco",
        "scootmobielplek",
        "vol",
        "volkstuin",
    }
)
"""Parking, storage, plots and holiday homes."""

WORKPLACES: Final = frozenset(
    {
        "ate",
        "atelierruimte",
        "bas",
        "basisschool",
        "bib",
        "bibliotheek",
        "bij",
        "bijeenkomstruimte",
        "bre",
        "brede school",
        "buu",
        "buurthuis",
        "cjg",
        "centrum voor jeugd en gezin",
        "cul",
        "cultuur ruimte",
        "dag",
        "dagbestedingsruimte",
        "gem",
        "gemeenschapscentrum",
        "hor",
        "horeca",
        "hos",
        "hospice",
        "jon",
        "jongerencentrum",
        "kan",
        "kantoorruimte",
        "kin",
        "kinderopvanglocatie",
        "kti",
        "kantoorruimte van toegelaten instelling",
        "maa",
        "maatschappelijk werkruimte wijk-/buurtgericht",
        "mul",
        "multifunctionele centrum",
        "mwr",
        "maatschappelijk werkruimte niet-wijk- of buurtgericht",
        "opv",
        "opvangcentrum",
        "pra",
        "praktijkruimte",
        "rez",
        "recreatiezaal",
        "sch",
        "schoolgebouw",
        "stp",
        "steunpunt",
        "vei",
        "veiligheidshuis",
        "wel",
        "welzijnswerkruimte wijk-/buurtgericht",
        "wer",
        "centrum voor werk",
        "wij",
        "wijksportvoorziening",
        "wir",
        "winkelruimte",
        "wwr",
        "welzijnswerkruimte niet-wijk- of buurtgericht",
        "zst",
        "zorgsteunpunt",
    }
)
"""Business premises and social buildings."""

_HOMES: Final[Mapping[Dwelling, frozenset[str]]] = {
    Dwelling.HOUSE: frozenset(
        {
            "ein",
            "eindwoning",
            "gtw",
            "geschakelde twee-onder-een-kapwoning",
            "gwo",
            "geschakelde woning",
            "hal",
            "half vrijstaande woning",
            "her",
            "herenhuis",
            "hoe",
            "hoekwoning",
            "kng",
            "kangoeroewoning",
            "tus",
            "tussenwoning",
            "twe",
            "twee-onder-een-kapwoning",
            "vri",
            "vrijstaande woning",
        }
    ),
    Dwelling.DUPLEX: frozenset(
        {"ben", "benedenwoning", "bov", "bovenwoning", "mai", "maisonette", "maisonnette"}
    ),
    Dwelling.FLAT: frozenset(
        {
            "cor",
            "corridorflat",
            "gal",
            "galerijflat",
            "pof",
            "portiekflat",
            "pow",
            "portiekwoning",
        }
    ),
    Dwelling.SENIOR: frozenset(
        {
            "lgi",
            "lichamelijk beperkten instelling",
            "lvg",
            "lichamelijk en geestelijk beperkten instelling",
            "pzi",
            "psychische zorginstelling",
            "vgi",
            "verstandelijk gehandicapten instelling",
            "vpl",
            "verpleeghuis",
            "vzo",
            "verzorgingshuis",
            "zie",
            "ziekenhuis",
        }
    ),
    Dwelling.ROOM: frozenset({"kam", "kamer"}),
    Dwelling.SPECIAL: frozenset(
        {
            "prw",
            "praktijkwoning",
            "tij",
            "tijdelijke woning",
            "tin",
            "tiny house",
            "wat",
            "waterwoning",
            "wob",
            "woonboot",
            "wow",
            "woonwagen",
            "wwi",
            "woon-/winkelpand",
            "wwp",
            "woonwagenstandplaats",
        }
    ),
    Dwelling.NONE: SPACES | WORKPLACES,
}
"""Homes by how people live there; care homes go with homes for the old."""

_WORDS: Final = (
    ("senior", Dwelling.SENIOR),
    ("aanleun", Dwelling.SENIOR),
    ("zorg", Dwelling.SENIOR),
    ("eengezins", Dwelling.HOUSE),
    ("rijtjes", Dwelling.HOUSE),
    ("hoekwoning", Dwelling.HOUSE),
    ("tussenwoning", Dwelling.HOUSE),
    ("vrijstaand", Dwelling.HOUSE),
    ("twee-onder-een-kap", Dwelling.HOUSE),
    ("benedenwoning", Dwelling.DUPLEX),
    ("bovenwoning", Dwelling.DUPLEX),
    ("maisonn", Dwelling.DUPLEX),
    ("maisonette", Dwelling.DUPLEX),
    ("flat", Dwelling.FLAT),
    ("appartement", Dwelling.FLAT),
    ("portiek", Dwelling.FLAT),
    ("galerij", Dwelling.FLAT),
    ("studio", Dwelling.FLAT),
    ("studentenkamer", Dwelling.ROOM),
    ("onzelfstandig", Dwelling.ROOM),
)
"""In names that VERA does not have; the first word that occurs decides ("seniorenflat")."""


@lru_cache(maxsize=1024)
def dwelling(named: str) -> Dwelling:
    """Which group of homes a type is in, by its code or name."""
    plain = named.strip().casefold()
    for group, names in _HOMES.items():
        if plain in names:
            return group
    return next((group for word, group in _WORDS if word in plain), Dwelling.UNKNOWN)
