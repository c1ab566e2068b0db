"""Several processes behind one port: started, watched, and sent the signals the first one gets."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable

from app.server.signals import Terminal

QUICK_SECONDS = 5.0
"""A process that ends sooner has not served."""
MOST_QUICK = 3
"""So many of these one after another, and all is given up."""
WATCHED = (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD)
OWN_FROM_START = {*WATCHED} - {signal.SIGHUP}
"""What a started process hears at once; it lets SIGHUP in itself, when it can take it."""


class Workers:
    """Forks `count` processes that each do `work`; starts another where one is lost.

    The first process only waits for signals: SIGTERM and SIGINT end all, SIGHUP reaches all.
    """

    def __init__(self, count: int, work: Callable[[], None], patience: float) -> None:
        self._count, self._work, self._patience = count, work, patience
        self._started: dict[int, float] = {}
        self._quick = 0
        self._terminal = Terminal()
        self._alive, self._held = os.pipe()
        """Who reads it sees an end when the first process is gone, however it went."""

    def run(self) -> int:
        """The exit code: 0 where it was told to end."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        for _ in range(self._count):
            self._start()
        while self._quick < MOST_QUICK:
            number = signal.sigwait(WATCHED)
            if number == signal.SIGCHLD:
                self._replace_lost()
            elif number == signal.SIGHUP and not self._terminal.is_lost():
                self._tell(signal.SIGHUP)
            else:
                self._end()
                return 0
        self._end()
        return 1

    def _start(self) -> None:
        pid = os.fork()
        if pid:
            self._started[pid] = time.monotonic()
            return
        os.close(self._held)
        os.setpgrp()  # Ctrl-C reaches the first process only, which tells this one
        signal.pthread_sigmask(signal.SIG_UNBLOCK, OWN_FROM_START)
        threading.Thread(target=end_with, args=(self._alive,), daemon=True).start()
        try:
            self._work()
        except BaseException as error:
            sys.stderr.write(f"error: {error}\n")
            os._exit(1)

    def _replace_lost(self) -> None:
        for pid in self._ended():
            lived = time.monotonic() - self._started.pop(pid)
            self._quick = self._quick + 1 if lived < QUICK_SECONDS else 0
            sys.stderr.write(f"process {pid} was lost; another one is started\n")
            if self._quick < MOST_QUICK:
                self._start()

    def _ended(self) -> list[int]:
        return [pid for pid in list(self._started) if os.waitpid(pid, os.WNOHANG)[0]]

    def _tell(self, number: signal.Signals) -> None:
        for pid in self._started:
            os.kill(pid, number)

    def _end(self) -> None:
        """Tell all to end, told again tell again, and wait no longer than is due."""
        end = time.monotonic() + self._patience
        self._tell(signal.SIGTERM)
        while self._started and time.monotonic() < end:
            number = signal.sigtimedwait(WATCHED, end - time.monotonic())
            for pid in self._ended():
                del self._started[pid]
            if number and number.si_signo in (signal.SIGTERM, signal.SIGINT):
                self._tell(signal.SIGTERM)
        self._tell(signal.SIGKILL)


def end_with(pipe: int) -> None:
    """End in good order when the first process is gone."""
    os.read(pipe, 1)
    os.kill(os.getpid(), signal.SIGTERM)
