"""The tables of a crawl: what is known about sources, addresses and documents, and what is still to be done.

What came lies in the archive and never changes; the database names file and offset of each record there.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from pipeline.schema import BIG, TIME, schema

homes = Table(  # one row, where the database does not lie in the folder of its workspace
    "workspace",
    schema,
    Column("id", String(32), primary_key=True),  # which stands in the archive too
)

runs = Table(
    "run",
    schema,
    Column("id", Integer, primary_key=True),
    Column("started", TIME, nullable=False),
    Column("ended", TIME),
    Column("state", String(16), nullable=False),  # running, ended, stopped
    Column("version", String(32), nullable=False),  # of fazhi
    Column("options", JSON, nullable=False),
)

sources = Table(
    "source",
    schema,
    Column("id", String(80), primary_key=True),  # as in sources.toml
    Column("name", Text, nullable=False),
    Column("entry", Text, nullable=False, server_default=text("''")),
    Column("place", String(16), nullable=False, server_default=text("''")),  # GB/T 2260 code
    # Its name and those above it, parted by blanks.
    Column("place_name", Text, nullable=False, server_default=text("''")),
    Column("level", String(16), nullable=False, server_default=text("''")),
    Column("family", String(32), nullable=False, default=""),  # as found last time
    Column("sign", Text, nullable=False, default=""),  # what told it
    Column("outcome", String(32), nullable=False, default=""),
    Column("details", JSON, nullable=False, default=list),  # each outcome that asks for a look, with where and why
    Column("run_id", Integer, ForeignKey("run.id")),  # the last that ended for it
    Column("checked", TIME),
    Column("good_at", TIME),  # when it last ended in a good state
    Column("full_at", TIME),  # when all its pages were last read
    Column("passes", Integer, nullable=False, default=0),  # since then
    Column("rows", Integer, nullable=False, default=0),  # of its lists at that time
    Column("documents", Integer, nullable=False, default=0),
)

hosts = Table(
    "host",
    schema,
    Column("name", String(255), primary_key=True),  # without www.
    Column("origin", String(255), nullable=False, default=""),  # scheme and host that answer, once known
    Column("robots", Text),
    Column("robots_status", Integer),
    Column("robots_at", TIME),
    Column("asked_at", TIME),  # the end of the last request
    Column("week", String(8), nullable=False, default=""),  # 2026-W47
    Column("requests", Integer, nullable=False, default=0),  # of that week
    Column("refusals", Integer, nullable=False, default=0),  # runs in a row that ended with a challenge
    Column("resting_until", TIME),
)

archives = Table(
    "archive",
    schema,
    Column("file", String(80), primary_key=True),
    Column("end", BIG, nullable=False),  # bytes that belong to ended transactions; what is behind is of no account
)

snapshots = Table(
    "snapshot",
    schema,
    Column("id", Integer, primary_key=True),
    Column("key", Text, nullable=False, index=True),
    Column("url", Text, nullable=False),
    Column("fetched", TIME, nullable=False),
    Column("status", Integer, nullable=False),
    Column("media", Text, nullable=False, default=""),
    Column("sha256", String(64), nullable=False),  # of the content, content-encoding undone
    Column("payload", String(64), nullable=False, index=True),  # sha256 of the bytes on the wire
    Column("size", BIG, nullable=False),
    Column("file", String(80), nullable=False),
    Column("offset", BIG, nullable=False),  # of the record that holds the bytes
)

addresses = Table(
    "address",
    schema,
    Column("key", Text, primary_key=True),
    Column("url", Text, nullable=False),
    Column("etag", Text, nullable=False, default=""),
    Column("last_modified", Text, nullable=False, default=""),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id")),  # the last good one
    Column("target", Text, nullable=False, default=""),  # of a redirect
    Column("rows", Integer),  # of a list, last time
    Column("outcome", String(32), nullable=False, default=""),
    Column("run_id", Integer, ForeignKey("run.id")),  # that asked last
    Column("checked", TIME),
)

rows = Table(
    "row",
    schema,
    Column("id", Integer, primary_key=True),
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("list_url", Text, nullable=False),
    Column("column", Text, nullable=False, default=""),
    Column("list_title", Text, nullable=False),  # as the list has it
    Column("title", Text, nullable=False),  # whole, once its article was read
    Column("published", Date),
    Column("number", Text, nullable=False, default=""),
    Column("publisher", Text, nullable=False, default=""),
    Column("index_number", Text, nullable=False, default=""),
    Column("files", JSON, nullable=False, default=list),
    Column("verdict", String(16), nullable=False),  # kept, doubtful, dropped
    Column("score", Float, nullable=False),
    Column("words", JSON, nullable=False),
    Column("outcome", String(32), nullable=False, default=""),  # of its article; "" until it was asked for
    Column("first_run", Integer, nullable=False),
    Column("last_run", Integer, nullable=False),  # that saw it on a list
    UniqueConstraint("source_id", "key"),
)

documents = Table(
    "document",
    schema,
    Column("id", String(16), primary_key=True),  # of its text and the bytes of its files
    Column("title", Text, nullable=False),
    Column("first_run", Integer, nullable=False),
    Column("first_seen", TIME, nullable=False),
)

places = Table(
    "place",
    schema,
    Column("id", Integer, primary_key=True),
    Column("document_id", String(16), ForeignKey("document.id"), nullable=False, index=True),
    Column("key", Text, nullable=False, index=True),  # of the page
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("row_id", Integer, ForeignKey("row.id")),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id"), nullable=False),
    Column("state", String(16), nullable=False),  # current, unlisted, replaced, withdrawn
    Column("first_seen", TIME, nullable=False),
    Column("last_seen", TIME, nullable=False),
    Column("told_file", String(80), nullable=False, default=""),  # where the archive tells of it; "" where it must anew
    Column("told_offset", BIG),
    UniqueConstraint("document_id", "key", "source_id"),
)

parts = Table(
    "part",
    schema,
    Column("id", Integer, primary_key=True),
    Column("place_id", Integer, ForeignKey("place.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("role", String(16), nullable=False),  # further page, attachment, picture
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("name", Text, nullable=False, default=""),  # the text of the link
    Column("outcome", String(32), nullable=False),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id")),
)

steps = Table(
    "step",
    schema,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("host", String(255), nullable=False),
    Column("kind", String(16), nullable=False),  # list, article, file
    Column("slot", Text, nullable=False),  # what there is one of in a run: source, kind, article of a file, key
    Column("key", Text, nullable=False),
    Column("url", Text, nullable=False),
    Column("method", String(8), nullable=False, default="GET"),
    Column("form", JSON, nullable=False, default=list),
    Column("family", String(32), nullable=False, default=""),
    Column("memo", JSON, nullable=False, default=dict),
    Column("referer", Text, nullable=False, default=""),
    Column("about", JSON, nullable=False, default=dict),  # what a kind of step needs besides
    Column("parent_id", Integer, ForeignKey("step.id")),  # of a file: the article's step
    Column("rank", Integer, nullable=False),  # the lower, the sooner
    Column("state", String(16), nullable=False),  # waiting, parked (its source was not chosen), held, done
    Column("seen", JSON, nullable=False, default=list),  # outcomes of the attempts
    Column("not_before", TIME),
    Column("outcome", String(32), nullable=False, default=""),
    Column("detail", Text, nullable=False, default=""),
    Column("snapshot_id", Integer, ForeignKey("snapshot.id")),
    UniqueConstraint("run_id", "slot"),
    Index("ix_step_work", "run_id", "host", "state"),
    Index("ix_step_parent", "parent_id"),
)

sightings = Table(
    "sighting",
    schema,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False),
    Column("chain", String(16), nullable=False),  # pages of one list
    Column("page", Integer, nullable=False),
    Column("key", Text, nullable=False),
    Index("ix_sighting_chain", "run_id", "chain"),
)

troubles = Table(
    "trouble",
    schema,
    Column("id", Integer, primary_key=True),
    Column("run_id", Integer, ForeignKey("run.id"), nullable=False, index=True),
    Column("source_id", String(80), ForeignKey("source.id"), nullable=False),
    Column("at", TIME, nullable=False),
    Column("outcome", String(32), nullable=False),
    Column("url", Text, nullable=False),
    Column("detail", Text, nullable=False),
    Column("is_passing", Boolean, nullable=False),  # tried again
)

# In an order in which each comes behind those that it refers to.
TABLES = (
    runs,
    sources,
    hosts,
    archives,
    snapshots,
    addresses,
    rows,
    documents,
    places,
    parts,
    steps,
    sightings,
    troubles,
)
