"""An existing GIS file into the pack: one drawn item per feature, its fields typed."""

from app.editing.gis.importing import GisImport, GisRequest, import_features

__all__ = ["GisImport", "GisRequest", "import_features"]
