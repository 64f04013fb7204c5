"""nominations extended.

Revision ID: nominations_extended
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op


revision = 'nominations_extended'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column('election', sa.Column('extend_to', sa.DateTime(), nullable=True))
