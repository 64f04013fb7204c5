"""Where to go in the demo, and how to come in there."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pyotp

from consult.actor import Role
from consult.clock import AMSTERDAM
from consult.demo import cast
from consult.demo.files import REGISTER
from consult.demo.state import Open, State


def addresses(state: State, directory: Path, base_url: str, now: datetime) -> Iterator[str]:
    """Everything that somebody needs to try the demo, line by line."""
    yield "STEMMEN ALS KLANT"
    yield from _open(state.election, base_url, now)
    yield ""
    yield "MEEDOEN AAN EEN RAADPLEGING"
    yield from _open(state.consultation, base_url, now)
    yield ""
    yield "KANDIDAAT WORDEN"
    yield from _open(state.call, base_url, now)
    yield ""
    if any(one.is_over(now) for one in (state.election, state.consultation, state.call)):
        yield f"Wilt u weer meedoen? Gooi {directory} weg en start de demo nog een keer."
        yield ""
    yield "VOOR IEDEREEN"
    yield f"  Voorpagina            {base_url}/"
    yield f"  Bestuur van vandaag   {base_url}/bestuur"
    yield f"  Uitslag verkiezing    {base_url}/uitslagen/verkiezing-{state.finished.lower()}"
    yield f"  Uitslag raadpleging   {base_url}/uitslagen/{state.published}"
    for slug in state.reports:
        yield f"  Wie deden mee?        {base_url}/uitslagen/{slug}"
    yield f"  Alle stembiljetten    {base_url}/stemmen/{state.finished}/archief.bel"
    yield f"  Om na te rekenen      {base_url}/verkiezing/{state.finished}/bundel.zip"
    yield ""
    yield "VOOR DE RAAD EN DE VERHUURDER"
    yield f"  Inloggen    {base_url}/inloggen"
    yield f"  Wachtwoord  {state.password}   (voor iedereen)"
    yield f"  Code        .venv/bin/consult demo --codes --dir {directory}"
    for one in state.staff:
        yield f"  {one.email:26}{one.totp}  {cast.TASKS[Role(one.role)]}"
    yield "  Een code geldt een halve minuut. Een app voor codes kan ook: geef die het geheim."
    yield f"  Het klantenbestand staat in {REGISTER}; u kunt het nog een keer inlezen."
    yield ""
    yield "VOOR DE SLEUTELHOUDERS VAN DE VERKIEZING DIE OPEN IS"
    for name, path in state.rooms.items():
        yield f"  {name:34}{base_url}{path}"
    yield "  Hun sleutels staan in de bestanden sleutel-verkiezing-….json"


def codes(state: State, now: datetime) -> Iterator[str]:
    """The one-time codes that are good now."""
    for one in state.staff:
        code = pyotp.TOTP(one.totp).at(now)
        yield f"  {one.email:26}{code[:3]} {code[3:]}"


def _open(one: Open, base_url: str, now: datetime) -> Iterator[str]:
    end = datetime.fromisoformat(one.closes_at).astimezone(AMSTERDAM)
    if one.is_over(now):
        yield f"  “{one.title}” is gesloten sinds {end:%d-%m-%Y %H:%M}."
        return
    yield f"  “{one.title}”, open tot {end:%d-%m-%Y %H:%M}"
    for code in one.codes:
        yield f"  {base_url}{one.path}#code={code}"
