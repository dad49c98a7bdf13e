"""Words of queries and texts: how they are cut, stemmed, mended, and what a query asks for. Knows no product."""
