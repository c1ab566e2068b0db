"""The formats of a view, as one list. To add one: a module that writes it, and its entry here.

What a format is called is known from the start; the module that writes it, and the libraries that
stand on, are loaded with the first file that is asked for (`written_by`).
"""

from app.selection.selection import Format, FrontEnd, Selection, written_by

FORMATS: tuple[Format, ...] = (
    Format(
        ext="geojson",
        media_type="application/geo+json",
        title="GeoJSON 数据",
        title_en="GeoJSON data",
        render=written_by("app.formats.text.geojson"),
    ),
    Format(
        ext="jsonfg",
        media_type="application/vnd.ogc.fg+json",
        title="JSON-FG 数据",
        title_en="JSON-FG data",
        render=written_by("app.formats.text.jsonfg"),
        options=("crs",),
        download=False,
        ignored=("place", "title", "lang"),
    ),
    Format(
        ext="geojsonseq",
        media_type="application/geo+json-seq",
        title="GeoJSON 序列",
        title_en="GeoJSON text sequence",
        render=written_by("app.formats.text.geojsonseq"),
        download=False,
        ignored=("place", "title", "lang"),
    ),
    Format(
        ext="csv",
        media_type="text/csv; charset=utf-8",
        title="CSV 表格",
        title_en="CSV table",
        render=written_by("app.formats.tabular.csv"),
        ignored=("place", "title"),
    ),
    Format(
        ext="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        title="Excel 工作簿",
        title_en="Excel workbook",
        render=written_by("app.formats.tabular.xlsx"),
        options=("compare",),
        in_worker=True,
    ),
    Format(
        ext="gpkg",
        media_type="application/geopackage+sqlite3",
        title="GeoPackage 地理数据",
        title_en="GeoPackage",
        render=written_by("app.formats.gis.gpkg"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="kml",
        media_type="application/vnd.google-earth.kml+xml",
        title="KML 地标",
        title_en="KML",
        render=written_by("app.formats.text.kml"),
        in_worker=True,
    ),
    Format(
        ext="shp.zip",
        media_type="application/zip",
        title="Shapefile 地理数据",
        title_en="Shapefile",
        render=written_by("app.formats.gis.shp"),
        options=("crs",),
        in_worker=True,
    ),
    Format(
        ext="fgb",
        media_type="application/vnd.flatgeobuf",
        title="FlatGeobuf 地理数据",
        title_en="FlatGeobuf",
        render=written_by("app.formats.gis.fgb"),
        options=("crs",),
    ),
    Format(
        ext="html",
        media_type="text/html; charset=utf-8",
        title="离线网页",
        title_en="Offline web page",
        render=written_by("app.formats.page.html"),
        kind="page",
        in_worker=True,
    ),
    Format(
        ext="png",
        media_type="image/png",
        title="PNG 图片",
        title_en="PNG picture",
        render=written_by("app.picture.formats", "render_png"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Format(
        ext="svg",
        media_type="image/svg+xml",
        title="SVG 矢量图",
        title_en="SVG drawing",
        render=written_by("app.picture.formats", "render_svg"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Format(
        ext="pdf",
        media_type="application/pdf",
        title="PDF 文件",
        title_en="PDF page",
        render=written_by("app.picture.formats", "render_pdf"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Format(
        ext="pptx",
        media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
        title="PPT 幻灯片（可编辑）",
        title_en="Editable slide",
        render=written_by("app.picture.formats", "render_pptx"),
        kind="picture",
        in_worker=True,
        options=("size", "qr", "split"),
    ),
)
BY_EXT = {file_format.ext: file_format for file_format in FORMATS}

__all__ = ["BY_EXT", "FORMATS", "Format", "FrontEnd", "Selection"]
