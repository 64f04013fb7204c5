"""Loading the boundaries that the map of neighbourhoods is drawn with."""

import hashlib
from datetime import datetime

from sqlalchemy.orm import Session

from consult.actor import Actor
from consult.audit.actions import record
from consult.refusal import Refusal
from consult.register.store.margins import neighbourhoods
from consult.reports import store
from consult.reports.core import geojson
from consult.reports.core.geography import Boundaries, matches

LONGEST_ATTRIBUTION = 120


def load_boundaries(
    session: Session, who: Actor, now: datetime, raw: bytes, attribution: str
) -> Boundaries:
    """Draw maps with the boundaries of this file from now on; those that there were go.

    ``attribution``: whom the map has to name as its source.

    Raises:
        Refusal: ``reports.map_attribution``, and as
            :func:`consult.reports.core.geojson.boundaries`.
    """
    source = " ".join(attribution.split())
    if not 0 < len(source) <= LONGEST_ATTRIBUTION or not source.isprintable():
        raise Refusal("reports.map_attribution", most=LONGEST_ATTRIBUTION)
    known = neighbourhoods(session)
    found = geojson.boundaries(raw, source, known)
    store.keep_boundaries(session, now, found)
    record(
        session,
        who,
        now,
        "reports.boundaries_loaded",
        {
            "areas": len(found.areas),
            "matching": len(matches(found, known).both),
            "fingerprint": hashlib.sha256(raw).hexdigest(),
        },
    )
    return found
