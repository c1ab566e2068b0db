"""The faces of a view, as one list. To add one: a module that writes it, and its entry here.

What a face is called is known from the start; the module that writes it, and the libraries that
stand on, are loaded with the first file that is asked for (`written_by`).
"""

from app.faces.face import Face, Files, Selection, written_by

FACES: tuple[Face, ...] = (
    Face(
        ext="geojson",
        media_type="application/geo+json",
        title="GeoJSON 数据",
        title_en="GeoJSON data",
        render=written_by("app.faces.geojson"),
    ),
    Face(
        ext="jsonfg",
        media_type="application/vnd.ogc.fg+json",
        title="JSON-FG 数据",
        title_en="JSON-FG data",
        render=written_by("app.faces.jsonfg"),
        options=("crs",),
        download=False,
        indifferent=("place", "title", "lang"),
    ),
    Face(
        ext="geojsonseq",
        media_type="application/geo+json-seq",
        title="GeoJSON 序列",
        title_en="GeoJSON text sequence",
        render=written_by("app.faces.geojsonseq"),
        download=False,
        indifferent=("place", "title", "lang"),
    ),
    Face(
        ext="csv",
        media_type="text/csv; charset=utf-8",
        title="CSV 表格",
        title_en="CSV table",
        render=written_by("app.faces.csv"),
        indifferent=("place", "title"),
    ),
    Face(
        ext="xlsx",
        media_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        title="Excel 工作簿",
        title_en="Excel workbook",
        render=written_by("app.faces.xlsx"),
        options=("compare",),
        in_worker=True,
    ),
    Face(
        ext="gpkg",
        media_type="application/geopackage+sqlite3",
        title="GeoPackage 地理数据",
        title_en="GeoPackage",
        render=written_by("app.faces.gpkg"),
        options=("crs",),
        in_worker=True,
    ),
    Face(
        ext="kml",
        media_type="application/vnd.google-earth.kml+xml",
        title="KML 地标",
        title_en="KML",
        render=written_by("app.faces.kml"),
        in_worker=True,
    ),
    Face(
        ext="shp.zip",
        media_type="application/zip",
        title="Shapefile 地理数据",
        title_en="Shapefile",
        render=written_by("app.faces.shp"),
        options=("crs",),
        in_worker=True,
    ),
    Face(
        ext="fgb",
        media_type="application/vnd.flatgeobuf",
        title="FlatGeobuf 地理数据",
        title_en="FlatGeobuf",
        render=written_by("app.faces.fgb"),
        options=("crs",),
    ),
    Face(
        ext="html",
        media_type="text/html; charset=utf-8",
        title="离线网页",
        title_en="Offline web page",
        render=written_by("app.faces.html"),
        kind="page",
        in_worker=True,
    ),
    Face(
        ext="png",
        media_type="image/png",
        title="PNG 图片",
        title_en="PNG picture",
        render=written_by("app.faces.picture.faces", "render_png"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Face(
        ext="svg",
        media_type="image/svg+xml",
        title="SVG 矢量图",
        title_en="SVG drawing",
        render=written_by("app.faces.picture.faces", "render_svg"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Face(
        ext="pdf",
        media_type="application/pdf",
        title="PDF 文件",
        title_en="PDF page",
        render=written_by("app.faces.picture.faces", "render_pdf"),
        kind="picture",
        in_worker=True,
        options=("size", "dpi", "qr"),
    ),
    Face(
        ext="pptx",
        media_type="application/vnd.openxmlformats-officedocument.presentationml.presentation",
        title="PPT 幻灯片（可编辑）",
        title_en="Editable slide",
        render=written_by("app.faces.picture.faces", "render_pptx"),
        kind="picture",
        in_worker=True,
        options=("size", "qr", "split"),
    ),
)
BY_EXT = {face.ext: face for face in FACES}

__all__ = ["BY_EXT", "FACES", "Face", "Files", "Selection"]
