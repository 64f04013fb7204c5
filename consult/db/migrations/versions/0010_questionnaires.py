"""Texts in several languages, sections, modes and strata of consultations.

One way. A consultation that was decided to open but is not published yet holds answers under the
old numbering of options; it has to be finished before this migration.
"""

import json
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = '0010'
down_revision = '0009'
branch_labels = None
depends_on = None


def upgrade() -> None:
    bind = op.get_bind()
    under_way = bind.scalar(sa.text('SELECT count(*) FROM consultation WHERE opened_at IS NOT NULL AND published_at IS NULL'))
    if under_way:
        raise RuntimeError(f'{under_way} consultation(s) under way: close, open and publish them first, then migrate')
    with op.batch_alter_table('consultation') as table:
        table.add_column(sa.Column('mode', sa.String(length=20), nullable=False, server_default='confidential'))
        table.add_column(sa.Column('languages', sa.Text(), nullable=False, server_default='nl'))
        table.add_column(sa.Column('strata', sa.Text(), nullable=False, server_default=''))
        table.add_column(sa.Column('groups', sa.Text(), nullable=False, server_default=''))
        table.add_column(sa.Column('expected_response', sa.Integer(), nullable=False, server_default='10'))
    with op.batch_alter_table('consultation') as table:
        for name in ('mode', 'languages', 'strata', 'groups', 'expected_response'):
            table.alter_column(name, server_default=None)
    meta = sa.MetaData()
    meta.reflect(bind, only=('consultation',))
    kept = meta.tables['consultation']
    for row in bind.execute(sa.select(kept)).all():
        texts = {name: _words(getattr(row, name)) for name in ('title', 'intro', 'heard', 'will_do')}
        bind.execute(sa.update(kept).where(kept.c.id == row.id).values(questions=_questions(row.questions), **texts))


def downgrade() -> None:
    raise RuntimeError('This migration goes one way')


def _words(text: str) -> str:
    return json.dumps(_said(text), ensure_ascii=False)


def _said(text: str) -> dict[str, str]:
    return {'nl': text} if text else {}


def _questions(text: str) -> str:
    questions = [_question(old) for old in json.loads(text)]
    data = {'format': 'consult-questionnaire/1', 'sections': [{'id': 's1', 'questions': questions}] if questions else []}
    return json.dumps(data, ensure_ascii=False, indent=1) + '\n'


def _question(old: dict[str, Any]) -> dict[str, Any]:
    new = {**old, 'text': _said(old['text']), 'help': _said(old['help'])}
    if 'options' in old:
        new['options'] = [{'code': f'o{n}', 'text': _said(label)} for n, label in enumerate(old['options'], 1)]
    for end in ('low', 'high'):
        if end in old:
            new[end] = _said(old[end])
    return new
