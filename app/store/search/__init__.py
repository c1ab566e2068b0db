"""What a search finds in the texts of features: `grams` says where a word may stand, `index` looks
there.
"""

from app.store.search.index import Parts, SearchIndex, Words, own_parts

__all__ = ["Parts", "SearchIndex", "Words", "own_parts"]
