"""`planmap publish`: the site as static files."""

import sys
from pathlib import Path
from typing import Annotated
from urllib.parse import quote, urlsplit, urlunsplit

import typer

from app.cli.options import PackOption, settings_for
from app.formats import BY_EXT, FORMATS
from app.main import create_app
from app.publish import Edition
from app.publish import publish as publish_site

EVERY = 1_000_000_000
ALONE = {
    "wechat_app_id": "", "index_most": EVERY, "page_limit_most": EVERY,
    "work_seconds": float("inf"),
}  # fmt: skip
"""Nobody signs or answers there: all is sent at once, however large and however long it takes."""


def publish(
    folder: Annotated[Path, typer.Argument(help="Folder to make; empty, or not there yet.")],
    url: Annotated[
        str, typer.Option(help="Where the site will stand: links in files and pictures lead there.")
    ],
    file_format: Annotated[
        list[str] | None,
        typer.Option(
            "--format",
            "--face",
            help="Only this kind of file; may be given several times [all downloads].",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over what an earlier run left in the folder.")
    ] = False,
    pack: PackOption = None,
) -> None:
    """Write the whole site as static files, for any web server or object store."""
    settings = settings_for(pack).model_copy(update=ALONE)
    edition = Edition(address(url), selected_formats(file_format))
    written = publish_site(create_app(settings), folder, edition, force=force, progress=show)
    size = sum(path.stat().st_size for path in written) / 1e6
    typer.echo(f"{len(written)} files, {size:.0f} MB, in {folder}")


def selected_formats(formats: list[str] | None) -> list[str]:
    """The formats asked for, each one that exists."""
    for ext in formats or ():
        if ext not in BY_EXT:
            raise typer.BadParameter(f"{ext!r}: expected one of {', '.join(BY_EXT)}")
    return formats or [file_format.ext for file_format in FORMATS if file_format.download]


def address(url: str) -> str:
    """A web address with a slash at its end."""
    try:
        place = urlsplit(encoded(url))
    except ValueError:  # no host name, as `http://[` or `https://..`
        place = urlsplit("")
    if place.scheme not in ("http", "https") or not place.netloc or place.query or place.fragment:
        raise typer.BadParameter(f"{url!r}: expected an address like https://example.org/plan/")
    return urlunsplit(place).rstrip("/") + "/"


def encoded(url: str) -> str:
    """An address in ASCII: Chinese in its host by IDNA, in its path by percent.

    >>> encoded("https://规划.中国:8080/葫芦岛/")
    'https://xn--wbrs17k.xn--fiqs8s:8080/%E8%91%AB%E8%8A%A6%E5%B2%9B/'
    """
    place = urlsplit(url)
    name, colon, port = place.netloc.rpartition(":") if place.port else (place.netloc, "", "")
    host = name if name.isascii() else name.encode("idna").decode("ascii")
    return urlunsplit(
        place._replace(netloc=host + colon + port, path=quote(place.path, safe="/%:@!$&'()*+,;=~"))
    )


def show(done: int, total: int, file: str) -> None:
    """A count on a terminal; nothing in a log."""
    if sys.stderr.isatty():
        end = "\n" if done == total else ""
        sys.stderr.write(f"\r\x1b[K{done} of {total} {file}{end}")
