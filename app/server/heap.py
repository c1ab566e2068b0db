"""Python's memory in a process that serves: what stays for good is not searched for rubbish."""

import gc


def settle() -> None:
    """Clear up, and set what is left aside: looking through a whole pack holds up every request."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
