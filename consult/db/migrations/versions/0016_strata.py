"""Dwelling, tenancy and household on rolls; turnout of elections sealed.

Of rolls that were drawn before nothing of the three is known. Turnout that stands in clear is
sealed by the next run of the jobs, which have the key; this has not.

Revision ID: 0016
Revises: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = '0016'
down_revision = '0015'
branch_labels = None
depends_on = None

TRAITS = ('dwelling', 'tenancy', 'household')


def upgrade() -> None:
    for name in TRAITS:
        op.add_column('roll_entry', sa.Column(name, sa.String(length=20), server_default='unknown', nullable=False))
    op.create_table('sealed_turnout',
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('participants', sa.Integer(), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_sealed_turnout_election_id_election')),
    sa.PrimaryKeyConstraint('election_id', name=op.f('pk_sealed_turnout'))
    )


def downgrade() -> None:
    bind = op.get_bind()
    known = ' OR '.join(f"{name} <> 'unknown'" for name in TRAITS)
    if bind.execute(sa.text(f'SELECT 1 FROM roll_entry WHERE {known} LIMIT 1')).first():
        raise RuntimeError('Rolls that were drawn since would lose what their fingerprint is of')
    if bind.execute(sa.text('SELECT 1 FROM sealed_turnout LIMIT 1')).first():
        raise RuntimeError('Turnout that was sealed since would be lost')
    op.drop_table('sealed_turnout')
    for name in TRAITS:
        op.drop_column('roll_entry', name)
