"""The command line: `planmap --help`."""

import gc
import signal
import sys
from collections.abc import Callable
from importlib import import_module
from typing import Any

from app.domain.errors import PlanmapError

HELP = "--help"
SELDOM = 100_000, 20, 20
"""Python looks for rubbish after so many new objects: what a start loads is none."""
INTERRUPTED = 128 + signal.SIGINT


def __getattr__(name: str) -> Any:
    """`app`, with every command, is made when it is asked for: that loads all there is."""
    if name == "app":
        commands = import_module("app.cli.commands")
        return commands.app_of(*commands.MODULES)
    raise AttributeError(name)


def main() -> None:
    """Entry point: what goes wrong on purpose is one clear line each, not a traceback."""
    gc.set_threshold(*SELDOM)
    try:
        loaded(sys.argv[1:])()
    except PlanmapError as error:
        refuse(str(error).splitlines())
    except OSError as error:
        refuse([f"{error.filename or 'disk'}: {error.strerror or error}"])
    except KeyboardInterrupt:
        raise SystemExit(INTERRUPTED) from None
    finally:
        gc.freeze()  # the end of a process searches no more what ends with it


def loaded(words: list[str]) -> Callable[[], Any]:
    """The command that is called. Meanwhile nothing is there to undo: Ctrl-C ends the process at
    once, in whatever library it comes, some of which take it for a fault of theirs.
    """
    heeded = signal.getsignal(signal.SIGINT) is signal.default_int_handler
    if heeded:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
    try:
        if HELP not in words:
            import_module("app.startup").load_settings()
        command: Callable[[], Any] = import_module("app.cli.commands").called(words)
    finally:
        if heeded:
            signal.signal(signal.SIGINT, signal.default_int_handler)
    return command


def refuse(lines: list[str]) -> None:
    for line in lines:
        sys.stderr.write(f"error: {line}\n")
    raise SystemExit(2)
