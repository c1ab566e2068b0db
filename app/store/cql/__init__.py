"""CQL2 filters (OGC 21-065r2): read from text or JSON, evaluated on columns."""

from app.store.cql.evaluate import evaluate
from app.store.cql.read import read_filter

__all__ = ["evaluate", "read_filter"]
