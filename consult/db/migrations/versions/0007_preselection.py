"""preselection.

Revision ID: 0007
Revises: 0006
"""

import sqlalchemy as sa
from alembic import op


revision = '0007'
down_revision = '0006'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('preselection',
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('wanted', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_preselection_election_id_election')),
    sa.PrimaryKeyConstraint('election_id', name=op.f('pk_preselection'))
    )
    op.create_table('assessor',
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('joined_at', sa.DateTime(), nullable=True),
    sa.Column('left', sa.String(length=20), nullable=True),
    sa.Column('handed_in_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_assessor_election_id_election')),
    sa.PrimaryKeyConstraint('election_id', 'account_id', name=op.f('pk_assessor'))
    )
    op.create_table('assessment',
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('application_id', sa.String(length=26), nullable=False),
    sa.Column('conflict', sa.Text(), nullable=False),
    sa.Column('scores', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_assessment_election_id_election')),
    sa.PrimaryKeyConstraint('election_id', 'account_id', 'application_id', name=op.f('pk_assessment'))
    )
    op.create_table('verdict',
    sa.Column('application_id', sa.String(length=26), nullable=False),
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('admitted', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('against', sa.Text(), nullable=False),
    sa.Column('proposer', sa.String(length=26), nullable=False),
    sa.Column('approver', sa.String(length=26), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_verdict_election_id_election')),
    sa.PrimaryKeyConstraint('application_id', name=op.f('pk_verdict'))
    )
    op.create_index(op.f('ix_verdict_election_id'), 'verdict', ['election_id'], unique=False)
    op.create_table('verdict_review',
    sa.Column('application_id', sa.String(length=26), nullable=False),
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('asked_at', sa.DateTime(), nullable=False),
    sa.Column('reasons', sa.Text(), nullable=False),
    sa.Column('admits', sa.Boolean(), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('proposer', sa.String(length=26), nullable=False),
    sa.Column('approver', sa.String(length=26), nullable=True),
    sa.Column('decided_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_verdict_review_election_id_election')),
    sa.PrimaryKeyConstraint('application_id', name=op.f('pk_verdict_review'))
    )
    op.create_index(op.f('ix_verdict_review_election_id'), 'verdict_review', ['election_id'], unique=False)
