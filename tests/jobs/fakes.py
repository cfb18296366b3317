"""How tests start the fake child, and a few things they need around it."""

from __future__ import annotations

import sys
from pathlib import Path

from performia_desktop.paths import Paths
from performia_desktop.protocol import Analyse

FAKE_CHILD = [sys.executable, str(Path(__file__).with_name("fake_child.py"))]


def song(folder: Path, name: str, content: bytes | None = None) -> Path:
    """Write a file that no decoder will ever see; its content differs from any other's by its name."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(content if content is not None else f"audio of {path}".encode())
    return path


def task(paths: Paths, job_id: str, file: Path) -> Analyse:
    return Analyse(job_id, str(file), str(paths.song_map(job_id)), str(paths.checkpoints / job_id))
