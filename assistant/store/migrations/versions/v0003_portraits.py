"""What shoppers said of their own taste, and the lines of their portrait that they hid or deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Create the tables."""
    for name, columns in (
        (
            "portrait_statements",
            (sa.Column("wanted", sa.Boolean(), nullable=False), sa.Column("said", sa.Text(), nullable=False)),
        ),
        ("portrait_marks", (sa.Column("mark", sa.String(length=16), nullable=False),)),
    ):
        op.create_table(
            name,
            sa.Column("person", sa.String(length=160), nullable=False),
            sa.Column("key", sa.String(length=64), nullable=False),
            sa.Column("value", sa.String(length=200), nullable=False),
            *columns,
            sa.Column("at", sa.DateTime(timezone=True), nullable=False),
            sa.PrimaryKeyConstraint("person", "key", "value", name=op.f(f"pk_{name}")),
        )


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("portrait_marks")
    op.drop_table("portrait_statements")
