"""CQL2 filters (OGC 21-065r2): read from text or JSON, evaluated on columns."""

from app.store.cql.evaluate import Evaluation, evaluate
from app.store.cql.read import properties_of, read_filter, searched_in

__all__ = ["Evaluation", "evaluate", "properties_of", "read_filter", "searched_in"]
