"""What the tables of a workspace have in common: where they are registered, how they are named, and their types."""

from sqlalchemy import BigInteger, Integer, MetaData, String

schema = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

# Times are ISO 8601 in UTC, with the precision of a microsecond: they sort as text, in SQLite as in PostgreSQL.
TIME = String(32)
BIG = BigInteger().with_variant(Integer, "sqlite")
ID = String(16)  # of `records.content_id`
DIGEST = String(64)  # sha256 in hexadecimal
WEEK = String(8)  # 2026-W47, of China Standard Time
CAUSE = String(8)  # source, rules
