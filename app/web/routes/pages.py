"""The pages people open, and the files they are made of."""

import json
import mimetypes
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from app.plan.errors import NotFound
from app.settings import Settings
from app.web.dependencies import Service, ServiceDep, checked
from app.web.head import page_head
from app.web.lean import lean
from app.web.links import base_url
from app.web.responses import answer
from app.web.versions import PREFIX, kept_versions

router = APIRouter(include_in_schema=False)


@router.get("/")
async def home(request: Request, service: ServiceDep) -> Response:
    """The map. Any query is the page's own to read, so that a wrong one gets words, not a code."""
    return page(request, service, "index.html")


@router.get("/county/{county}")
async def county_page(request: Request, service: ServiceDep, county: str) -> Response:
    """The page of one county: the map and its table, opened by code or name."""
    checked(request, ())
    if county not in service.words.counties:
        raise NotFound("county", county, service.words.counties)
    code = service.words.counties[county]
    return RedirectResponse(f"{base_url(request)}/?county={code}&table=1", status_code=307)


@router.get("/embed")
async def embed(request: Request, service: ServiceDep) -> Response:
    """The map for an iframe: the same view, a small frame around it.

    With `version=` it is the map as it was on that data, where that version is kept.
    """
    asked = request.query_params.get("version", "")
    if asked != service.store.version and asked in kept_versions(service.settings.versions):
        return RedirectResponse(
            f"{base_url(request)}{PREFIX}/{asked}/embed?{request.url.query}", status_code=307
        )
    return page(request, service, "embed.html")


def page(request: Request, service: Service, name: str) -> Response:
    """A page of the front end, with the head of its view and who may frame it."""
    text = (service.settings.static / name).read_text(encoding="utf-8")
    policy = f"frame-ancestors {service.settings.frame_ancestors}"
    return answer(
        request, page_head(request, service, text), "text/html; charset=utf-8",
        headers={"Content-Security-Policy": policy},
    )  # fmt: skip


@router.get("/vendor/{package}/{path:path}")
async def vendor(request: Request, service: ServiceDep, package: str, path: str) -> Response:
    """A file of an npm package that package.json lists under planmap.vendor."""
    folders = vendor_folders(service.settings)
    if package not in folders:
        raise NotFound("package", package, folders)
    return file_in(request, folders[package], path)


def vendor_folders(settings: Settings) -> dict[str, Path]:
    """Name in the URL → folder of the installed package."""
    listed = json.loads((settings.packages.parent / "package.json").read_text(encoding="utf-8"))
    return {
        name: settings.packages / folder for name, folder in listed["planmap"]["vendor"].items()
    }


@router.get("/static/{path:path}")
async def static(request: Request, service: ServiceDep, path: str) -> Response:
    """A file of the front end."""
    return file_in(request, service.settings.static, path, own=True)


def file_in(request: Request, folder: Path, path: str, *, own: bool = False) -> Response:
    """A file of a folder, and nothing outside it; our own scripts go without their comments."""
    file = (folder / path).resolve()
    if not file.is_relative_to(folder.resolve()) or not file.is_file():
        raise NotFound("file", path)
    media_type = mimetypes.guess_type(file.name)[0] or "application/octet-stream"
    body = file.read_bytes()
    return answer(request, lean(body) if own and file.suffix == ".js" else body, media_type)
