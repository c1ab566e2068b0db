"""Commands that serve: `planmap serve | reload`."""

import os
import signal
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from app.cli.options import PackOption, settings_for
from app.cli.ready import check_ready, port_number, worker_number
from app.cli.running import reload_and_say
from app.domain.errors import PackError
from app.network import believed_hosts, origin_of
from app.server.register import Registration, ServerNote
from app.server.signals import hold_hangup
from app.settings import Settings

if TYPE_CHECKING:
    from app.web.reloadable import Reloadable


def serve(
    host: Annotated[str, typer.Option(envvar="HOST", help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[
        int,
        typer.Option(envvar="PORT", help="Port to listen on.", parser=port_number, metavar="PORT"),
    ] = 8000,
    workers: Annotated[
        int, typer.Option(help="Processes that answer.", parser=worker_number, metavar="N")
    ] = 1,
    reload_data: Annotated[
        bool, typer.Option("--reload-data", help="Take data in as soon as its files change.")
    ] = False,
    pack: PackOption = None,
) -> None:
    """Serve the map.

    `planmap reload`, or SIGHUP, has it take changed data in.
    """
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until it serves there is nothing to end
    settings = settings_for(pack)
    check_ready(settings, host, port)
    settings = settings.model_copy(update={"hosts": believed_hosts(settings.hosts, host)})
    running = import_module("app.server.run")
    sockets = running.bound_sockets(host, port)
    url = f"{origin_of(host, port)}/"

    def work() -> None:
        hold_hangup()
        own = share_of(settings, workers)
        app = import_module("app.main").create_reloadable_app(own)  # heavy: after what can go wrong
        guard = import_module("app.server.guard").Guard(own)
        app.runtime.metrics.add(guard.families)
        import_module("app.web.middleware.access_log").start_access_log(own.access_log)
        noted = note_of(app, own, url)
        typer.echo(url)
        background = running.Background(app.reload, [app.watch] if reload_data else [])
        code = running.serve(app, own, guard, background, sockets)
        if noted is not None:
            noted.end()
        running.exit_process(code)

    if workers == 1:
        work()
    patience = settings.drain_seconds + running.LAST_SECONDS * 2
    raise typer.Exit(import_module("app.server.workers").Workers(workers, work, patience).run())


def share_of(settings: Settings, workers: int) -> Settings:
    """What one of several processes may take of what all of them share: memory and drawing.

    What is counted of clients is counted by each process for itself.
    """
    shared = ("encoded_bytes", "ready_bytes", "unsent_bytes", "picture_workers")
    return settings.model_copy(
        update={name: max(1, getattr(settings, name) // workers) for name in shared}
    )


def note_of(app: "Reloadable[Any]", settings: Settings, url: str) -> Registration | None:
    """The note by which commands find this service; a warning where none can be written."""
    note = ServerNote(os.getpid(), url, str(settings.pack.resolve()), app.version)
    try:
        noted = Registration(settings.state, note)
    except OSError as error:
        typer.echo(f"warning: PLANMAP_STATE {settings.state}: expected a folder this user may "
                   f"write to ({error.strerror}); `planmap reload` cannot find this service, send "
                   f"SIGHUP to process {note.pid} instead", err=True)  # fmt: skip
        return None
    app.on_reload.append(noted.update)
    return noted


def reload(pack: PackOption = None) -> None:
    """Have the services that run on this pack take its data in as it is now."""
    settings = settings_for(pack)
    notes = reload_and_say(settings)
    if not notes:
        expected = f"a service that runs on this pack; none is noted in {settings.state}"
        raise PackError(str(settings.pack), expected)
    raise typer.Exit(1 if any(note.refused for note in notes) else 0)
