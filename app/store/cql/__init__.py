"""CQL2 filters (OGC 21-065r2): read from text or JSON, evaluated on columns."""

from app.store.cql.evaluate import Evaluation, evaluate
from app.store.cql.read import read_filter

__all__ = ["Evaluation", "evaluate", "read_filter"]
