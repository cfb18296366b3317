"""Opens decoded audio without reading it: samples come from the disk as they are played."""

from __future__ import annotations

import wave
from pathlib import Path

import numpy as np

from performia_desktop.gui.song.play.mixer import Pcm


def open_wav(path: Path) -> tuple[Pcm, int]:
    """Return the samples of a WAV file of 16 bits, in two channels, and its rate.

    Raises
    ------
    OSError
        The file cannot be read.
    ValueError
        It is no such file.
    """
    try:
        with path.open("rb") as file, wave.open(file) as header:
            channels, rate, frames = header.getnchannels(), header.getframerate(), header.getnframes()
            if header.getsampwidth() != 2 or channels not in {1, 2} or not frames:
                raise ValueError(f"not 16 bits in one or two channels: {path}")
            offset = file.tell()
    except (wave.Error, EOFError) as error:
        raise ValueError(str(error)) from error
    pcm = np.memmap(path, np.int16, "r", offset, (frames, channels))
    return (pcm if channels == 2 else np.broadcast_to(pcm, (frames, 2))), rate
