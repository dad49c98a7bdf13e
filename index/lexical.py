"""Words in tantivy: BM25 over the titles and over everything that is said of a product, and the products' cards.

Texts come tokenised from `text`, so that Chinese and measures are treated alike at both ends. One writer per folder;
readers see what was committed. Knows ids, texts and cards, no ranking.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import tantivy

from index.ranking.cards import Card, pack, unpack
from index.words.text import is_chinese, tokens, words

SEARCHED = ("title", "full")
WRITER_BYTES = 64_000_000
KEPT = 50_000
"""Cards kept in memory, about two kilobytes each."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is written of one product: its titles, all there is to read, and its card."""

    title: str
    full: str
    card: Card


class WordIndex:
    """A folder with the words of every product, by field: `title`, `full`, and `word` as they are spelled."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        for name in SEARCHED:
            schema.add_text_field(name, stored=False, tokenizer_name="whitespace", index_option="freq")
        schema.add_text_field("word", stored=False, tokenizer_name="whitespace", index_option="basic")
        schema.add_bytes_field("card", stored=True, indexed=False)
        self._schema = schema.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self.reader = WordReader(self._schema, self._index.searcher())

    def put(self, entries: Mapping[str, Entry]) -> None:
        """Add or replace products by id. Committed when it returns."""
        writer = self._index.writer(WRITER_BYTES, 1)
        for product_id, entry in entries.items():
            writer.delete_documents_by_term("id", product_id)
            texts = {"title": " ".join(tokens(entry.title)), "full": " ".join(tokens(entry.full))}
            spelled = " ".join(dict.fromkeys(words(entry.title + "\n" + entry.card.brand)))
            document = tantivy.Document(id=product_id, word=spelled, **texts)
            document.add_bytes("card", pack(entry.card))
            writer.add_document(document)
        self._commit(writer)

    def delete(self, ids: Iterable[str]) -> None:
        """Take products out. Committed when it returns."""
        writer = self._index.writer(WRITER_BYTES, 1)
        for product_id in ids:
            writer.delete_documents_by_term("id", product_id)
        self._commit(writer)

    def _commit(self, writer: tantivy.IndexWriter) -> None:
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self.reader = WordReader(self._schema, self._index.searcher())


class WordReader:
    """What was committed at one moment. Keeps the cards and ids that it has read."""

    def __init__(self, schema: tantivy.Schema, searcher: tantivy.Searcher) -> None:
        self._schema, self._searcher = schema, searcher
        self._ids: dict[tuple[int, int], str] = {}
        self._cards: dict[str, Card] = {}

    @property
    def count(self) -> int:
        """The number of products."""
        return int(self._searcher.num_docs)

    def best(
        self, field: str, asked: Mapping[str, float], limit: int, *, within: Sequence[str] | None = None
    ) -> dict[str, float]:
        """Return the BM25 scores of the best products for tokens with weights, best first.

        `within` restricts them to some ids; leave it out when most products are allowed.
        """
        terms = [tantivy.Query.boost_query(self._term(field, token), weight) for token, weight in asked.items()]
        if not terms or limit < 1:
            return {}
        query = tantivy.Query.boolean_query([(tantivy.Occur.Should, term) for term in terms])
        if within is not None:
            allowed = tantivy.Query.const_score_query(self._only(within), 0.0)
            query = tantivy.Query.boolean_query([(tantivy.Occur.Must, query), (tantivy.Occur.Must, allowed)])
        hits = self._searcher.search(query, limit, count=False).hits
        return {self._id(address): score for score, address in hits}

    def cards(self, ids: Sequence[str]) -> dict[str, Card]:
        """Return the cards of products by id; those that are not there are left out."""
        kept = self._cards
        missing = [id_ for id_ in ids if id_ not in kept]
        if missing:
            if len(kept) + len(missing) > KEPT:
                kept = self._cards = {id_: kept[id_] for id_ in ids if id_ in kept}
            for _, address in self._searcher.search(self._only(missing), len(missing), count=False).hits:
                document = self._searcher.doc(address)
                kept[document["id"][0]] = unpack(bytes(document["card"][0]))
        return {id_: kept[id_] for id_ in ids if id_ in kept}

    def frequency(self, field: str, token: str) -> int:
        """Return in how many products a token occurs."""
        return int(self._searcher.doc_freq(field, token))

    @cached_property
    def spelled(self) -> dict[str, int]:
        """Every word of the titles and brands as it is spelled, with the number of products."""
        # Asked of all documents: the dictionary alone goes on listing words of products that are gone.
        counted = self._searcher.terms_with_prefix("word", "", filter_query=tantivy.Query.all_query())
        return {word: count for word, count in counted if count}

    @cached_property
    def chinese(self) -> bool:
        """Whether any title is in Chinese."""
        return any(map(is_chinese, self.spelled))

    def _term(self, field: str, token: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, field, token, index_option="freq")

    def _only(self, ids: Sequence[str]) -> tantivy.Query:
        return tantivy.Query.term_set_query(self._schema, "id", list(ids))

    def _id(self, address: tantivy.DocAddress) -> str:
        key = (address.segment_ord, address.doc)
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = self._searcher.doc(address)["id"][0]
        return found
