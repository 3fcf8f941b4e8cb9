"""The tables of what we made of the evidence: versions, records, comparisons, events, digests, deliveries.

Keys of pages are at most as long as any database indexes; longer ones become what they are called from now on.
"""

from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

LONGEST_KEY, READABLE = 1000, 900  # bytes
KEYED = ("address", "part", "place", "row", "sighting", "snapshot", "step")


def upgrade() -> None:
    """Make the tables, and name the place of each source."""
    op.create_table(
        "workspace",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_workspace")),
    )
    op.create_table(
        "derivation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", sa.String(length=32), nullable=False),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("observed", sa.String(length=32), nullable=True),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_derivation")),
    )
    op.create_table(
        "job",
        sa.Column("name", sa.String(length=32), nullable=False),
        sa.Column("due", sa.String(length=32), nullable=True),
        sa.Column("started", sa.String(length=32), nullable=True),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("code", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_job")),
    )
    op.create_table(
        "publication",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.Column("to_compare", sa.String(length=8), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_publication")),
    )
    op.create_table(
        "text",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_text")),
    )
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("publication_id", sa.String(length=16), nullable=False),
        sa.Column("record", sa.String(length=16), nullable=False),
        sa.Column("field", sa.String(length=32), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("about", sa.JSON(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undone", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_correction_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_correction_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "coverage",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reference", sa.String(length=16), nullable=False),
        sa.Column("item", sa.String(length=16), nullable=False),
        sa.Column("doc_id", sa.String(length=16), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("nearest", sa.JSON(), nullable=False),
        sa.Column("remarks", sa.JSON(), nullable=False),
        sa.Column("why", sa.JSON(), nullable=False),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("since_id", sa.Integer(), nullable=False),
        sa.Column("until_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["since_id"], ["derivation.id"], name=op.f("fk_coverage_since_id")),
        sa.ForeignKeyConstraint(["until_id"], ["derivation.id"], name=op.f("fk_coverage_until_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_coverage")),
    )
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_coverage_doc_id"), ["doc_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_coverage_reference"), ["reference"], unique=False)
        batch_op.create_index("ix_coverage_validity", ["status", "until_id", "since_id"], unique=False)

    op.create_table(
        "digest",
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("cut_id", sa.Integer(), nullable=True),
        sa.Column("built", sa.String(length=32), nullable=False),
        sa.Column("version", sa.String(length=32), nullable=False),
        sa.Column("outputs", sa.JSON(), nullable=False),
        sa.Column("handed", sa.String(length=32), nullable=True),
        sa.ForeignKeyConstraint(["cut_id"], ["derivation.id"], name=op.f("fk_digest_cut_id")),
        sa.PrimaryKeyConstraint("week", name=op.f("pk_digest")),
    )
    op.create_table(
        "source_state",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("outcome", sa.String(length=32), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("good_at", sa.String(length=32), nullable=True),
        sa.Column("since_id", sa.Integer(), nullable=False),
        sa.Column("until_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["since_id"], ["derivation.id"], name=op.f("fk_source_state_since_id")),
        sa.ForeignKeyConstraint(["until_id"], ["derivation.id"], name=op.f("fk_source_state_until_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_source_state")),
    )
    with op.batch_alter_table("source_state", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_source_state_source_id"), ["source_id"], unique=False)

    op.create_table(
        "standing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(length=16), nullable=False),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("is_live", sa.Boolean(), nullable=False),
        sa.Column("first_seen", sa.String(length=32), nullable=False),
        sa.Column("last_seen", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_standing_publication_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_standing")),
        sa.UniqueConstraint("source_id", "key", name=op.f("uq_standing_source_id_key")),
    )
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_standing_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "tracking",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("target", sa.String(length=16), nullable=True),
        sa.Column("result", sa.String(length=16), nullable=True),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("plan", sa.String(length=16), nullable=True),
        sa.Column("report", sa.String(length=16), nullable=True),
        sa.Column("score", sa.Float(), nullable=True),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("since_id", sa.Integer(), nullable=False),
        sa.Column("until_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["since_id"], ["derivation.id"], name=op.f("fk_tracking_since_id")),
        sa.ForeignKeyConstraint(["until_id"], ["derivation.id"], name=op.f("fk_tracking_until_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking")),
    )
    with op.batch_alter_table("tracking", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_tracking_place"), ["place"], unique=False)
        batch_op.create_index("ix_tracking_validity", ["status", "until_id", "since_id"], unique=False)

    op.create_table(
        "version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(length=16), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(length=8), nullable=False),
        sa.Column("fingerprint", sa.String(length=64), nullable=False),
        sa.Column("held", sa.JSON(), nullable=False),
        sa.Column("fetched", sa.String(length=32), nullable=False),
        sa.Column("rules", sa.String(length=64), nullable=False),
        sa.Column("checked", sa.String(length=64), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("since_id", sa.Integer(), nullable=False),
        sa.Column("until_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_version_publication_id")),
        sa.ForeignKeyConstraint(["since_id"], ["derivation.id"], name=op.f("fk_version_since_id")),
        sa.ForeignKeyConstraint(["until_id"], ["derivation.id"], name=op.f("fk_version_until_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_version")),
        sa.UniqueConstraint("publication_id", "number", name=op.f("uq_version_publication_id_number")),
    )
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_version_publication_id"), ["publication_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_version_text_sha256"), ["text_sha256"], unique=False)
        batch_op.create_index("ix_version_validity", ["until_id", "since_id"], unique=False)

    op.create_table(
        "delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("reader", sa.String(length=80), nullable=False),
        sa.Column("channel", sa.String(length=16), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("payload", sa.LargeBinary(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("doubtful", sa.Integer(), nullable=False),
        sa.Column("begun", sa.String(length=32), nullable=True),
        sa.Column("ended", sa.String(length=32), nullable=True),
        sa.Column("not_before", sa.String(length=32), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["week"], ["digest.week"], name=op.f("fk_delivery_week")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_delivery")),
        sa.UniqueConstraint("week", "reader", "channel", "target", name=op.f("uq_delivery_week_reader_channel_target")),
    )
    op.create_table(
        "event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("at", sa.String(length=32), nullable=False),
        sa.Column("week", sa.String(length=8), nullable=False),
        sa.Column("derivation_id", sa.Integer(), nullable=False),
        sa.Column("publication_id", sa.String(length=16), nullable=True),
        sa.Column("source_id", sa.String(length=80), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("before_id", sa.Integer(), nullable=True),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("digest_week", sa.String(length=8), nullable=True),
        sa.ForeignKeyConstraint(["before_id"], ["version.id"], name=op.f("fk_event_before_id")),
        sa.ForeignKeyConstraint(["derivation_id"], ["derivation.id"], name=op.f("fk_event_derivation_id")),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name=op.f("fk_event_publication_id")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_event_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event")),
    )
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_event_digest_week"), ["digest_week"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_kind"), ["kind"], unique=False)
        batch_op.create_index(batch_op.f("ix_event_publication_id"), ["publication_id"], unique=False)

    op.create_table(
        "paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("doc_id", sa.String(length=16), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("jurisdiction", sa.Text(), nullable=True),
        sa.Column("jurisdiction_code", sa.String(length=16), nullable=True),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("issuer", sa.Text(), nullable=True),
        sa.Column("doc_number", sa.Text(), nullable=True),
        sa.Column("index_number", sa.Text(), nullable=True),
        sa.Column("written", sa.Date(), nullable=True),
        sa.Column("issued", sa.Date(), nullable=True),
        sa.Column("published", sa.Date(), nullable=True),
        sa.Column("fetched", sa.Date(), nullable=True),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.Column("quality", sa.Float(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=True),
        sa.Column("cuts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["text_sha256"], ["text.sha256"], name=op.f("fk_paper_text_sha256")),
        sa.ForeignKeyConstraint(["version_id"], ["version.id"], name=op.f("fk_paper_version_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper")),
    )
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_paper_doc_id"), ["doc_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_jurisdiction_code"), ["jurisdiction_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_paper_version_id"), ["version_id"], unique=False)

    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("commitment_id", sa.String(length=16), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("value_start", sa.Integer(), nullable=False),
        sa.Column("value_end", sa.Integer(), nullable=False),
        sa.Column("value_text", sa.Text(), nullable=False),
        sa.Column("type", sa.String(length=16), nullable=False),
        sa.Column("stance", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("indicators", sa.JSON(), nullable=False),
        sa.Column("indicator_score", sa.Float(), nullable=True),
        sa.Column("comparator", sa.String(length=16), nullable=True),
        sa.Column("bound", sa.String(length=16), nullable=True),
        sa.Column("value", sa.Float(), nullable=True),
        sa.Column("value_max", sa.Float(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("period", sa.String(length=16), nullable=True),
        sa.Column("every", sa.Integer(), nullable=True),
        sa.Column("begins", sa.Date(), nullable=True),
        sa.Column("deadline", sa.Date(), nullable=True),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("lead", sa.JSON(), nullable=False),
        sa.Column("support", sa.JSON(), nullable=False),
        sa.Column("lead_ids", sa.JSON(), nullable=False),
        sa.Column("support_ids", sa.JSON(), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_commitment_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_commitment")),
    )
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_commitment_commitment_id"), ["commitment_id"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_deadline"), ["deadline"], unique=False)
        batch_op.create_index(batch_op.f("ix_commitment_paper_id"), ["paper_id"], unique=False)

    op.create_table(
        "section",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("paper_id", sa.Integer(), nullable=False),
        sa.Column("section_id", sa.String(length=16), nullable=False),
        sa.Column("parent_id", sa.String(length=16), nullable=True),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("heading", sa.Integer(), nullable=True),
        sa.Column("heading_score", sa.Float(), nullable=True),
        sa.Column("heading_runner_up", sa.Integer(), nullable=True),
        sa.Column("items", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["paper_id"], ["paper.id"], name=op.f("fk_section_paper_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_section")),
    )
    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_section_paper_id"), ["paper_id"], unique=False)

    with op.batch_alter_table("source") as batch_op:
        batch_op.add_column(sa.Column("entry", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("place", sa.String(length=16), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("place_name", sa.Text(), nullable=False, server_default=""))
        batch_op.add_column(sa.Column("level", sa.String(length=16), nullable=False, server_default=""))
    _shorten_keys(op.get_bind())


def _shorten_keys(connection: sa.Connection) -> None:
    for name in KEYED:
        key = sa.column("key", sa.Text())
        table = sa.table(name, key)
        long = sa.select(key).where(sa.func.length(key) > READABLE).distinct()
        for old in connection.execute(long).scalars().all():
            if (new := _shortened(old)) != old:
                connection.execute(sa.update(table).where(key == old).values(key=new))
    number, slot = sa.column("id", sa.Integer()), sa.column("slot", sa.Text())
    steps = sa.table("step", number, slot)
    for row in connection.execute(sa.select(number, slot).where(sa.func.length(slot) > READABLE)).all():
        about, key = row.slot.rsplit(" ", 1)
        connection.execute(sa.update(steps).where(number == row.id).values(slot=f"{about} {_shortened(key)}"))


def _shortened(key: str) -> str:
    """Return a key as it is called now; what tells of a form stays behind it."""
    page, mark, form = key.partition("#")
    told = page.encode(errors="surrogatepass")
    if len(told) > LONGEST_KEY:
        page = f"{told[:READABLE].decode(errors='ignore')}~{sha256(told).hexdigest()}"
    return page + mark + form


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("source", schema=None) as batch_op:
        batch_op.drop_column("level")
        batch_op.drop_column("place_name")
        batch_op.drop_column("place")
        batch_op.drop_column("entry")

    with op.batch_alter_table("section", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_section_paper_id"))

    op.drop_table("section")
    with op.batch_alter_table("commitment", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_commitment_paper_id"))
        batch_op.drop_index(batch_op.f("ix_commitment_deadline"))
        batch_op.drop_index(batch_op.f("ix_commitment_commitment_id"))

    op.drop_table("commitment")
    with op.batch_alter_table("paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_paper_version_id"))
        batch_op.drop_index(batch_op.f("ix_paper_jurisdiction_code"))
        batch_op.drop_index(batch_op.f("ix_paper_doc_id"))

    op.drop_table("paper")
    with op.batch_alter_table("event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_event_publication_id"))
        batch_op.drop_index(batch_op.f("ix_event_digest_week"))
        batch_op.drop_index(batch_op.f("ix_event_kind"))

    op.drop_table("event")
    op.drop_table("delivery")
    with op.batch_alter_table("version", schema=None) as batch_op:
        batch_op.drop_index("ix_version_validity")
        batch_op.drop_index(batch_op.f("ix_version_text_sha256"))
        batch_op.drop_index(batch_op.f("ix_version_publication_id"))

    op.drop_table("version")
    with op.batch_alter_table("tracking", schema=None) as batch_op:
        batch_op.drop_index("ix_tracking_validity")
        batch_op.drop_index(batch_op.f("ix_tracking_place"))

    op.drop_table("tracking")
    with op.batch_alter_table("standing", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_standing_publication_id"))

    op.drop_table("standing")
    with op.batch_alter_table("source_state", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_source_state_source_id"))

    op.drop_table("source_state")
    op.drop_table("digest")
    with op.batch_alter_table("coverage", schema=None) as batch_op:
        batch_op.drop_index("ix_coverage_validity")
        batch_op.drop_index(batch_op.f("ix_coverage_reference"))
        batch_op.drop_index(batch_op.f("ix_coverage_doc_id"))

    op.drop_table("coverage")
    with op.batch_alter_table("correction", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_correction_publication_id"))

    op.drop_table("correction")
    op.drop_table("text")
    op.drop_table("publication")
    op.drop_table("job")
    op.drop_table("derivation")
    op.drop_table("workspace")
