"""Words in tantivy: BM25 over the titles and over everything that is said of a product.

Texts come tokenised from `text`, so that Chinese and measures are treated alike at both ends. One writer per folder;
readers see what was committed. Knows ids and texts, no product and no ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import tantivy

from index.text import tokens

FIELDS = ("title", "full")
WRITER_BYTES = 64_000_000


class WordIndex:
    """A folder with the words of every product, by field: `title`, and `full` with all there is."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in FIELDS:
            schema.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))

    def put(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """Add or replace products: id → field → text. Committed when it returns."""
        writer = self._index.writer(WRITER_BYTES, 1)
        for product_id, fields in texts.items():
            writer.delete_documents_by_term("id", product_id)
            spaced = {name: " ".join(tokens(fields[name])) for name in FIELDS}
            writer.add_document(tantivy.Document(id=product_id, **spaced))
        self._commit(writer)

    def delete(self, ids: Iterable[str]) -> None:
        """Take products out. Committed when it returns."""
        writer = self._index.writer(WRITER_BYTES, 1)
        for product_id in ids:
            writer.delete_documents_by_term("id", product_id)
        self._commit(writer)

    def count(self) -> int:
        """Return the number of products."""
        return int(self._index.searcher().num_docs)

    def best(
        self, field: str, asked: Mapping[str, float], limit: int, *, within: Iterable[str] | None = None
    ) -> dict[str, float]:
        """Return the BM25 scores of the best products for tokens with weights, best first.

        `within` restricts them to some ids; leave it out when most products are allowed.
        """
        shoulds = [
            (tantivy.Occur.Should, tantivy.Query.boost_query(self._term(field, token), weight))
            for token, weight in asked.items()
        ]
        if not shoulds or limit < 1:
            return {}
        query = tantivy.Query.boolean_query(shoulds)
        if within is not None:
            allowed = tantivy.Query.const_score_query(
                tantivy.Query.term_set_query(self._schema, "id", list(within)), 0.0
            )
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, allowed)])
        searcher = self._index.searcher()
        hits = searcher.search(query, limit).hits
        return {searcher.doc(address)["id"][0]: score for score, address in hits}

    def frequency(self, field: str, token: str) -> int:
        """Return in how many products a token occurs."""
        return int(self._index.searcher().doc_freq(field, token))

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token, index_option="freq")

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
