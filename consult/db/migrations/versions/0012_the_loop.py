"""the loop: subjects, dossiers, followers and the outbox.

Revision ID: 0012
Revises: 0011
"""

import sqlalchemy as sa
from alembic import op


revision = '0012'
down_revision = '0011'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('council_dossier_entry',
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('kind', sa.String(length=20), nullable=False),
    sa.Column('step', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('due', sa.Date(), nullable=True),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.Column('way', sa.String(length=20), nullable=True),
    sa.Column('outcome', sa.String(length=20), nullable=True),
    sa.Column('noted_at', sa.DateTime(), nullable=False),
    sa.Column('corrects', sa.Integer(), nullable=True),
    sa.PrimaryKeyConstraint('consultation_id', 'number', name=op.f('pk_council_dossier_entry'))
    )
    op.create_table('council_theme',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('year', sa.Integer(), nullable=False),
    sa.Column('title', sa.String(length=200), nullable=False),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_theme'))
    )
    op.create_table('follower',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follower')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_follower_consultation_id'), 'follower', ['consultation_id'], unique=False)
    op.create_table('mailing',
    sa.Column('id', sa.String(length=80), nullable=False),
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('texts', sa.JSON(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_mailing'))
    )
    op.create_index(op.f('ix_mailing_consultation_id'), 'mailing', ['consultation_id'], unique=False)
    op.create_table('council_working_group',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=200), nullable=False),
    sa.Column('theme_id', sa.String(length=26), nullable=True),
    sa.Column('contact', sa.String(length=200), nullable=False),
    sa.Column('members', sa.JSON(), nullable=False),
    sa.Column('closed', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['theme_id'], ['council_theme.id'], name=op.f('fk_council_working_group_theme_id_council_theme')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_working_group'))
    )
    op.create_table('mail',
    sa.Column('mailing_id', sa.String(length=80), nullable=False),
    sa.Column('recipient', sa.String(length=64), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('tries', sa.Integer(), nullable=False),
    sa.Column('due_at', sa.DateTime(), nullable=True),
    sa.Column('lease', sa.String(length=26), nullable=True),
    sa.Column('leased_until', sa.DateTime(), nullable=True),
    sa.Column('reply', sa.Integer(), nullable=True),
    sa.CheckConstraint("state in ('waiting','sent','undelivered')", name=op.f('ck_mail_state')),
    sa.ForeignKeyConstraint(['mailing_id'], ['mailing.id'], name=op.f('fk_mail_mailing_id_mailing')),
    sa.PrimaryKeyConstraint('mailing_id', 'recipient', name=op.f('pk_mail')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_mail_due_at'), 'mail', ['due_at'], unique=False)
    op.create_table('consultation_subject',
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('topics', sa.JSON(), nullable=False),
    sa.Column('organiser', sa.String(length=20), nullable=False),
    sa.Column('form', sa.String(length=20), nullable=False),
    sa.Column('own_initiative', sa.Boolean(), nullable=False),
    sa.Column('theme_id', sa.String(length=26), nullable=True),
    sa.Column('group_id', sa.String(length=26), nullable=True),
    sa.ForeignKeyConstraint(['group_id'], ['council_working_group.id'], name=op.f('fk_consultation_subject_group_id_council_working_group')),
    sa.ForeignKeyConstraint(['theme_id'], ['council_theme.id'], name=op.f('fk_consultation_subject_theme_id_council_theme')),
    sa.PrimaryKeyConstraint('consultation_id', name=op.f('pk_consultation_subject'))
    )
