"""From a row and the gazetteer to a geometry with uncertainty, basis and sources."""

from app.domain.models import Item, Located
from app.locate.context import LocateContext, cell_error
from app.locate.methods import METHODS


def locate(context: LocateContext, item: Item) -> Located:
    """Place one item by its method. Raises PackError naming row, column, value, expectation."""
    if item.method not in METHODS:
        raise cell_error(item, "method", item.method, f"one of {', '.join(METHODS)}")
    return METHODS[item.method](context, item)


__all__ = ["METHODS", "LocateContext", "locate"]
