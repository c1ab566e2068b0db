"""An existing GIS file into the pack: one drawn item per feature, its fields typed."""

from app.exchange.gis.take import Imported, Request, take

__all__ = ["Imported", "Request", "take"]
