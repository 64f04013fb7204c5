"""profile and applications.

Revision ID: 0002
Revises: 0001
"""

import sqlalchemy as sa
from alembic import op


revision = '0002'
down_revision = '0001'
branch_labels = None
depends_on = None


def upgrade() -> None:
    for column in (
        sa.Column('preselection', sa.String(length=20), server_default='none', nullable=False),
        sa.Column('nominate_from', sa.DateTime(), nullable=True),
        sa.Column('nominate_until', sa.DateTime(), nullable=True),
        sa.Column('needs', sa.JSON(), server_default='{}', nullable=False),
        sa.Column('profile_seal', sa.LargeBinary(), nullable=True),
        sa.Column('profile_at', sa.DateTime(), nullable=True),
    ):
        op.add_column('election', column)
    for column in (
        sa.Column('stands_for', sa.JSON(), server_default='["board"]', nullable=False),
        sa.Column('answers', sa.JSON(), server_default='{}', nullable=False),
        sa.Column('application_id', sa.String(length=26), nullable=True),
    ):
        op.add_column('candidate', column)
    op.create_table('application',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('election_id', sa.String(length=26), nullable=False),
    sa.Column('customer_number', sa.String(length=40), nullable=False),
    sa.Column('name', sa.String(length=80), nullable=False),
    sa.Column('statement', sa.Text(), nullable=False),
    sa.Column('answers', sa.JSON(), nullable=False),
    sa.Column('backgrounds', sa.JSON(), nullable=False),
    sa.Column('stands_for', sa.JSON(), nullable=False),
    sa.Column('conflicts', sa.Text(), nullable=False),
    sa.Column('groups', sa.JSON(), nullable=False),
    sa.Column('consented_at', sa.DateTime(), nullable=True),
    sa.Column('submitted_at', sa.DateTime(), nullable=True),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['election_id'], ['election.id'], name=op.f('fk_application_election_id_election')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_application')),
    sa.UniqueConstraint('election_id', 'customer_number', name=op.f('uq_application_election_id_customer_number'))
    )
    op.create_index(op.f('ix_application_election_id'), 'application', ['election_id'], unique=False)
    op.create_table('application_photo',
    sa.Column('application_id', sa.String(length=26), nullable=False),
    sa.Column('jpeg', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['application_id'], ['application.id'], name=op.f('fk_application_photo_application_id_application')),
    sa.PrimaryKeyConstraint('application_id', name=op.f('pk_application_photo'))
    )
