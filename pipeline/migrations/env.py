"""Runs the migrations over the connection that `store.migrate` hands in."""

from alembic import context

from pipeline.store import schema

context.configure(connection=context.config.attributes["connection"], target_metadata=schema, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
