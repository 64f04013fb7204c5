"""rules of the board as dated data, and by which electorate a roll was drawn.

Revision ID: 0003
Revises: 0002
"""

import sqlalchemy as sa
from alembic import op


revision = '0003'
down_revision = '0002'
branch_labels = None
depends_on = None


def upgrade() -> None:
    every = '["entrepreneur", "owner", "tenant"]'
    kinds = sa.Column('kinds', sa.JSON(), server_default=every, nullable=False)
    op.add_column('roll', kinds)
    op.create_table('council_co_optation',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('tenant', sa.Boolean(), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('end', sa.Date(), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint('"end" > start', name=op.f('ck_council_co_optation_period')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_co_optation'))
    )
    op.create_table('council_agreement',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('end', sa.Date(), nullable=True),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('handed_in_by', sa.String(length=26), nullable=False),
    sa.Column('handed_in_at', sa.DateTime(), nullable=False),
    sa.Column('adopted_at', sa.DateTime(), nullable=True),
    sa.Column('dropped_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('adopted_at IS NULL OR dropped_at IS NULL', name=op.f('ck_council_agreement_decided')),
    sa.CheckConstraint('"end" > start', name=op.f('ck_council_agreement_period')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_agreement'))
    )
