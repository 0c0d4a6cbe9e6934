"""Runs the centre's migrations on the connection that ``sync.server.upgrade`` hands over, in its transaction."""

from alembic import context

from sync.server.tables import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
