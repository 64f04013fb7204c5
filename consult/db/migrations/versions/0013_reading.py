"""reading open answers.

Revision ID: 0013
Revises: 0012
"""

import sqlalchemy as sa
from alembic import op


revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('reading_text',
    sa.Column('id', sa.String(length=26), nullable=False),
    *_asked(),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.String(length=20), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_reading_text_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reading_text')),
    sqlite_with_rowid=False
    )
    op.create_table('reading_frame',
    *_asked(),
    sa.Column('topics', sa.Text(), nullable=False),
    sa.Column('frozen', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_reading_frame_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', 'question_id', name=op.f('pk_reading_frame'))
    )
    op.create_table('reading_coder',
    *_asked(),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('handed_in', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_reading_coder_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', 'question_id', 'account_id', name=op.f('pk_reading_coder'))
    )
    op.create_table('reading_mark',
    sa.Column('text_id', sa.String(length=26), nullable=False),
    sa.Column('coder', sa.String(length=26), nullable=False),
    *_asked(),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_reading_mark_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('text_id', 'coder', name=op.f('pk_reading_mark')),
    sqlite_with_rowid=False
    )
    op.create_table('reading_quote',
    sa.Column('text_id', sa.String(length=26), nullable=False),
    *_asked(),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_reading_quote_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('text_id', name=op.f('pk_reading_quote')),
    sqlite_with_rowid=False
    )
    for table in ('reading_text', 'reading_mark', 'reading_quote'):
        op.create_index(op.f(f'ix_{table}_consultation_id_question_id'), table, ['consultation_id', 'question_id'], unique=False)


def _asked() -> tuple[sa.Column[str], sa.Column[str]]:
    return (
        sa.Column('consultation_id', sa.String(length=26), nullable=False),
        sa.Column('question_id', sa.String(length=40), nullable=False),
    )


def downgrade() -> None:
    raise RuntimeError('This migration goes one way')
