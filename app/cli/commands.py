"""Every command, by the module that holds it; only what is called is loaded."""

from importlib import import_module

import typer

MODULES = {
    "serve": "service",
    "publish": "publish",
    "build": "data",
    "check": "data",
    "keep": "data",
    "new": "data",
    "export-xlsx": "exchange",
    "import-xlsx": "exchange",
    "import-gis": "exchange",
}


def app_of(*names: str) -> typer.Typer:
    """The command line with these commands."""
    app = typer.Typer(
        help="A five-year plan as a map. The pack is geodata/ and what is built from it.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback()(group)
    for name in names:
        module = import_module(f"app.cli.{MODULES[name]}")
        app.command(name)(getattr(module, name.replace("-", "_")))
    return app


def group() -> None:
    """A five-year plan as a map. The pack is geodata/ and what is built from it."""


def asked(words: list[str]) -> tuple[str, ...]:
    """The command that is called; all of them where that is not clear, as for help."""
    return (words[0],) if words and words[0] in MODULES else tuple(MODULES)
