"""The catalogue's tables, for SQLite and PostgreSQL alike. Knows no query.

A feed's record is kept whole in `carried`; what filters ask of it is spread over the other tables, and can be written
again from the records at any time. Keys (`…_key`) are folded: without case, width and surplus space.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, MetaData, Table, Text

metadata = MetaData()

state = Table(
    "catalogue_state",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("revision", Integer, nullable=False, comment="one more at each write"),
    Column("words_revision", Integer, nullable=False, comment="one more at each write that changed words or variants"),
)

carried = Table(
    "catalogue_carried",
    metadata,
    Column("feed", Text, primary_key=True),
    Column("product_id", Text, primary_key=True),
    Column("record_hash", Text, nullable=False),
    Column("record", Text, nullable=False, comment="the product as JSON"),
    Index("catalogue_carried_product", "product_id"),
)

products = Table(
    "catalogue_products",
    metadata,
    Column("id", Text, primary_key=True),
    Column("feed", Text, nullable=False, comment="whose record counts: the feed that changed it last"),
    Column("words_hash", Text, nullable=False),
    Column("currency", Text),
    Column("rating", Float),
    Column("spoken", Text, nullable=False, comment="title, brand and attributes as tokens, for excluded words"),
)

variants = Table(
    "catalogue_variants",
    metadata,
    Column("product_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False),
    Column("price_minor", BigInteger),
    Column("in_stock", Boolean, nullable=False),
    Column("spoken", Text, nullable=False, comment="the values of its options as tokens, for excluded words"),
    Index("catalogue_variants_id", "id"),
    Index("catalogue_variants_price", "price_minor"),
)

options = Table(
    "catalogue_options",
    metadata,
    Column("product_id", Text, primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("name", Text, primary_key=True),
    Column("value_key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    Column("main_value", Text, nullable=False, comment="the value in the feed's own language"),
    Column("is_main", Boolean, nullable=False, comment="the value is in the feed's own language"),
    Index("catalogue_options_value", "name", "value_key", "product_id", "position"),
)

terms = Table(
    "catalogue_terms",
    metadata,
    Column("product_id", Text, primary_key=True),
    Column("kind", Text, primary_key=True, comment="brand, category or attribute"),
    Column("name_key", Text, primary_key=True),
    Column("value_key", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("main_name", Text, nullable=False, comment="the name in the feed's own language"),
    Column("main_value", Text, nullable=False, comment="the value in the feed's own language"),
    Column("is_main", Boolean, nullable=False, comment="name and value are in the feed's own language"),
    Index("catalogue_terms_value", "kind", "name_key", "value_key", "product_id"),
)

indexed = Table(
    "catalogue_indexed",
    metadata,
    Column("product_id", Text, primary_key=True),
    Column("words_hash", Text, nullable=False, comment="of the words that vectors and word index hold"),
)

reviews = Table(
    "catalogue_reviews",
    metadata,
    Column("id", Text, primary_key=True),
    Column("product_id", Text, nullable=False),
    Column("rating", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("author", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("written_on", Text, nullable=False),
    Column("verified", Boolean, nullable=False),
    Index("catalogue_reviews_product", "product_id", "written_on"),
)
