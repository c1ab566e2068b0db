"""SIGHUP says two things: take changed data in, and the terminal is gone."""

import os
import signal


def hold_hangup() -> None:
    """Let SIGHUP wait until the service can take it: by default it ends a process."""
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})


def release_hangup() -> None:
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGHUP})


class Terminal:
    """The terminal a program was started from, if it ends with it; `nohup` has it stay."""

    def __init__(self) -> None:
        self._holds = can_open_terminal() and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN

    def is_lost(self) -> bool:
        return self._holds and not can_open_terminal()


def can_open_terminal() -> bool:
    try:
        os.close(os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY))
    except OSError:
        return False
    return True
