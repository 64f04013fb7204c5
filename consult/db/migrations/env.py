"""How Alembic reaches the database: the address is handed in, the schema is the code's."""

from alembic import context

from consult.db.session import make_engine
from consult.schema import metadata

engine = make_engine(context.config.attributes["url"])
with engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=metadata(),
        render_as_batch=connection.dialect.name == "sqlite",
        compare_server_default=True,
    )
    with context.begin_transaction():
        context.run_migrations()
engine.dispose()
