"""Song windows to try."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from performia_desktop import demo
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.sounds import Sounds
from performia_desktop.paths import Paths
from performia_desktop.protocol import ONLY_DECODES
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from tests.gui.conftest import make_job

OpenSong = Callable[..., SongWindow]


@pytest.fixture
def sounds(paths: Paths) -> Iterator[Sounds]:
    sounds = Sounds(paths.sounds, [*default_command(), ONLY_DECODES])
    yield sounds
    assert sounds.close(10_000)


@pytest.fixture
def open_song(qtbot: QtBot, paths: Paths, sounds: Sounds, tmp_path: Path) -> Iterator[OpenSong]:
    """Return what opens the demo song's window, for a recording of this content; all share their settings."""
    background = Background()
    windows: list[SongWindow] = []
    settings = Settings(paths.settings)

    def open_window(content: str = "0123456789abcdef", audio: Path | None = None) -> SongWindow:
        """Without audio, nothing is decoded."""
        path = tmp_path / f"{content}.json"
        songmap_file.write(replace(demo.truth(), provenance={"content_hash": content}), path)
        job = make_job(1, song_map_path=str(path), **({"input_file": str(audio)} if audio else {}))
        window = SongWindow(job, settings, background, paths.corrections, sounds=sounds if audio else None)
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        return window

    yield open_window
    for window in windows:
        if isValid(window):
            window.close()
    background.close(5_000)
