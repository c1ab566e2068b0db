"""What a person hands over as "the file": a file, a folder, an archive, a part of a shapefile.

GDAL opens much and says little about what is amiss; here each case gets its sentence. An archive
is unpacked beside nothing of the user's: into a folder that is gone afterwards.
"""

import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import BadZipFile, ZipFile, ZipInfo

from app.domain.errors import PackError

READABLE = (
    ".gpkg", ".geojson", ".json", ".geojsonl", ".geojsons", ".shp", ".kml", ".fgb", ".gml",
    ".gpx", ".tab", ".mif", ".dxf", ".csv",
)  # fmt: skip
ARCHIVES = (".zip", ".kmz")
PARTS = (".dbf", ".shx", ".prj", ".cpg", ".sbn", ".sbx", ".qix")
SHAPEFILE = (".shx", ".dbf")
"""What no shapefile can be read without."""
UNPACKED_MOST = 2 * 1024**3
UTF8_NAME = 0x800
"""Flag of an archive's entry whose name is UTF-8; of others a Chinese Windows writes GBK."""


@contextmanager
def opened(path: Path) -> Iterator[Path]:
    """The one dataset that a path means. Raises PackError that says what to give instead."""
    if not path.exists():
        raise PackError(str(path), "the file is missing")
    if path.is_file() and path.suffix.lower() in ARCHIVES:
        with TemporaryDirectory() as folder:
            unpack(path, Path(folder))
            yield checked(only_one(path, datasets_in(Path(folder)), Path(folder)), path.name)
        return
    if path.is_dir() and path.suffix.lower() != ".gdb":
        listing = ", ".join(str(one.relative_to(path)) for one in datasets_in(path)[:8])
        raise PackError(str(path), f"a file, not a folder; it holds {listing or 'no GIS file'}")
    if path.suffix.lower() in PARTS:
        raise PackError(path.name, f"the .shp of the shapefile, {path.stem}.shp")
    yield checked(path, path.name)


def checked(path: Path, name: str) -> Path:
    """The dataset, with something in it and nothing missing beside it."""
    if path.is_file() and path.stat().st_size == 0:
        raise PackError(name, "a file with something in it; it is empty (0 bytes)")
    if path.suffix.lower() == ".shp":
        for suffix in SHAPEFILE:
            if beside(path, suffix) is None:
                raise PackError(
                    name, f"{path.stem}{suffix} beside it: a shapefile is .shp, .shx, .dbf and "
                    ".prj together; ask for all of them",
                )  # fmt: skip
    return path


def beside(path: Path, suffix: str) -> Path | None:
    """The file of the same name with another ending, however the ending is cased."""
    for one in path.parent.iterdir():
        if one.stem == path.stem and one.suffix.lower() == suffix and one.is_file():
            return one
    return None


def datasets_in(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in READABLE
        and path.is_file()
        and not path.name.startswith("._")  # what macOS puts beside every file of an archive
    )


def only_one(path: Path, names: list[Path], folder: Path) -> Path:
    if len(names) == 1:
        return names[0]
    listed = ", ".join(str(one.relative_to(folder)) for one in names[:8])
    expected = f"an archive with one GIS file in it; it holds {listed or 'none'}"
    raise PackError(path.name, f"{expected}: unpack it and give one file" if names else expected)


def unpack(path: Path, folder: Path) -> None:
    """Every file of an archive into a folder, none outside it, no more than fits."""
    try:
        with ZipFile(path) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            if sum(entry.file_size for entry in entries) > UNPACKED_MOST:
                raise PackError(path.name, "an archive of at most 2 GB when it is unpacked")
            for entry in entries:
                target = place_of(entry, folder)
                if target is None:
                    raise PackError(path.name, "names inside the archive", value=entry.filename)
                target.parent.mkdir(parents=True, exist_ok=True)
                with archive.open(entry) as packed, target.open("wb") as out:
                    shutil.copyfileobj(packed, out)
    except (BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise PackError(path.name, f"an archive that can be unpacked ({error})") from None
    except RuntimeError as error:  # what zipfile raises where a password is wanted
        raise PackError(path.name, f"an archive without a password ({error})") from None


def place_of(entry: ZipInfo, folder: Path) -> Path | None:
    """Where an entry goes; None for a link, or a name that leads out of the folder."""
    name = entry.filename
    if not entry.flag_bits & UTF8_NAME:
        raw = name.encode("cp437", errors="replace")
        name = raw.decode("gb18030", errors="replace") if not raw.isascii() else name
    path = PurePosixPath(name.replace("\\", "/"))
    linked = stat.S_ISLNK(entry.external_attr >> 16)
    bad = linked or path.is_absolute() or ".." in path.parts or "\0" in name or ":" in name
    return None if bad else folder / path
