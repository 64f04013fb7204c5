"""Versions of questionnaires: what stands in a draft becomes its first."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = '0014'
down_revision = '0013'
branch_labels = None
depends_on = None


def upgrade() -> None:
    table = op.create_table(
        'questionnaire_version',
        sa.Column('consultation_id', sa.String(length=26), nullable=False),
        sa.Column('number', sa.Integer(), autoincrement=False, nullable=False),
        sa.Column('body', sa.Text(), nullable=False),
        sa.Column('saved_at', sa.DateTime(), nullable=False),
        sa.Column('saved_by', sa.String(length=26), nullable=False),
        sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_questionnaire_version_consultation_id_consultation')),
        sa.PrimaryKeyConstraint('consultation_id', 'number', name=op.f('pk_questionnaire_version')),
    )
    bind = op.get_bind()
    kept = sa.table('consultation', sa.column('id'), sa.column('questions'))
    now = datetime.now(UTC).replace(tzinfo=None)
    for row in bind.execute(sa.select(kept.c.id, kept.c.questions)).all():
        bind.execute(sa.insert(table).values(consultation_id=row.id, number=1, body=row.questions, saved_at=now, saved_by='system'))


def downgrade() -> None:
    op.drop_table('questionnaire_version')
