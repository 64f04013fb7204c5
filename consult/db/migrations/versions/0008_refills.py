"""refills, and totals by question.

Revision ID: 0008
Revises: 0007
"""

from typing import Any

import sqlalchemy as sa
from alembic import op


revision = '0008'
down_revision = '0007'
branch_labels = None
depends_on = None

ELECTION = sa.table('election', sa.column('id', sa.String), sa.column('totals', sa.JSON(none_as_null=True)))


def upgrade() -> None:
    op.create_table('election_refill',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('available', sa.JSON(), nullable=False),
    sa.Column('lot', sa.JSON(), nullable=False),
    sa.Column('count_file', sa.LargeBinary(), nullable=True),
    sa.Column('record', sa.LargeBinary(), nullable=True),
    sa.Column('done_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_election_refill_election_id_election')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_election_refill'))
    )
    op.create_index(op.f('ix_election_refill_election_id'), 'election_refill', ['election_id'], unique=False)
    # An election that was counted had one question: its totals become those of that question.
    for row in _counted():
        if row.totals and not isinstance(row.totals[0], list):
            _keep(row.id, [row.totals])


def downgrade() -> None:
    for row in _counted():
        if row.totals and isinstance(row.totals[0], list):
            _keep(row.id, row.totals[-1])
    op.drop_index(op.f('ix_election_refill_election_id'), table_name='election_refill')
    op.drop_table('election_refill')


def _counted() -> list[sa.Row[Any]]:
    chosen = sa.select(ELECTION).where(ELECTION.c.totals.is_not(None))
    return list(op.get_bind().execute(chosen))


def _keep(election_id: str, totals: list[Any]) -> None:
    change = ELECTION.update().where(ELECTION.c.id == election_id)
    op.get_bind().execute(change.values(totals=totals))
