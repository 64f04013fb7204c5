"""All SQL of reports: the boundaries of neighbourhoods."""

import json
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from consult.reports.core.geography import Boundaries
from consult.reports.tables import BoundaryMapRow


def keep_boundaries(session: Session, now: datetime, boundaries: Boundaries) -> None:
    """Keep these boundaries in place of those that there were."""
    session.execute(delete(BoundaryMapRow))
    session.execute(
        insert(BoundaryMapRow).values(
            id=1,
            attribution=boundaries.attribution,
            loaded_at=now,
            areas=json.dumps(boundaries.areas, ensure_ascii=False, separators=(",", ":")),
        )
    )


def boundaries(session: Session) -> Boundaries | None:
    """The boundaries that maps are drawn with; ``None`` before any were loaded."""
    found = session.scalar(select(BoundaryMapRow))
    if found is None:
        return None
    areas = {
        name: tuple(tuple((x, y) for x, y in ring) for ring in rings)
        for name, rings in json.loads(found.areas).items()
    }
    return Boundaries(found.attribution, areas)


def boundaries_loaded_at(session: Session) -> datetime | None:
    """When they were loaded."""
    return session.scalar(select(BoundaryMapRow.loaded_at))
