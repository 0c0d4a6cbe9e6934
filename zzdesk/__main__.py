"""``python -m zzdesk``, the ``zzdesk`` command and the frozen program start here."""

from __future__ import annotations

import gc
import sys


def main() -> None:
    """Run the command line (which opens the window when there is no command) and end with its status."""
    # Nearly all of what a start makes stays for good: looking through it again and again costs a sixth of the start.
    gc.set_threshold(100_000, 20, 20)
    if getattr(sys, "frozen", False):
        from multiprocessing import freeze_support

        freeze_support()  # a worker of the centre is this same frozen program
    from zzdesk.cli.app import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
