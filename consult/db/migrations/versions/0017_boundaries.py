"""The boundaries that the map of neighbourhoods is drawn with.

Revision ID: 0017
Revises: 0016
"""

import sqlalchemy as sa
from alembic import op

revision = '0017'
down_revision = '0016'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('boundary_map',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('attribution', sa.String(length=120), nullable=False),
    sa.Column('loaded_at', sa.DateTime(), nullable=False),
    sa.Column('areas', sa.Text(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_boundary_map_one')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_boundary_map'))
    )


def downgrade() -> None:
    op.drop_table('boundary_map')
