"""Vector tiles (MVT 2.1) of some features in the WebMercatorQuad grid (OGC 17-083r4).

Every item is in every tile that it touches, under its id and its number, but for those of very many
that `points` leaves to closer zooms. `grid` places things, `simplify` thins outlines alike wherever
they are shared, `outlines` fits them to a zoom and a tile, `commands` draws them, `attributes`
chooses what is said, `mvt` writes the bytes.
"""

from app.store.tiles.attributes import RICH
from app.store.tiles.grid import HALF_WORLD_M, ZOOM_MOST, Tile
from app.store.tiles.tiles import TileLayer, Tiles

__all__ = ["HALF_WORLD_M", "RICH", "ZOOM_MOST", "Tile", "TileLayer", "Tiles"]
