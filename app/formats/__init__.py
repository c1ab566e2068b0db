"""The formats of a view, as one list. To add one: a module that writes it, and its entry here.

What a format is called is known from the start; the module that writes it, and the libraries that
stand on, are loaded with the first file that is asked for (`written_by`).
"""

from app.selection.selection import Format, FrontEnd, Selection, written_by

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FORMATS: tuple[Format, ...] = (
    Format(
        ext="geojson",
        media_type="application/geo+json",
        render=written_by("app.formats.text.geojson"),
        pieces=written_by("app.formats.text.geojson", "pieces"),
    ),
    Format(
        ext="jsonfg",
        media_type="application/vnd.ogc.fg+json",
        render=written_by("app.formats.text.jsonfg"),
        pieces=written_by("app.formats.text.jsonfg", "pieces"),
        options=("crs",),
        download=False,
        ignored=("place", "title", "lang"),
    ),
    Format(
        ext="geojsonseq",
        media_type="application/geo+json-seq",
        render=written_by("app.formats.text.geojsonseq"),
        pieces=written_by("app.formats.text.geojsonseq", "records"),
        download=False,
        ignored=("place", "title", "lang"),
    ),
    Format(
        ext="csv",
        media_type="text/csv; charset=utf-8",
        render=written_by("app.formats.tabular.csv"),
        pieces=written_by("app.formats.tabular.csv", "pieces"),
        ignored=("place", "title"),
    ),
    Format(
        ext="xlsx",
        media_type=XLSX,
        render=written_by("app.formats.tabular.xlsx"),
        pieces=written_by("app.formats.tabular.xlsx", "pieces"),
        options=("compare",),
        in_worker=True,
    ),
    Format(
        ext="gpkg",
        media_type="application/geopackage+sqlite3",
        render=written_by("app.formats.gis.gpkg"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="kml",
        media_type="application/vnd.google-earth.kml+xml",
        render=written_by("app.formats.text.kml"),
        pieces=written_by("app.formats.text.kml", "pieces"),
        in_worker=True,
    ),
    Format(
        ext="shp.zip",
        media_type="application/zip",
        render=written_by("app.formats.gis.shp"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="fgb",
        media_type="application/vnd.flatgeobuf",
        render=written_by("app.formats.gis.fgb"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="parquet",
        media_type="application/vnd.apache.parquet",
        render=written_by("app.formats.gis.parquet"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="pmtiles",
        media_type="application/vnd.pmtiles",
        render=written_by("app.formats.gis.pmtiles"),
        in_worker=True,
    ),
    Format(
        ext="dxf",
        media_type="image/vnd.dxf",
        render=written_by("app.formats.gis.dxf"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="html",
        media_type="text/html; charset=utf-8",
        render=written_by("app.formats.page.html"),
        kind="page",
        in_worker=True,
        patience=6.0,
        ignored=("all",),
    ),
    Format(
        ext="png",
        media_type="image/png",
        render=written_by("app.picture.formats", "render_png"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Format(
        ext="svg",
        media_type="image/svg+xml",
        render=written_by("app.picture.formats", "render_svg"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Format(
        ext="pdf",
        media_type="application/pdf",
        render=written_by("app.picture.formats", "render_pdf"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr", "split"),
    ),
    Format(
        ext="pptx",
        media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
        render=written_by("app.picture.formats", "render_pptx"),
        kind="picture",
        in_worker=True,
        options=("size", "qr", "split"),
    ),
)
BOOKS: tuple[Format, ...] = (
    Format(
        ext="deck.pptx",
        media_type=FORMATS[-1].media_type,
        render=written_by("app.picture.formats", "render_deck_pptx"),
        kind="book",
        patience=6.0,
        in_worker=True,
        options=("size",),
    ),
    Format(
        ext="deck.pdf",
        media_type="application/pdf",
        render=written_by("app.picture.formats", "render_deck_pdf"),
        kind="book",
        patience=6.0,
        in_worker=True,
        options=("size",),
    ),
    Format(
        ext="atlas.pdf",
        media_type="application/pdf",
        render=written_by("app.picture.formats", "render_atlas"),
        kind="book",
        patience=6.0,
        in_worker=True,
        options=("size",),
    ),
    *(
        Format(
            ext=f"comparison.{ext}",
            media_type=media_type,
            render=written_by("app.formats.comparison", f"render_{ext}"),
            kind="book",
            patience=6.0,
            in_worker=True,
            options=("size", "compare"),
        )
        for ext, media_type in (
            ("pptx", FORMATS[-1].media_type),
            ("pdf", "application/pdf"),
            ("xlsx", XLSX),
        )
    ),
)
"""What is made of several views, or of several items."""
WINDOWS: tuple[Format, ...] = tuple(
    Format(
        ext=f"window.{name}",
        media_type=media_type,
        render=written_by("app.picture.window.render", f"render_{name}"),
        kind="picture",
        in_worker=True,
    )
    for name, media_type in (
        ("png", "image/png"), ("svg", "image/svg+xml"), ("legend", "image/png"),
        ("found", "application/json"),
    )
)  # fmt: skip
"""What map servers send: a part of the map, its legend, what is drawn at one of its pixels."""
MADE_BY_EXT = {file_format.ext: file_format for file_format in (*FORMATS, *BOOKS, *WINDOWS)}
BY_EXT = {file_format.ext: file_format for file_format in FORMATS}

WINDOW_BY_EXT = {one.ext: one for one in WINDOWS}

__all__ = [
    "BOOKS",
    "BY_EXT",
    "FORMATS",
    "MADE_BY_EXT",
    "WINDOW_BY_EXT",
    "Format",
    "FrontEnd",
    "Selection",
]
