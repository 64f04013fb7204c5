"""Drafts of answers, and helpers who enter for somebody else."""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

OLD = "role IN ('secretary','member','chair','selection','facilitator','registrar','observer')"
NEW = "role IN ('secretary','member','chair','selection','facilitator','registrar','observer','helper')"


def upgrade() -> None:
    op.create_table('draft',
    sa.Column('slot', sa.String(length=64), nullable=False),
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('body', sa.LargeBinary(), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_draft_consultation_id_consultation')),
    sa.PrimaryKeyConstraint('slot', name=op.f('pk_draft')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_draft_consultation_id'), 'draft', ['consultation_id'], unique=False)
    op.create_table('helped',
    sa.Column('slot', sa.String(length=64), nullable=False),
    sa.Column('consultation_id', sa.String(length=26), nullable=False),
    sa.Column('channel', sa.String(length=10), nullable=False),
    sa.Column('entered_by', sa.String(length=26), nullable=False),
    sa.ForeignKeyConstraint(['consultation_id'], ['consultation.id'], name=op.f('fk_helped_consultation_id_consultation')),
    sa.ForeignKeyConstraint(['entered_by'], ['staff_account.id'], name=op.f('fk_helped_entered_by_staff_account')),
    sa.PrimaryKeyConstraint('slot', name=op.f('pk_helped')),
    sqlite_with_rowid=False
    )
    op.create_index(op.f('ix_helped_consultation_id'), 'helped', ['consultation_id'], unique=False)
    _allow_helpers()


def _allow_helpers() -> None:
    """A wider check, on SQLite in place: 0006 says why."""
    connection = op.get_bind()
    if connection.dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_staff_role_role'), 'staff_role', type_='check')
        op.create_check_constraint(op.f('ck_staff_role_role'), 'staff_role', NEW)
        return
    version = connection.exec_driver_sql('PRAGMA schema_version').scalar_one()
    connection.exec_driver_sql('PRAGMA writable_schema=ON')
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'staff_role'",
        (OLD, NEW),
    )
    connection.exec_driver_sql(f'PRAGMA schema_version={version + 1}')
    connection.exec_driver_sql('PRAGMA writable_schema=OFF')


def downgrade() -> None:
    raise RuntimeError('This migration goes one way')
