"""Lets ``python -m performia_desktop`` be the program."""

from __future__ import annotations

import sys

from performia_desktop.cli import main

if __name__ == "__main__":
    sys.exit(main())
