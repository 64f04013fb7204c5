"""official record: computed lots and signatures.

Revision ID: 0004
Revises: 0003
"""

import sqlalchemy as sa
from alembic import op


revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Elections that are there already keep the one way that there was: a public draw.
    with op.batch_alter_table('election', schema=None) as batch_op:
        batch_op.add_column(
            sa.Column('ties', sa.String(length=20), nullable=False, server_default='public_draw')
        )
        batch_op.add_column(
            sa.Column('beacon', sa.String(length=300), nullable=False, server_default='')
        )
        batch_op.add_column(sa.Column('lot_until', sa.DateTime(), nullable=True))
    with op.batch_alter_table('trustee', schema=None) as batch_op:
        batch_op.add_column(sa.Column('lot', sa.String(length=64), nullable=True))
        batch_op.add_column(sa.Column('reveal', sa.String(length=64), nullable=True))
    op.create_table('election_signature',
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('record', sa.String(length=64), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('role', sa.String(length=20), nullable=False),
    sa.Column('signed_at', sa.DateTime(), nullable=False),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_election_signature_election_id_election')),
    sa.PrimaryKeyConstraint('election_id', 'account_id', 'record', name=op.f('pk_election_signature'))
    )


def downgrade() -> None:
    op.drop_table('election_signature')
    with op.batch_alter_table('trustee', schema=None) as batch_op:
        batch_op.drop_column('reveal')
        batch_op.drop_column('lot')
    with op.batch_alter_table('election', schema=None) as batch_op:
        batch_op.drop_column('lot_until')
        batch_op.drop_column('beacon')
        batch_op.drop_column('ties')
