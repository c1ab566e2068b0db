"""What a search finds in the texts of features: `grams` says where a word may stand, `index` looks
there.
"""

from app.store.search.index import Parts, SearchIndex, own_parts

__all__ = ["Parts", "SearchIndex", "own_parts"]
