"""living board.

Revision ID: 0009
Revises: 0008
"""

import base64
import secrets
from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op


revision = '0009'
down_revision = '0008'
branch_labels = None
depends_on = None


def upgrade() -> None:
    _make()
    _keep_what_happened(op.get_bind())
    with op.batch_alter_table('council_terms', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_council_terms_mandate_id'))
    op.drop_table('council_terms')
    op.drop_table('council_tenancies')
    op.drop_column('council_mandates', 'ending')


def _make() -> None:
    op.add_column('council_mandates', sa.Column('tenant', sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table('council_member_customers',
    sa.Column('mandate_id', sa.String(length=26), nullable=False),
    sa.Column('customer_number', sa.String(length=40), nullable=False),
    sa.Column('term', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['mandate_id'], ['council_mandates.id'], name=op.f('fk_council_member_customers_mandate_id_council_mandates')),
    sa.PrimaryKeyConstraint('mandate_id', name=op.f('pk_council_member_customers'))
    )
    op.create_table('council_events',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('mandate_id', sa.String(length=26), nullable=False),
    sa.Column('happened', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('office', sa.String(length=20), nullable=True),
    sa.Column('noted_at', sa.DateTime(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.ForeignKeyConstraint(['mandate_id'], ['council_mandates.id'], name=op.f('fk_council_events_mandate_id_council_mandates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_events')),
    sa.UniqueConstraint('number', name=op.f('uq_council_events_number'))
    )
    op.create_index(op.f('ix_council_events_mandate_id'), 'council_events', ['mandate_id'], unique=False)
    op.create_table('council_appointments',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('mandate_id', sa.String(length=26), nullable=False),
    sa.Column('office', sa.String(length=20), nullable=False),
    sa.Column('start', sa.Date(), nullable=False),
    sa.Column('end', sa.Date(), nullable=True),
    sa.Column('acting', sa.Boolean(), nullable=False),
    sa.Column('decided_on', sa.Date(), nullable=True),
    sa.Column('reservations', sa.JSON(), nullable=False),
    sa.Column('withdrawn_at', sa.DateTime(), nullable=True),
    sa.CheckConstraint('"end" >= start', name=op.f('ck_council_appointments_period')),
    sa.ForeignKeyConstraint(['mandate_id'], ['council_mandates.id'], name=op.f('fk_council_appointments_mandate_id_council_mandates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_appointments'))
    )
    op.create_index(op.f('ix_council_appointments_mandate_id'), 'council_appointments', ['mandate_id'], unique=False)
    op.create_table('council_signals',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('mandate_id', sa.String(length=26), nullable=False),
    sa.Column('happened', sa.String(length=20), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('found_at', sa.DateTime(), nullable=False),
    sa.Column('state', sa.String(length=20), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('event_id', sa.String(length=26), nullable=True),
    sa.CheckConstraint("state in ('open','confirmed','rejected','lapsed')", name=op.f('ck_council_signals_state')),
    sa.ForeignKeyConstraint(['mandate_id'], ['council_mandates.id'], name=op.f('fk_council_signals_mandate_id_council_mandates')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_signals'))
    )
    op.create_index(op.f('ix_council_signals_mandate_id'), 'council_signals', ['mandate_id'], unique=False)
    op.create_table('council_looked',
    sa.Column('id', sa.Integer(), autoincrement=False, nullable=False),
    sa.Column('serial', sa.Integer(), nullable=False),
    sa.CheckConstraint('id = 1', name=op.f('ck_council_looked_one_row')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_looked'))
    )
    op.create_table('council_notes',
    sa.Column('id', sa.String(length=26), nullable=False),
    sa.Column('written_at', sa.DateTime(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_council_notes'))
    )
    op.create_index(op.f('ix_council_notes_written_at'), 'council_notes', ['written_at'], unique=False)


def _keep_what_happened(bind: sa.Connection) -> None:
    """Status at seating to the seat; later changes and early ends to events; posts to appointments."""
    meta = sa.MetaData()
    names = ('council_mandates', 'council_tenancies', 'council_terms', 'council_events', 'council_appointments')
    meta.reflect(bind, only=names)
    mandates, tenancies, terms, events, appointments = (meta.tables[name] for name in names)
    seats = {row.id: row for row in bind.execute(sa.select(mandates))}
    happened = []
    for row in bind.execute(sa.select(tenancies).order_by(tenancies.c.since)):
        if row.since == seats[row.mandate_id].start:
            bind.execute(sa.update(mandates).where(mandates.c.id == row.mandate_id).values(tenant=row.tenant))
        else:
            happened.append((row.mandate_id, 'tenant' if row.tenant else 'bought', row.since))
    happened += [(row.id, row.ending, row.end) for row in seats.values() if row.ending]
    moment = datetime.now(UTC).replace(tzinfo=None)
    for number, (mandate_id, what, day) in enumerate(sorted(happened, key=lambda one: one[2]), 1):
        bind.execute(sa.insert(events).values(id=_id(), number=number, mandate_id=mandate_id, happened=what, day=day, noted_at=moment))
    for row in bind.execute(sa.select(terms)):
        bind.execute(sa.insert(appointments).values(id=_id(), mandate_id=row.mandate_id, office=row.office, start=row.start, end=row.end, acting=False, reservations=[]))


def _id() -> str:
    return base64.b32encode(secrets.token_bytes(17))[:26].decode().lower()
