"""`planmap publish`: the whole site as static files, for any web server, with no Python running.

What a file holds is what the service answers: each is asked of the app itself, in this process.
"""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI

from app.base_maps import image_hosts, offered
from app.content_policy import page_policy, with_policy
from app.plan.errors import PlanmapError
from app.publish.pages import placed
from app.publish.targets import Edition, Target, copies, targets
from app.publish.visit import Visitor

LIST = "published.json"
"""Names every file written, so that a later run knows which are its own."""

__all__ = ["Edition", "NotEmpty", "publish"]

Progress = Callable[[int, int, str], None]


class NotEmpty(PlanmapError):
    """The folder holds something that might be somebody's."""


def publish(
    app: FastAPI, folder: Path, edition: Edition, *, force: bool, progress: Progress
) -> list[Path]:
    """Write the site into `folder`. Returns the files, in order.

    Raises NotEmpty for a folder with something in it, unless forced; then files of an earlier
    run that are no longer made are removed, and nothing else is.
    """
    if not force and folder.exists() and any(folder.iterdir()):
        raise NotEmpty(f"{folder}: expected an empty or new folder; --force writes over it")
    before = published(folder)
    service = app.state.service
    bases = offered(service.settings.base_maps, service.settings.tianditu_key)
    edition = replace(
        edition, langs=service.words.languages, images=tuple(image_hosts(bases))
    )  # fmt: skip
    written = asyncio.run(write_all(app, folder, edition, progress))
    for name in sorted(before - set(written)):
        (folder / name).unlink(missing_ok=True)
    version = service.store.version
    text = json.dumps({"version": version, "url": edition.url, "files": written}, indent=1)
    (folder / LIST).write_text(text + "\n", encoding="utf-8")
    return [folder / name for name in written]


def published(folder: Path) -> set[str]:
    """What an earlier run wrote."""
    path = folder / LIST
    return set(json.loads(path.read_text(encoding="utf-8"))["files"]) if path.is_file() else set()


async def write_all(app: FastAPI, folder: Path, edition: Edition, progress: Progress) -> list[str]:
    service = app.state.service
    wanted = targets(service, edition.faces)
    written = []
    async with app.router.lifespan_context(app):
        visitor = Visitor(app, edition.url)
        for done, target in enumerate(wanted, start=1):
            answer = await visitor.get(target.path)
            for name, body in made(target, answer, edition):
                save(folder, name, body)
                written.append(name)
            progress(done, len(wanted), target.file)
    for name, path in copies(service.settings, folder):
        save(folder, name, path.read_bytes())
        written.append(name)
    return written


def made(target: Target, answer: bytes, edition: Edition) -> list[tuple[str, bytes]]:
    """The files an answer becomes: mostly one."""
    if target.make:
        return target.make(answer, edition.faces)
    if target.file.endswith(".html") and not target.whole:
        page = placed(answer.decode(), target.file, edition)
        page = with_policy(page, page_policy(page, images=edition.images))
        return [(target.file, page.encode())]
    return [(target.file, answer)]


def save(folder: Path, name: str, body: bytes) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
