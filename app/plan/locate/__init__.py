"""From a row and the gazetteer to a geometry that can explain itself."""

from app.plan.locate.methods import METHODS
from app.plan.locate.site import Site, problem
from app.plan.models import Item, Located


def locate(site: Site, item: Item) -> Located:
    """Place one item by its method. Raises PackError naming row, column, value, expectation."""
    if item.method not in METHODS:
        raise problem(item, "method", item.method, f"one of {', '.join(METHODS)}")
    return METHODS[item.method](site, item)


__all__ = ["METHODS", "Site", "locate"]
