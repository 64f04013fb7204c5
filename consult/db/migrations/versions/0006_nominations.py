"""nominations.

Revision ID: 0006
Revises: 0005
"""

import sqlalchemy as sa
from alembic import op


revision = '0006'
down_revision = '0005'
branch_labels = None
depends_on = None

OLD = "purpose in ('consultation','election')"
NEW = "purpose in ('consultation','election','nomination')"


def upgrade() -> None:
    _allow_rolls_for_nominations()
    op.add_column('election', sa.Column('listed_at', sa.DateTime(), nullable=True))
    for column in (
        sa.Column('staff', sa.Boolean(), nullable=True),
        sa.Column('committee', sa.Boolean(), nullable=True),
        sa.Column('on_paper', sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column('begun_at', sa.DateTime(), nullable=True),
        sa.Column('reminder_due', sa.DateTime(), nullable=True),
        sa.Column('reminded_at', sa.DateTime(), nullable=True),
    ):
        op.add_column('application', column)


def _allow_rolls_for_nominations() -> None:
    """A wider check. SQLite cannot alter one, and a table that others refer to cannot be made anew
    inside a transaction; its documentation (lang_altertable, section 7) lets the text of a check be
    changed in place, since no stored byte depends on it."""
    if op.get_bind().dialect.name != 'sqlite':
        op.drop_constraint(op.f('ck_roll_purpose'), 'roll', type_='check')
        op.create_check_constraint(op.f('ck_roll_purpose'), 'roll', NEW)
        return
    connection = op.get_bind()
    version = connection.exec_driver_sql('PRAGMA schema_version').scalar_one()
    connection.exec_driver_sql('PRAGMA writable_schema=ON')
    connection.exec_driver_sql(
        "UPDATE sqlite_master SET sql = replace(sql, ?, ?) WHERE type = 'table' AND name = 'roll'",
        (OLD, NEW),
    )
    connection.exec_driver_sql(f'PRAGMA schema_version={version + 1}')
    connection.exec_driver_sql('PRAGMA writable_schema=OFF')
