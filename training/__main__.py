"""Makes all networks again from the public sources: `python -m training --work DIR`.

It clones what is missing of the sources and runs the steps one after the other; each goes on where it was
interrupted. Two things stay to be done by hand: what `levels` prints belongs in `analysis/level.py`, and `calibrate`
needs songs with known truth.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

SOURCES: Final = {
    "pop909": "music-x-lab/POP909-Dataset",
    "pop909-cl": "AndyWeasley2004/POP909-CL-Dataset",
    "structure": "Dsqvival/hierarchical-structure-analysis",
    "billboard": "boomerr1/The-McGill-Billboard-Project",
    "lieder": "OpenScore/Lieder",
    "quartets": "OpenScore/StringQuartets",
}
"""Folders, and the GitHub repositories that belong there."""
STEPS: Final = ("run", "levels", "endings", "keys", "sections")


def main() -> None:
    """Clone, then run the steps that are asked for, all by default."""
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("--work", type=Path, required=True, help="folder for everything, 10 GB")
    parser.add_argument("--steps", nargs="*", choices=STEPS, default=STEPS)
    options = parser.parse_args()
    sources = options.work / "sources"
    sources.mkdir(parents=True, exist_ok=True)
    for folder, repository in SOURCES.items():
        if not (sources / folder).exists():
            part = sources / f"{folder}.part"  # what is there under its own name is whole
            shutil.rmtree(part, ignore_errors=True)
            subprocess.run(["git", "clone", "--depth", "1", f"https://github.com/{repository}", part], check=True)
            part.rename(sources / folder)
    for step in options.steps:
        subprocess.run([sys.executable, "-m", f"training.{step}", "--work", options.work], check=True)


if __name__ == "__main__":
    main()
