"""Rows of reports: the one map that they draw. All other numbers are those of other parts."""

from datetime import datetime

from sqlalchemy import CheckConstraint, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from consult.db.types import Base, UtcDateTime


class BoundaryMapRow(Base):
    """Boundaries of neighbourhoods, as JSON: name → rings → points. There is one row, or none."""

    __tablename__ = "boundary_map"
    __table_args__ = (CheckConstraint("id = 1", name="one"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    attribution: Mapped[str] = mapped_column(String(120))
    loaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    areas: Mapped[str] = mapped_column(Text)
