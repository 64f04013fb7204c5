"""How Alembic reaches the database: the address is handed in, the schema is the code's."""

from typing import Any, Literal

from alembic import context

from consult.db.session import Database
from consult.db.types import UtcDateTime
from consult.schema import metadata


def render(kind: str, item: Any, _context: Any) -> str | Literal[False]:
    """Migrations stand alone: they name the database's types, not ours, which may change."""
    return "sa.DateTime()" if kind == "type" and isinstance(item, UtcDateTime) else False


database = Database(context.config.attributes["url"])
try:
    with database.write() as session:
        connection = session.connection()
        context.configure(
            connection=connection,
            target_metadata=metadata(),
            render_as_batch=connection.dialect.name == "sqlite",
            render_item=render,
        )
        with context.begin_transaction():
            context.run_migrations()
finally:
    database.dispose()
