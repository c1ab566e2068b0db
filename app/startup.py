"""Checks the settings before heavy modules are loaded; one line per problem.

A name that no setting has is refused too: a slip of the pen would otherwise be a setting that
silently does nothing.
"""

import difflib
import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from pydantic import ValidationError
from pydantic_settings import SettingsError

from app.domain.errors import PlanmapError, clip
from app.online_base_maps import BASE_MAP_IDS
from app.settings import Settings

PREFIX = "PLANMAP_"
FOREIGN = re.compile(r"(SERVICE_\w+|PORT(_\d+_\w+)?|CHROMIUM|SITE)")
"""After the prefix: what Kubernetes gives to pods beside a service called planmap, and the tests'
own names."""
BASE_PATH = re.compile(r"(/[^/?#\s]+)*")

OWN_PATHS = (
    "api", "base", "built", "county", "data", "embed", "maplibre", "static", "v", "vendor",
    "wechat", "wms", "wmts", "words",
)  # fmt: skip
"""First parts of the service's own addresses: as a prefix each would be taken for what it is."""


class BadSettings(PlanmapError):
    """Settings with which nothing can be done; a line for each."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        super().__init__("\n".join(lines))


def load_settings(pack: Path | None = None) -> Settings:
    """The settings of the environment. Raises BadSettings that names all that are wrong."""
    lines = list(unknown_names(os.environ))
    try:
        settings = Settings(pack=pack) if pack else Settings()
    except ValidationError as error:
        raise BadSettings([*lines, *map(wrong_value, error.errors())]) from None
    except SettingsError as error:
        raise BadSettings([*lines, f"{PREFIX}…: {error}"]) from None
    lines += contradictions(settings)
    if lines:
        raise BadSettings(lines)
    return settings


def unknown_names(environment: Mapping[str, str]) -> Iterator[str]:
    """Names that look like a setting and are none, with the setting that may be meant."""
    known = {f"{PREFIX}{name.upper()}" for name in Settings.model_fields}
    for name in sorted(environment):
        rest = name.upper().removeprefix(PREFIX)
        if not name.upper().startswith(PREFIX) or name.upper() in known or FOREIGN.fullmatch(rest):
            continue
        near = difflib.get_close_matches(name.upper(), known, n=1)
        meant = f"did you mean {near[0]}?" if near else "app/settings.py lists all there are"
        yield f"{name}: no such setting; {meant}"


def wrong_value(error: Mapping[str, object]) -> str:
    """One line about a value that a setting cannot have."""
    place = error["loc"]
    name = str(place[0]) if isinstance(place, tuple) and place else "?"
    message = str(error["msg"]).removeprefix("Input should be ").removeprefix("Value error, ")
    value = clip(" ".join(str(error.get("input", "")).split()))
    return f"{PREFIX}{name.upper()} {value!r}: expected {message}"


def contradictions(settings: Settings) -> Iterator[str]:
    """Values that are possible alone and make no sense here."""
    if settings.page_limit > settings.page_limit_most:
        yield (
            f"{PREFIX}PAGE_LIMIT {settings.page_limit}: expected at most "
            f"{PREFIX}PAGE_LIMIT_MOST, which is {settings.page_limit_most}"
        )
    if bool(settings.wechat_app_id) != bool(settings.wechat_secret):
        missing = "WECHAT_SECRET" if settings.wechat_app_id else "WECHAT_APP_ID"
        yield f"{PREFIX}{missing} '': expected a value, or neither of the two"
    if not BASE_PATH.fullmatch(settings.base_path):
        yield f"{PREFIX}BASE_PATH {settings.base_path!r}: expected nothing, or a path like /map"
    elif settings.base_path.removeprefix("/") in OWN_PATHS:
        yield (
            f"{PREFIX}BASE_PATH {settings.base_path!r}: expected another path, like /map: "
            f"the service has addresses under /{', /'.join(OWN_PATHS)}"
        )
    for name in settings.base_maps:
        if name not in BASE_MAP_IDS:
            yield f"{PREFIX}BASE_MAPS {name!r}: expected of {', '.join(BASE_MAP_IDS[1:])}"
