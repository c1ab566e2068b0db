"""Python's memory in a process that serves: what stays for good is not searched for rubbish."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

OFTEN = 700, 10, 10
"""As Python looks for rubbish by itself: little at a time, so that no request waits for it."""


def settle(*, anew: bool = True) -> None:
    """Clear up, and set what is left aside: looking through a whole pack holds up every request.
    Unless `anew`, what was set aside before is not looked through.
    """
    if anew:
        gc.unfreeze()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*OFTEN)


@contextmanager
def filling() -> Iterator[None]:
    """While data is read none of it becomes rubbish: to look for some is a sixth of a start. What
    was there before is set aside.
    """
    gc.freeze()
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
