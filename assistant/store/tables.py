"""The tables of everything that is not the catalogue, as SQLAlchemy Core describes them.

The migrations under `store/migrations` create them; a test holds both to the same shape. Knows no principal.
"""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)


class UtcTime(TypeDecorator[datetime]):
    """An aware time, kept in UTC; SQLite keeps no zone, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a time without a zone: nobody could say later which one was meant."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"the time {value!r} has no zone: give it one, as in datetime.now(UTC)")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the time with UTC as its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


customers = Table(
    "customers",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("first_name", Text, nullable=False),
    Column("last_name", Text, nullable=False),
    Column("email", Text, nullable=False, index=True),
    Column("language", String(8), nullable=False),
    Column("joined_at", UtcTime, nullable=False),
    Column("phone", Text, nullable=False),
    Column("address", JSON(none_as_null=True)),
    Column("payment_methods", JSON, nullable=False),
    Column("about", JSON, nullable=False),
    Column("demo", Boolean, nullable=False, index=True),
)

orders = Table(
    "orders",
    metadata,
    Column("number", String(64), primary_key=True),
    Column("customer_id", String(64), ForeignKey("customers.id", ondelete="CASCADE"), nullable=False),
    Column("status", String(32), nullable=False),
    Column("placed_at", UtcTime, nullable=False),
    Column("currency", String(3), nullable=False),
    Column("total_minor", BigInteger, nullable=False),
    Column("shipping_minor", BigInteger, nullable=False),
    Column("tax_minor", BigInteger, nullable=False),
    Column("discount_minor", BigInteger, nullable=False),
    Column("ship_to", JSON(none_as_null=True)),
    Column("payments", JSON, nullable=False),
    Column("shipments", JSON, nullable=False),
    Column("history", JSON, nullable=False),
    Index("ix_orders_customer_id_placed_at", "customer_id", "placed_at"),
)

order_lines = Table(
    "order_lines",
    metadata,
    Column("order_number", String(64), ForeignKey("orders.number", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("product_id", Text, nullable=False, index=True),
    Column("variant_id", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("options", JSON, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("price_minor", BigInteger, nullable=False),
    CheckConstraint("quantity > 0", name="quantity"),
)

order_changes = Table(
    "order_changes",
    metadata,
    # What was asked of an order and done, in the order in which it was.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("order_number", String(64), ForeignKey("orders.number", ondelete="CASCADE"), nullable=False, index=True),
    Column("kind", String(16), nullable=False),
    Column("swaps", JSON, nullable=False),
    Column("method_id", Text, nullable=False),
    Column("difference_minor", BigInteger),
    Column("reason", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

service_sessions = Table(
    "service_sessions",
    metadata,
    # Whom a conversation is about, and the one action in it that waits for a yes.
    Column("session_id", String(128), primary_key=True),
    Column("customer_id", String(64), index=True),
    # How they were identified: signed_in, email, name or order.
    Column("way", String(16)),
    Column("attempts", Integer, nullable=False),
    Column("proposal", JSON(none_as_null=True)),
    Column("updated_at", UtcTime, nullable=False),
)

service_records = Table(
    "service_records",
    metadata,
    # No foreign keys: what was done stays told when an order is imported anew, until the privacy room erases it.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("session_id", String(128), nullable=False, index=True),
    Column("customer_id", String(64), nullable=False, index=True),
    Column("order_number", String(64), index=True),
    Column("actor", String(32), nullable=False),
    Column("tool", String(64), nullable=False),
    Column("arguments", JSON, nullable=False),
    Column("before", JSON, nullable=False),
    Column("after", JSON, nullable=False),
    Column("asked", JSON, nullable=False),
    Column("consent", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

carts = Table(
    "carts",
    metadata,
    Column("id", String(64), primary_key=True),
    # "customer:ID" or "session:ID": a cart is found by whose it is, so no query can reach another's.
    Column("owner", String(160), nullable=False, unique=True),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

cart_lines = Table(
    "cart_lines",
    metadata,
    Column("cart_id", String(64), ForeignKey("carts.id", ondelete="CASCADE"), primary_key=True),
    Column("variant_id", String(255), primary_key=True),
    Column("product_id", Text, nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("added_at", UtcTime, nullable=False),
    Column("titles", JSON, nullable=False),
    CheckConstraint("quantity > 0", name="quantity"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("session_id", String(128), primary_key=True),
    # No foreign key: a conversation outlives its customer's row only until the privacy room erases both.
    Column("customer_id", String(64), index=True),
    Column("data", JSON, nullable=False),
    Column("version", Integer, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
)

turns = Table(
    "turns",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("session_id", String(128), ForeignKey("conversations.session_id", ondelete="CASCADE"), nullable=False),
    Column("position", Integer, nullable=False),
    Column("message", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("parts", JSON, nullable=False),
    Column("trace", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_turns_session_id_position", "session_id", "position", unique=True),
)

feedback = Table(
    "feedback",
    metadata,
    Column("turn_id", String(64), ForeignKey("turns.id", ondelete="CASCADE"), primary_key=True),
    Column("thumb", String(8), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

policies = Table(
    "policies",
    metadata,
    Column("policy", String(128), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("version", String(16), primary_key=True),
    Column("title", Text, nullable=False),
    Column("imported_at", UtcTime, nullable=False),
    Column("current", Boolean, nullable=False),
    Column("kind", String(16), nullable=False, server_default="policy"),
    # As people count versions: 1, 2, 3. Languages that came together share one.
    Column("number", Integer, nullable=False, server_default="1"),
    # Where it was imported from: what vanishes there is withdrawn, and nothing else.
    Column("source", String(1024), nullable=False, server_default=""),
)

policy_paragraphs = Table(
    "policy_paragraphs",
    metadata,
    Column("policy", String(128), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("version", String(16), primary_key=True),
    Column("id", String(255), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("heading", Text, nullable=False),
    Column("text", Text, nullable=False),
    ForeignKeyConstraint(
        ["policy", "language", "version"],
        ["policies.policy", "policies.language", "policies.version"],
        ondelete="CASCADE",
        name="fk_policy_paragraphs_policy",
    ),
)

events = Table(
    "events",
    metadata,
    # The order of arrival: what is trained by night goes on from the last number it has seen.
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("id", String(128), nullable=False, unique=True),
    Column("person", String(160), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("received_at", UtcTime, nullable=False),
    Column("customer_id", String(128)),
    Column("anonymous_id", String(128)),
    Column("items", JSON, nullable=False),
    Column("facts", JSON, nullable=False),
    Index("ix_events_person_at", "person", "at"),
    Index("ix_events_anonymous_id_at", "anonymous_id", "at"),
    sqlite_autoincrement=True,  # a number is never given twice, even where the last event was erased
)

visits = Table(
    "visits",
    metadata,
    Column("person", String(160), primary_key=True),
    Column("started_at", UtcTime, primary_key=True),
    Column("ended_at", UtcTime, nullable=False),
    Column("events", Integer, nullable=False),
)

unrecorded = Table(
    "unrecorded",
    metadata,
    # A person who has switched their history off, and since when.
    Column("person", String(160), primary_key=True),
    Column("since", UtcTime, nullable=False),
)

portrait_statements = Table(
    "portrait_statements",
    metadata,
    # What a person said of their own taste, in the feed's own words; `wanted` is false for what they avoid.
    Column("person", String(160), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("wanted", Boolean, nullable=False),
    Column("said", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
)

portrait_marks = Table(
    "portrait_marks",
    metadata,
    # A line that a person hid ("hidden"), or deleted so that only what they do later may bring it back ("deleted").
    Column("person", String(160), primary_key=True),
    Column("key", String(64), primary_key=True),
    Column("value", String(200), primary_key=True),
    Column("mark", String(16), nullable=False),
    Column("at", UtcTime, nullable=False),
)

forecasts = Table(
    "forecasts",
    metadata,
    # What the last nightly training expects of a customer ("customer", the person), a category, a segment or the shop.
    Column("kind", String(16), primary_key=True),
    Column("subject", String(255), primary_key=True),
    Column("data", JSON, nullable=False),
    Column("made_at", UtcTime, nullable=False),
)

tickets = Table(
    "tickets",
    metadata,
    # A conversation that went to a person, from the chat, from another help desk, or by the API.
    Column("id", String(32), primary_key=True),
    Column("session_id", String(128), index=True),
    Column("customer_id", String(64), index=True),
    Column("channel", String(32), nullable=False),
    Column("language", String(8), nullable=False),
    Column("status", String(16), nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("reason", String(64), nullable=False),
    Column("summary", Text, nullable=False),
    # The understood wish, the evidence, the sentiment, why it is urgent, and where it lies elsewhere.
    Column("facts", JSON, nullable=False),
    Column("taken_by", String(64), nullable=False),
    Column("opened_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Column("resolved_at", UtcTime),
    Index("ix_tickets_status_urgency_opened_at", "status", "urgency", "opened_at"),
)

ticket_messages = Table(
    "ticket_messages",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("ticket_id", String(32), ForeignKey("tickets.id", ondelete="CASCADE"), nullable=False, index=True),
    # "shopper", "assistant" or "agent"; a note ("note") is for agents alone.
    Column("author", String(16), nullable=False),
    Column("text", Text, nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)

drafts = Table(
    "drafts",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("ticket_id", String(32), ForeignKey("tickets.id", ondelete="CASCADE"), index=True),
    Column("customer_id", String(64)),
    Column("message", Text, nullable=False),
    Column("language", String(8), nullable=False),
    # Sentences with their citations, proposed actions, tone and length, and how sure each is.
    Column("data", JSON, nullable=False),
    Column("status", String(16), nullable=False),
    Column("sent_text", Text, nullable=False),
    Column("edit_distance", Integer),
    Column("created_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
)

canned_replies = Table(
    "canned_replies",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("language", String(8), primary_key=True),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
)

knowledge_gaps = Table(
    "knowledge_gaps",
    metadata,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    # Without anything that tells who asked.
    Column("question", Text, nullable=False),
    Column("language", String(8), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("count", Integer, nullable=False),
    Column("first_at", UtcTime, nullable=False),
    Column("last_at", UtcTime, nullable=False),
    Column("status", String(16), nullable=False),
    Column("article", String(128), nullable=False),
    Index("ix_knowledge_gaps_language_last_at", "language", "last_at"),
    sqlite_autoincrement=True,
)

article_proposals = Table(
    "article_proposals",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("ticket_id", String(32), ForeignKey("tickets.id", ondelete="SET NULL"), index=True),
    Column("language", String(8), nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("status", String(16), nullable=False),
    Column("made_at", UtcTime, nullable=False),
    Column("decided_at", UtcTime),
    Column("decided_by", String(64), nullable=False),
    Column("article", String(128), nullable=False),
    Index("ix_article_proposals_status_made_at", "status", "made_at"),
)

stock_alerts = Table(
    "stock_alerts",
    metadata,
    # Who wants to hear when a product can be had again; `variant_id` is empty where any variant will do.
    Column("person", String(160), primary_key=True),
    Column("product_id", String(255), primary_key=True),
    Column("variant_id", String(255), primary_key=True),
    Column("asked_at", UtcTime, nullable=False),
    Column("told_at", UtcTime),
)
