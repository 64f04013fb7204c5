"""Two key holders, steps of the closing, envelopes without slots, answers that stand apart.

One way. It follows on 0010, which lets no consultation through that is under way: of those that
are published, what still joins people to the time of answering is taken out by the next run of the
jobs, as after any closing.

Revision ID: 0011
Revises: 0010
"""

import sqlalchemy as sa
from alembic import op

revision = '0011'
down_revision = '0010'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    op.create_table('key_holder',
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('account_id', sa.String(length=26), nullable=False),
    sa.Column('public_key', sa.LargeBinary(), nullable=False),
    sa.Column('made_at', sa.DateTime(), nullable=False),
    sa.Column('proved_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_key_holder_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', 'account_id', name=op.f('pk_key_holder'))
    )
    op.create_table('closing_step',
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('step', sa.String(length=10), nullable=False),
    sa.Column('done_at', sa.DateTime(), nullable=False),
    sa.CheckConstraint("step in ('frozen','shuffled','cut','opened','clean')", name=op.f('ck_closing_step_step')),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_closing_step_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', 'step', name=op.f('pk_closing_step'))
    )
    op.create_table('tally',
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('name', sa.String(length=20), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_tally_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('consultation_id', 'name', name=op.f('pk_tally'))
    )
    op.create_table('shuffled_envelope',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_shuffled_envelope_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_shuffled_envelope')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_shuffled_envelope_consultation_id'), 'shuffled_envelope', ['consultation_id'], unique=False)
    op.create_table('opened_part',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_opened_part')),
    sqlite_with_rowid=False
    )
    op.create_table('apart_answer',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('question_id', sa.String(length=40), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_apart_answer_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_apart_answer')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_apart_answer_consultation_id_question_id'), 'apart_answer', ['consultation_id', 'question_id'], unique=False)
    for step, moment in (('frozen', 'closed_at'), ('opened', 'unsealed_at')):
        bind.execute(sa.text(f"INSERT INTO closing_step (consultation_id, step, done_at) SELECT id, '{step}', {moment} FROM consultation WHERE {moment} IS NOT NULL"))
    with op.batch_alter_table('consultation') as table:
        table.add_column(sa.Column('recipients', sa.LargeBinary(), nullable=True))
        table.drop_column('public_key')
        table.drop_column('key_proved_at')


def downgrade() -> None:
    raise RuntimeError('This migration goes one way')
