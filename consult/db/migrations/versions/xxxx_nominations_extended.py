"""nominations extended.

Revision ID: nominations_extended
Revises: official_record
"""

import sqlalchemy as sa
from alembic import op


revision = 'nominations_extended'
down_revision = 'official_record'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('election', sa.Column('extend_to', sa.DateTime(), nullable=True))
