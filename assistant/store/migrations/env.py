"""How alembic reaches the database: through the connection that `store.database` hands over, in its transaction."""

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    version_table="regulars_version",
    # SQLite can undo a table's creation, so a migration that is killed leaves nothing half made.
    transactional_ddl=True,
)
context.run_migrations()
