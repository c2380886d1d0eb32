"""Python's garbage collector: it, not the work, is the main thief of time (measured).

While the program is imported and put together everything stays, so there is nothing to find: without the
collector a start takes about two thirds of the time.
"""

import gc


def rest() -> None:
    """Collect nothing until `tune`: to be called before the large imports."""
    gc.disable()


def tune() -> None:
    """Freeze what start-up made, and look through the rest less often."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()
