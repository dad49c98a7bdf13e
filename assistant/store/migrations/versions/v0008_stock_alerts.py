"""Who wants to hear when a product is in stock again."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "stock_alerts",
        sa.Column("person", sa.String(length=160), nullable=False),
        sa.Column("product_id", sa.String(length=255), nullable=False),
        sa.Column("variant_id", sa.String(length=255), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("told_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("person", "product_id", "variant_id", name=op.f("pk_stock_alerts")),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("stock_alerts")
