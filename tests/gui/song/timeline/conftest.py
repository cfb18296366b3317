"""A real song's window over a real waveform file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from performia_desktop import demo
from performia_desktop.analysis import audio, outline
from performia_desktop.gui.colors import LIGHT, palette
from performia_desktop.gui.song.timeline.panel import TimelinePanel
from performia_desktop.gui.song.window import SongWindow
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.waveforms import Waveforms
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import waveform
from performia_desktop.songmap.model import SongMap
from tests.gui.conftest import make_job

CONTENT = "0123456789abcdef0123456789abcdef"
SONG = replace(demo.truth(), provenance={"content_hash": CONTENT})


@pytest.fixture(scope="session")
def heard() -> waveform.Waveform:
    """The outline of the demo song's first 20 seconds, and of silence up to its end."""
    import soxr

    played = soxr.resample(demo.render(20.0).mean(axis=1), demo.SAMPLE_RATE, audio.SAMPLE_RATE)
    return outline.of(np.pad(played, (0, round(SONG.duration_sec * audio.SAMPLE_RATE) - len(played))))


@pytest.fixture
def open_song(
    qtbot: QtBot, paths: Paths, tmp_path: Path, heard: waveform.Waveform
) -> Iterator[Callable[..., SongWindow]]:
    """Opens a window 1000 x 800 over a song, in light colours, its waveform drawn; its audio is silence."""
    background, waveforms = Background(), Waveforms(paths.waveforms, default_command())
    windows: list[SongWindow] = []
    kept = waveform.place(paths.waveforms, CONTENT)
    assert kept is not None
    waveform.save(kept, heard)
    audio_file = tmp_path / "silence.wav"
    soundfile.write(audio_file, np.zeros(round(SONG.duration_sec * 8000), np.float32), 8000)

    def open_window(song: SongMap = SONG) -> SongWindow:
        path = tmp_path / "map.json"
        songmap_file.write(song, path)
        job = make_job(1, song_map_path=str(path), input_file=str(audio_file))
        window = SongWindow(job, Settings(paths.settings), background, paths.corrections, waveforms=waveforms)
        window.setPalette(palette(LIGHT))
        window.resize(1000, 800)
        windows.append(window)
        with qtbot.waitSignal(window.ready):
            window.show()
        qtbot.waitUntil(lambda: window.timeline.view.has_waveform)
        return window

    yield open_window
    for window in windows:
        if isValid(window):
            window.close()
    background.close(5_000)
    waveforms.close(5_000)


@pytest.fixture
def window(open_song: Callable[..., SongWindow]) -> SongWindow:
    return open_song()


@pytest.fixture
def panel(window: SongWindow) -> TimelinePanel:
    return window.timeline
