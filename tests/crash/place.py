"""A data directory of its own, and songs to drop on it."""

from __future__ import annotations

import itertools
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from performia_desktop.paths import Paths
from performia_desktop.settings import Settings

RATE = 22_050


@dataclass
class Place:
    """A data directory, and the songs that were dropped on it."""

    paths: Paths
    samples: np.ndarray[Any, np.dtype[np.int16]]
    songs: list[str] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=itertools.count)

    @classmethod
    def new(cls, samples: np.ndarray[Any, np.dtype[np.int16]], at_once: int) -> Place:
        """Make one in a folder whose name is short enough for a socket in it."""
        folder = Path(tempfile.mkdtemp(prefix="crash-"))
        place = cls(Paths.of(folder / "data"), samples)
        place.paths.create()
        settings = Settings(place.paths.settings)
        settings.jobs_at_once = at_once
        settings.sync()
        return place

    @property
    def folder(self) -> Path:
        return self.paths.data_dir.parent

    def song(self, word: str = "song", *, listen: bool = False) -> str:
        """Write a song unlike all others, a playable one if somebody is going to `listen`, and note it."""
        number = next(self._numbers)
        folder = self.folder / "songs"
        folder.mkdir(exist_ok=True)
        path = folder / f"{number:04}.{word}.wav"
        if listen:
            samples = self.samples.copy()
            samples[:16] = number + np.arange(16)
            soundfile.write(path, samples, RATE)
        else:
            path.write_text(f"song {number}")
        self.songs.append(str(path))
        return str(path)
