"""Tells running services that their pack has changed."""

import typer

from app.server.register import ServerNote, reload_servers, running_servers
from app.settings import Settings


def reload_and_say(settings: Settings) -> list[ServerNote]:
    """Have every service of the pack take it in, and say what each shows since."""
    servers = running_servers(settings.state, settings.pack)
    try:
        notes = list(reload_servers(settings.state, servers))
    except PermissionError:
        pids = ", ".join(str(note.pid) for note in servers)
        typer.echo(
            f"a service of another user shows this pack (process {pids}): "
            "run `planmap reload` as that user", err=True,
        )  # fmt: skip
        return servers
    for line in dict.fromkeys(map(line_of, notes)):
        typer.echo(line)
    return notes


def line_of(note: ServerNote) -> str:
    if note.refused:
        return f"{note.url} refuses it and goes on with version {note.version}: {note.refused}"
    return f"{note.url} shows version {note.version}"
