"""Python's garbage collector: it, not the work, is the main thief of time (measured).

While the program is imported everything stays, so there is nothing to find: without the collector a start
takes about two thirds of the time.
"""

import gc


def rest() -> None:
    """Collect nothing until `keep`: to be called before the large imports."""
    gc.disable()


def keep() -> None:
    """What was imported stays and is looked through no more; what is made from now on is, but less often."""
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    gc.enable()


def tune() -> None:
    """Keep what start-up made, without its waste."""
    gc.collect()
    keep()
