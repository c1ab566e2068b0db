"""The command line: `planmap --help`."""

import gc
import sys
from typing import Any

from app.cli.commands import MODULES, app_of, called
from app.domain.errors import PlanmapError
from app.startup import load_settings

HELP = "--help"
SELDOM = 100_000, 20, 20
"""Python looks for rubbish after so many new objects: what a start loads is none."""


def __getattr__(name: str) -> Any:
    """`app`, with every command, is made when it is asked for: that loads all there is."""
    if name == "app":
        return app_of(*MODULES)
    raise AttributeError(name)


def main() -> None:
    """Entry point: what goes wrong on purpose is one clear line each, not a traceback."""
    words = sys.argv[1:]
    gc.set_threshold(*SELDOM)
    try:
        if HELP not in words:
            load_settings()
        called(words)()
    except PlanmapError as error:
        refuse(str(error).splitlines())
    except OSError as error:
        refuse([f"{error.filename or 'disk'}: {error.strerror or error}"])
    finally:
        gc.freeze()  # the end of a process searches no more what ends with it


def refuse(lines: list[str]) -> None:
    for line in lines:
        sys.stderr.write(f"error: {line}\n")
    raise SystemExit(2)
