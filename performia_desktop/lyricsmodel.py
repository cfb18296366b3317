"""What it takes to recognise sung words, apart from doing it: the optional package and a model's folder.

Nothing is ever downloaded: the user gets a Whisper model in CTranslate2's form from where they like, and says where.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Final

FILES: Final = ("model.bin", "config.json", "tokenizer.json")
"""Without a tokenizer of its own, the library would ask the network for one."""


def installed() -> bool:
    """Return whether the optional package is there."""
    return importlib.util.find_spec("faster_whisper") is not None


def missing(folder: Path) -> list[str]:
    """Return which files of a model a folder lacks."""
    return [name for name in FILES if not (folder / name).is_file()]


def problem(folder: Path) -> str | None:
    """Return why words cannot be recognised with this folder, as a sentence for the user; None if they can."""
    if not installed():
        if getattr(sys, "frozen", False):  # a bundle takes no packages
            return (
                "Recognising words is not part of this package of the program. To have it, install the program from "
                "its sources with Python: pip install '.[lyrics]'."
            )
        return "Recognising words needs another package: pip install 'performia-desktop[lyrics]'."
    if lacking := missing(folder):
        return (
            f"{folder} holds no model for recognising words ({', '.join(lacking)} missing). Choose the folder of a "
            "Whisper model that was made for faster-whisper."
        )
    return None
