"""Versions of policies and articles get numbers, kinds and sources; unanswered questions; proposals of articles."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NUMBER = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the columns, number what is kept in the order in which it was imported, and create the tables."""
    with op.batch_alter_table("policies") as table:
        table.add_column(sa.Column("kind", sa.String(length=16), nullable=False, server_default="policy"))
        table.add_column(sa.Column("number", sa.Integer(), nullable=False, server_default="1"))
        table.add_column(sa.Column("source", sa.String(length=1024), nullable=False, server_default=""))
    _number_versions()
    op.create_table(
        "knowledge_gaps",
        sa.Column("number", _NUMBER, autoincrement=True, nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.Column("first_at", _TIME, nullable=False),
        sa.Column("last_at", _TIME, nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("article", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_knowledge_gaps")),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_knowledge_gaps_language_last_at", "knowledge_gaps", ["language", "last_at"])
    op.create_table(
        "article_proposals",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("ticket_id", sa.String(length=32)),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("status", sa.String(length=16), nullable=False),
        sa.Column("made_at", _TIME, nullable=False),
        sa.Column("decided_at", _TIME),
        sa.Column("decided_by", sa.String(length=64), nullable=False),
        sa.Column("article", sa.String(length=128), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_article_proposals")),
        sa.ForeignKeyConstraint(
            ["ticket_id"], ["tickets.id"], ondelete="SET NULL", name=op.f("fk_article_proposals_ticket_id_tickets")
        ),
    )
    op.create_index(op.f("ix_article_proposals_ticket_id"), "article_proposals", ["ticket_id"])
    op.create_index("ix_article_proposals_status_made_at", "article_proposals", ["status", "made_at"])


def _number_versions() -> None:
    policies = sa.table(
        "policies",
        sa.column("policy", sa.String),
        sa.column("language", sa.String),
        sa.column("version", sa.String),
        sa.column("imported_at", _TIME),
        sa.column("number", sa.Integer),
    )
    connection, counts = op.get_bind(), dict[tuple[str, str], int]()
    order = (policies.c.policy, policies.c.language, policies.c.imported_at)
    for row in connection.execute(sa.select(policies).order_by(*order)).all():
        key = (row.policy, row.language)
        counts[key] = counts.get(key, 0) + 1
        same = (policies.c.policy == row.policy, policies.c.language == row.language)
        which = sa.update(policies).where(*same, policies.c.version == row.version)
        connection.execute(which.values(number=counts[key]))


def downgrade() -> None:
    """Drop the tables and the columns."""
    op.drop_table("article_proposals")
    op.drop_table("knowledge_gaps")
    with op.batch_alter_table("policies") as table:
        for name in ("source", "number", "kind"):
            table.drop_column(name)
