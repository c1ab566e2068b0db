"""Programs of their own that start at once: forked off one that has loaded `planmap` already.

Each runs the command from its first line on, with its own environment, signals and exit code.
How a start loads the program is tested in tests/cli, without this.
"""

import gc
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from pathlib import Path

LOADED = (
    "app.cli", "app.cli.data", "app.cli.exchange", "app.cli.service", "app.main",
    "app.render.worker", "app.server.guard", "app.server.run", "app.server.workers",
    "app.web.middleware.access_log", "httptools", "uvloop",
)  # fmt: skip
ROOT = Path(__file__).parents[1]
LONGEST = 300.0
"""Seconds after which a program that does not end fails a test."""


class Program:
    """`planmap` with these words, as `subprocess.Popen` would start it; it writes to `log`."""

    def __init__(
        self,
        words: Sequence[str],
        environment: dict[str, str],
        log: Path,
        errors: Path | None = None,
    ) -> None:
        self.returncode: int | None = None
        self._ended = log.with_name(f"{log.name}.ended")
        wish = {"words": words, "environment": environment, "log": str(log),
                "errors": str(errors or log), "ended": str(self._ended)}  # fmt: skip
        forking = forker()
        assert forking.stdin is not None
        assert forking.stdout is not None
        forking.stdin.write(json.dumps(wish) + "\n")
        forking.stdin.flush()
        self.pid = int(forking.stdout.readline())

    def poll(self) -> int | None:
        if self.returncode is None and self._ended.exists():
            self.returncode = int(self._ended.read_text())
        return self.returncode

    def wait(self, timeout: float) -> int:
        end = time.monotonic() + timeout
        while (code := self.poll()) is None:
            if time.monotonic() > end:
                raise subprocess.TimeoutExpired("planmap", timeout)
            time.sleep(0.01)
        return code

    def send_signal(self, number: signal.Signals) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)


def ran(words: Sequence[str], environment: dict[str, str]) -> "subprocess.CompletedProcess[str]":
    """What `planmap` with these words says, and how it ends."""
    with tempfile.TemporaryDirectory() as folder:
        said, errors = Path(folder, "said"), Path(folder, "errors")
        code = Program(words, environment, said, errors).wait(LONGEST)
        return subprocess.CompletedProcess(words, code, said.read_text(), errors.read_text())


@cache
def forker() -> "subprocess.Popen[str]":
    """The program that forks the others; it ends when its input does."""
    return subprocess.Popen(
        [sys.executable, "-m", "tests.programs"], cwd=ROOT, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def fork_what_is_asked_for() -> None:
    for name in LOADED:
        import_module(name)
    ended: dict[int, Path] = {}

    def note_ends(*_: object) -> None:
        for pid in list(ended):
            found, status = os.waitpid(pid, os.WNOHANG)
            if found:
                note(ended.pop(pid), os.waitstatus_to_exitcode(status))

    gc.freeze()
    signal.signal(signal.SIGCHLD, note_ends)
    while line := sys.stdin.readline():
        wish = json.loads(line)
        signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGCHLD])
        pid = os.fork()
        if not pid:
            return become(wish)
        ended[pid] = Path(wish["ended"])
        signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
        print(pid, flush=True)


def note(path: Path, code: int) -> None:
    """Whole as soon as it is there."""
    written = path.with_suffix(".new")
    written.write_text(str(code))
    written.rename(path)


def become(wish: dict[str, object]) -> None:
    """The command itself, as the process that a shell would have started."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, [signal.SIGCHLD])
    written = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    for number, path in enumerate((os.devnull, wish["log"], wish["errors"])):
        os.dup2(os.open(str(path), written if number else os.O_RDONLY), number)
    os.environ.clear()
    os.environ.update(wish["environment"])  # type: ignore[call-overload]
    sys.argv = ["planmap", *wish["words"]]  # type: ignore[misc]
    import_module("app.cli").main()


if __name__ == "__main__":
    fork_what_is_asked_for()
