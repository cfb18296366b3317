"""Decoded audio for the player: made by a real child, kept, bounded."""

from __future__ import annotations

import os
import stat
import wave
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.sounds import Sounds, sweep
from performia_desktop.protocol import ONLY_DECODES

RATE = 44_100


class Listener(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.wav: Path | None = None
        self.sentence = ""

    @Slot(object)
    def made(self, wav: Path) -> None:
        self.wav = wav

    @Slot(str)
    def missing(self, sentence: str) -> None:
        self.sentence = sentence

    @property
    def told(self) -> bool:
        return bool(self.wav or self.sentence)


@pytest.fixture
def sounds(qtbot: QtBot, tmp_path: Path) -> Iterator[Sounds]:
    sounds = Sounds(tmp_path / "sounds", [*default_command(), ONLY_DECODES])
    yield sounds
    assert sounds.close(10_000)


def asked(qtbot: QtBot, sounds: Sounds, audio: Path) -> Listener:
    listener = Listener()
    sounds.ask(audio, listener.made, listener.missing)
    qtbot.waitUntil(lambda: listener.told, timeout=20_000)
    return listener


def samples(path: Path) -> tuple[np.ndarray, int]:
    with wave.open(str(path)) as file:
        raw = np.frombuffer(file.readframes(file.getnframes()), "<i2").reshape(-1, file.getnchannels())
        return raw, file.getframerate()


def test_a_recording_is_decoded_to_the_sample_and_kept(qtbot: QtBot, sounds: Sounds, tmp_path: Path) -> None:
    audio = tmp_path / "song.flac"
    source = np.random.default_rng(3).integers(-20_000, 20_000, (RATE, 2)).astype(np.int16)
    soundfile.write(audio, source, RATE)
    first = asked(qtbot, sounds, audio)
    assert first.wav is not None
    found, rate = samples(first.wav)
    assert rate == RATE
    assert np.abs(found.astype(int) - source).max() <= 1
    told = first.wav.stat().st_ino
    if os.name == "posix":
        assert stat.S_IMODE(first.wav.stat().st_mode) == 0o600
        assert stat.S_IMODE(first.wav.parent.stat().st_mode) == 0o700
    again = asked(qtbot, sounds, audio)
    assert again.wav == first.wav
    assert again.wav.stat().st_ino == told, "it was made once"
    soundfile.write(audio, source[: RATE // 2], RATE)
    other = asked(qtbot, sounds, audio)
    assert other.wav != first.wav


def test_other_rates_and_more_channels_become_what_every_device_plays(
    qtbot: QtBot, sounds: Sounds, tmp_path: Path
) -> None:
    audio = tmp_path / "song.wav"
    t = np.arange(96_000) / 96_000
    tone = 0.5 * np.sin(2 * np.pi * 441 * t)
    soundfile.write(audio, np.stack([tone] * 6, axis=1), 96_000)
    listener = asked(qtbot, sounds, audio)
    assert listener.wav is not None
    found, rate = samples(listener.wav)
    assert (rate, found.shape[1]) == (RATE, 2)
    assert len(found) == pytest.approx(RATE, abs=2)
    wanted = 0.5 * np.sin(2 * np.pi * 441 * np.arange(len(found)) / RATE)
    inner = slice(2000, -2000)
    assert np.abs(found[inner, 0] / 32767 - wanted[inner]).max() < 0.001


@pytest.mark.parametrize("content", [b"", b"no audio at all" * 100])
def test_what_is_no_audio_is_said(qtbot: QtBot, sounds: Sounds, tmp_path: Path, content: bytes) -> None:
    audio = tmp_path / "song.mp3"
    audio.write_bytes(content)
    listener = asked(qtbot, sounds, audio)
    assert listener.wav is None
    assert listener.sentence.endswith(".")
    assert not list((tmp_path / "sounds").glob("*")) if (tmp_path / "sounds").exists() else True


def test_the_cache_is_bounded_and_half_files_go(tmp_path: Path) -> None:
    for n in range(5):
        path = tmp_path / f"{n}.wav"
        path.write_bytes(bytes(100))
        os.utime(path, (1000 + n, 1000 + n))
    (tmp_path / "a.wav.part").touch()
    os.utime(tmp_path / "a.wav.part", (0, 0))
    (tmp_path / "b.wav.part").touch()  # somebody is at it
    sweep(tmp_path, most_bytes=250)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["3.wav", "4.wav", "b.wav.part"]
    sweep(tmp_path / "none")
