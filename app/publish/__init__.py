"""`planmap publish`: the whole site as static files, for any web server, with no Python running.

What a file holds is what the service answers: each is asked of the app itself, in this process.
"""

import asyncio
import json
import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI

from app.content_policy import page_policy, with_policy
from app.domain.errors import PlanmapError
from app.online_base_maps import image_hosts, offered_base_maps
from app.pack.storage.files import inside, replaced_folder
from app.pack.storage.lock import locked
from app.publish.pages import placed
from app.publish.targets import Edition, Target, built_copies, copies, targets
from app.publish.visit import Visitor
from app.web.routes.discovery import sitemap_text

LIST = "published.json"
"""Names every file written, so that a later run knows which are its own."""

__all__ = ["Edition", "NotEmpty", "publish"]

Progress = Callable[[int, int, str], None]


class NotEmpty(PlanmapError):
    """The folder holds something that might be somebody's."""


def publish(
    app: FastAPI, folder: Path, edition: Edition, *, force: bool, progress: Progress
) -> list[Path]:
    """Write the site into `folder`, which changes in one step. Returns the files, in order.

    Raises NotEmpty for a folder with something in it, unless forced; then files of an earlier
    run that are no longer made are removed, and nothing else is.
    """
    folder = folder.resolve()
    if not force and folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise NotEmpty(f"{folder}: expected an empty or new folder; --force writes over it")
    service = app.state.service
    settings = service.settings
    for path in (settings.pack, settings.static, settings.packages):
        if path.resolve().is_relative_to(folder):
            raise NotEmpty(f"{folder}: expected a folder of its own; {path} lies in it")
    published(folder)
    images = tuple(image_hosts(offered_base_maps(settings.base_maps, settings.tianditu_key)))
    edition = replace(edition, langs=service.words.languages, images=images)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with locked(folder.parent, f".{folder.name}.lock"), replaced_folder(folder) as half:
        written = asyncio.run(write_all(app, half, edition, progress))
        listed = {"version": service.store.version, "url": edition.url, "files": written}
        (half / LIST).write_text(json.dumps(listed, indent=1) + "\n", encoding="utf-8")
        keep_others(folder, half)
    return [folder / name for name in written]


def keep_others(folder: Path, half: Path) -> None:
    """What an earlier run did not write is somebody's, and goes on standing in the new site."""
    ours = {*published(folder), LIST}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        place = half / name
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                place.mkdir(parents=True, exist_ok=True)
        elif name not in ours and not place.exists():
            place.parent.mkdir(parents=True, exist_ok=True)
            linked(path, place)


def linked(path: Path, place: Path) -> None:
    """The same file under a second name; a copy where the file system has no such thing."""
    try:
        os.link(path, place, follow_symlinks=False)
    except OSError:
        shutil.copy2(path, place, follow_symlinks=False)


def published(folder: Path) -> set[str]:
    """What an earlier run wrote."""
    path = folder / LIST
    try:
        return set(json.loads(path.read_text(encoding="utf-8"))["files"])
    except FileNotFoundError:
        return set()
    except (ValueError, TypeError, KeyError):
        raise NotEmpty(f"{path}: expected the list of an earlier run; remove it") from None


async def write_all(app: FastAPI, folder: Path, edition: Edition, progress: Progress) -> list[str]:
    service = app.state.service
    to_write = targets(service, edition.formats)
    written = []
    async with app.router.lifespan_context(app):
        visitor = Visitor(app, edition.url)
        for done, target in enumerate(to_write, start=1):
            answer = await visitor.get(target.path)
            for name, body in made(target, answer, edition):
                save(folder, name, body)
                written.append(name)
            progress(done, len(to_write), target.file)
    for name, text in listed_for_crawlers(written, edition, service.catalog.info.updated):
        save(folder, name, text.encode())
        written.append(name)
    for name, path in copies(service.settings, folder):
        save(folder, name, path.read_bytes())
        written.append(name)
    for name, body in built_copies(service.settings):
        save(folder, name, body)
        written.append(name)
    return written


def listed_for_crawlers(
    written: list[str], edition: Edition, updated: str
) -> list[tuple[str, str]]:
    """The site's pages as a sitemap, and where it is."""
    folders = [name.removesuffix("index.html") for name in written if name.endswith("index.html")]
    none: list[tuple[str, str]] = []
    pages = [(edition.url + quote(folder), none) for folder in folders if folder != "embed/"]
    robots = f"User-agent: *\nDisallow:\n\nSitemap: {edition.url}sitemap.xml\n"
    return [("sitemap.xml", sitemap_text(pages, updated)), ("robots.txt", robots)]


def made(target: Target, answer: bytes, edition: Edition) -> list[tuple[str, bytes]]:
    """The files an answer becomes: mostly one."""
    if target.make:
        return target.make(answer, edition.formats)
    if target.file.endswith(".html") and not target.whole:
        page = placed(answer.decode(), target.file, edition)
        page = with_policy(page, page_policy(page, images=edition.images))
        return [(target.file, page.encode())]
    return [(target.file, answer)]


def save(folder: Path, name: str, body: bytes) -> None:
    path = inside(folder, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
