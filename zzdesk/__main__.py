"""``python -m zzdesk``, the ``zzdesk`` command and the frozen program start here."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line (which opens the window when there is no command) and end with its status."""
    from zzdesk.cli.app import main as run

    sys.exit(run())


if __name__ == "__main__":
    main()
