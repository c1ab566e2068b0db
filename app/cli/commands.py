"""Every command: its module, and what help says of it. Only what is called is loaded."""

from importlib import import_module

import typer

MODULES = {
    "serve": ("service", "Serve the map."),
    "reload": (
        "service",
        "Have the services that run on this pack take its data in as it is now.",
    ),
    "mcp": (
        "tools",
        "Answer language models about the plan (Model Context Protocol); nothing can be changed.",
    ),
    "publish": (
        "publish",
        "Write the whole site as static files, for any web server or object store.",
    ),
    "build": ("data", "Make projects.geojson and the drawn base lines from geodata/."),
    "check": (
        "data",
        "Judge the pack by every rule, and what is built from it; list what is wrong, and where.",
    ),
    "keep": ("data", "Keep the data as it is now, so that /embed?version=… goes on showing it."),
    "new": (
        "new",
        "Make a small sample pack for another city, ready to be served and replaced by its own.",
    ),
    "export-xlsx": ("exchange", "Write every table of the pack to one workbook for Excel or WPS."),
    "import-xlsx": (
        "exchange",
        "Show what a workbook would change, row by row; with --apply, write it and rebuild.",
    ),
    "import-gis": (
        "gis",
        "Take a GIS file into the pack as drawn items, converted to WGS 84, its fields typed.",
    ),
}


def app_of(*names: str) -> typer.Typer:
    """The command line with these commands."""
    app = empty_app()
    for name in names:
        module = import_module(f"app.cli.{MODULES[name][0]}")
        app.command(name)(getattr(module, name.replace("-", "_")))
    return app


def contents() -> typer.Typer:
    """The command line as its help lists it: no command is loaded, none can be called."""
    app = empty_app()
    for name, (_, says) in MODULES.items():
        app.command(name, help=says)(group)
    return app


def empty_app() -> typer.Typer:
    app = typer.Typer(
        help="A five-year plan as a map. The pack is geodata/ and what is built from it.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(group)
    return app


def group() -> None:
    """A five-year plan as a map. The pack is geodata/ and what is built from it."""


def called(words: list[str]) -> typer.Typer:
    """The command line for these words: with the command that is called, else its contents."""
    name = next((word for word in words if not word.startswith("-")), "")
    return app_of(name) if name in MODULES else contents()
