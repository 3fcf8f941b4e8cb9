"""The tables of what we made of the evidence: documents in versions, records, comparisons, events, digests, deliveries.

A row of these is never changed once a digest may have told of it. What is replaced keeps its place: it is valid from
the derivation that made it (`since_id`) until the one that replaced it (`until_id`), so that a digest of any week is
built again from what was known then.
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
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from pipeline.schema import CAUSE, DIGEST, ID, TIME, WEEK, schema

derivations = Table(
    "derivation",
    schema,
    Column("id", Integer, primary_key=True),
    Column("started", TIME, nullable=False),
    Column("ended", TIME),
    Column("state", String(16), nullable=False),  # running, ended
    Column("version", String(32), nullable=False),  # of fazhi
    Column("rules", DIGEST, nullable=False),  # of rules and models together
    Column("observed", TIME),  # the newest thing that it took in: the start of a crawl, the day of an import
    Column("counts", JSON, nullable=False),
)

publications = Table(
    "publication",
    schema,
    Column("id", ID, primary_key=True),  # of the address where it was first seen
    Column("title", Text, nullable=False),  # of its current version; as its list had it where there is none
    Column("state", String(16), nullable=False),  # standing, withdrawn
    Column("reason", String(16), nullable=False, default=""),  # of withdrawn: gone, unlisted, redirected, removed
    Column("problem", Text, nullable=False, default=""),  # why its newest bytes are no document; the last good stays
    Column("first_seen", TIME, nullable=False),
    Column("last_seen", TIME, nullable=False),
    Column(
        "to_compare", CAUSE, nullable=False, default=""
    ),  # why its comparisons are out of date; "" where they are not
)

standings = Table(
    "standing",
    schema,
    Column("id", Integer, primary_key=True),
    Column("publication_id", ID, ForeignKey("publication.id"), nullable=False, index=True),
    Column("source_id", String(80), nullable=False),  # "" for what was imported
    Column("key", Text, nullable=False),  # of the page; of what was imported its address, and the member of an archive
    Column("url", Text, nullable=False),
    Column("fingerprint", DIGEST, nullable=False),  # of the bytes last seen there, parts among them
    Column("is_live", Boolean, nullable=False),
    Column("first_seen", TIME, nullable=False),
    Column("last_seen", TIME, nullable=False),
    UniqueConstraint("source_id", "key"),
)

versions = Table(
    "version",
    schema,
    Column("id", Integer, primary_key=True),
    Column("publication_id", ID, ForeignKey("publication.id"), nullable=False, index=True),
    Column("number", Integer, nullable=False),  # from 1
    Column("cause", CAUSE, nullable=False),
    Column("fingerprint", DIGEST, nullable=False),  # of the bytes that it was made of
    Column("held", JSON, nullable=False),  # where these lie in the archive, and what their list said
    Column("fetched", TIME, nullable=False),
    Column("rules", DIGEST, nullable=False),  # that made it
    Column("checked", DIGEST, nullable=False),  # the last ones that were seen to make the same
    Column("text_sha256", DIGEST, nullable=False, index=True),  # of the texts of its papers together
    Column("since_id", Integer, ForeignKey("derivation.id"), nullable=False),
    Column("until_id", Integer, ForeignKey("derivation.id")),
    UniqueConstraint("publication_id", "number"),
    Index("ix_version_validity", "until_id", "since_id"),
)

texts = Table(
    "text",
    schema,
    Column("sha256", DIGEST, primary_key=True),
    Column("text", Text, nullable=False),
)

papers = Table(  # the documents of a version: one, or as many as an archive has members
    "paper",
    schema,
    Column("id", Integer, primary_key=True),
    Column("version_id", Integer, ForeignKey("version.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("doc_id", ID, nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("text_sha256", DIGEST, ForeignKey("text.sha256"), nullable=False),
    Column("title", Text),
    Column("kind", String(16), nullable=False),
    Column("year", Integer),
    Column("jurisdiction", Text),
    Column("jurisdiction_code", String(16), index=True),
    Column("level", String(16), nullable=False),
    Column("body", Text),
    Column("issuer", Text),
    Column("doc_number", Text),
    Column("index_number", Text),
    Column("written", Date),
    Column("issued", Date),
    Column("published", Date),
    Column("fetched", Date),
    Column("sources", JSON, nullable=False),
    Column("notes", JSON, nullable=False),
    Column("quality", Float, nullable=False),
    Column("url", Text),
    Column("sha256", DIGEST, nullable=False),
    Column("snapshot", Text),
    Column("cuts", JSON, nullable=False),
)

sections = Table(
    "section",
    schema,
    Column("id", Integer, primary_key=True),
    Column("paper_id", Integer, ForeignKey("paper.id"), nullable=False, index=True),
    Column("section_id", ID, nullable=False),
    Column("parent_id", ID),
    Column("number", Text, nullable=False),
    Column("level", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("heading", Integer),
    Column("heading_score", Float),
    Column("heading_runner_up", Integer),
    Column("items", JSON, nullable=False),
)

commitments = Table(
    "commitment",
    schema,
    Column("id", Integer, primary_key=True),
    Column("paper_id", Integer, ForeignKey("paper.id"), nullable=False, index=True),
    Column("commitment_id", ID, nullable=False, index=True),
    Column("section_id", ID, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Text, nullable=False),
    Column("value_start", Integer, nullable=False),
    Column("value_end", Integer, nullable=False),
    Column("value_text", Text, nullable=False),
    Column("type", String(16), nullable=False),
    Column("stance", String(16), nullable=False),
    Column("subject", Text),
    Column("indicators", JSON, nullable=False),
    Column("indicator_score", Float),
    Column("comparator", String(16)),
    Column("bound", String(16)),
    Column("value", Float),
    Column("value_max", Float),
    Column("unit", Text),
    Column("period", String(16)),
    Column("every", Integer),
    Column("begins", Date),
    Column("deadline", Date, index=True),
    Column("reference", Text),
    Column("lead", JSON, nullable=False),
    Column("support", JSON, nullable=False),
    Column("lead_ids", JSON, nullable=False),
    Column("support_ids", JSON, nullable=False),
    Column("heading", Integer),
    Column("confidence", Float, nullable=False),
    Column("rule", Text, nullable=False),
)

coverages = Table(
    "coverage",
    schema,
    Column("id", Integer, primary_key=True),
    Column("reference", ID, nullable=False, index=True),  # outline, or the doc_id of a plan
    Column("item", ID, nullable=False),
    Column("doc_id", ID, nullable=False, index=True),
    Column("status", String(16), nullable=False),
    Column("score", Float, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("nearest", JSON, nullable=False),
    Column("remarks", JSON, nullable=False),
    Column("why", JSON, nullable=False),
    Column("cause", CAUSE, nullable=False),
    Column("since_id", Integer, ForeignKey("derivation.id"), nullable=False),
    Column("until_id", Integer, ForeignKey("derivation.id")),
    Index("ix_coverage_validity", "status", "until_id", "since_id"),
)

trackings = Table(
    "tracking",
    schema,
    Column("id", Integer, primary_key=True),
    Column("place", Text, nullable=False, index=True),  # whose plans and reports were held against one another
    Column("target", ID),
    Column("result", ID),
    Column("status", String(16), nullable=False),
    Column("why", Text, nullable=False),
    Column("plan", ID),
    Column("report", ID),
    Column("score", Float),
    Column("cause", CAUSE, nullable=False),
    Column("since_id", Integer, ForeignKey("derivation.id"), nullable=False),
    Column("until_id", Integer, ForeignKey("derivation.id")),
    Index("ix_tracking_validity", "status", "until_id", "since_id"),
)

source_states = Table(
    "source_state",
    schema,
    Column("id", Integer, primary_key=True),
    Column("source_id", String(80), nullable=False, index=True),
    Column("outcome", String(32), nullable=False),
    Column("details", JSON, nullable=False),  # as of the crawl that first ended so
    Column("at", TIME, nullable=False),  # of that crawl
    Column("good_at", TIME),  # when it last ended in a good state before
    Column("since_id", Integer, ForeignKey("derivation.id"), nullable=False),
    Column("until_id", Integer, ForeignKey("derivation.id")),
)

events = Table(
    "event",
    schema,
    Column("id", Integer, primary_key=True),
    Column("kind", String(16), nullable=False, index=True),  # records.EventKind
    Column("at", TIME, nullable=False),  # when it was seen: the time of the fetch, or the end of the crawl
    Column("week", WEEK, nullable=False),  # of that moment
    Column("derivation_id", Integer, ForeignKey("derivation.id"), nullable=False),
    Column("publication_id", ID, ForeignKey("publication.id"), index=True),
    Column("source_id", String(80), nullable=False, default=""),
    Column("version_id", Integer, ForeignKey("version.id")),  # after
    Column("before_id", Integer, ForeignKey("version.id")),
    Column("data", JSON, nullable=False),  # by kind, see `workspace.events`
    Column("digest_week", WEEK, index=True),  # the digest that tells of it; None until there is one
)

corrections = Table(
    "correction",
    schema,
    Column("id", Integer, primary_key=True),
    Column("at", TIME, nullable=False),
    Column("by", Text, nullable=False),
    Column("publication_id", ID, ForeignKey("publication.id"), nullable=False, index=True),
    Column("record", String(16), nullable=False),  # document, section, commitment
    Column("field", String(32), nullable=False),
    Column("value", JSON),
    Column(
        "about", JSON, nullable=False
    ),  # what it was made about: doc_id, record id, offsets, words, and their context
    Column("why", Text, nullable=False, default=""),
    Column("undone", TIME),
)

digests = Table(
    "digest",
    schema,
    Column("week", WEEK, primary_key=True),
    Column("cut_id", Integer, ForeignKey("derivation.id")),  # what was known; None where nothing was yet
    Column("built", TIME, nullable=False),
    Column("version", String(32), nullable=False),  # of fazhi
    Column("outputs", JSON, nullable=False),  # sha256 by reader and file
    Column("handed", TIME),  # when its deliveries were written down, be there none; None where nobody delivers
)

deliveries = Table(
    "delivery",
    schema,
    Column("id", Integer, primary_key=True),
    Column("week", WEEK, ForeignKey("digest.week"), nullable=False),
    Column("reader", String(80), nullable=False),
    Column("channel", String(16), nullable=False),  # folder, atom, mail, webhook
    Column("target", Text, nullable=False),  # path, address or name; never a secret
    Column("message_id", Text, nullable=False),
    Column("payload", LargeBinary),  # what is sent, until it is
    Column("sha256", DIGEST, nullable=False),  # of that
    Column("state", String(16), nullable=False),  # waiting, sending, sent, failed
    Column("attempts", Integer, nullable=False, default=0),
    Column("doubtful", Integer, nullable=False, default=0),  # times that it was sent again since nobody knew
    Column("begun", TIME),
    Column("ended", TIME),
    Column("not_before", TIME),
    Column("note", Text, nullable=False, default=""),  # why it failed
    UniqueConstraint("week", "reader", "channel", "target"),
)

jobs = Table(  # of `fazhi watch`
    "job",
    schema,
    Column("name", String(32), primary_key=True),
    Column("due", TIME),  # the last time that was taken up
    Column("started", TIME),
    Column("ended", TIME),
    Column("code", Integer),  # the exit code
    Column("note", Text, nullable=False, default=""),
)
