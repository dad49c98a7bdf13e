"""Product feeds: a file in one of several formats in, products and rows that cannot be used out."""

from index.feeds.reading import read_feed
from index.feeds.sniffing import FORMATS, sniff

__all__ = ["FORMATS", "read_feed", "sniff"]
