"""The catalogue: the SQL truth of what the shop sells, its prices, stock and variants, and what buyers wrote of it."""

from index.catalogue.catalogue import Catalogue, Pending
from index.catalogue.vocabulary import Vocabulary
from index.catalogue.writing import PutReport

__all__ = ["Catalogue", "Pending", "PutReport", "Vocabulary"]
