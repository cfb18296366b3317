"""Waveforms: made by a real child from a real file, kept, found again, swept away."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PySide6.QtCore import QObject, Signal
from pytestqt.qtbot import QtBot

from performia_desktop.jobs import files
from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.service import JobService
from performia_desktop.jobs.waveforms import Waveforms
from performia_desktop.paths import Paths
from performia_desktop.songmap import waveform


class Ear(QObject):
    made = Signal(object)
    missing = Signal(str)

    def take(self, found: object) -> None:
        self.made.emit(found)

    def miss(self, sentence: str) -> None:
        self.missing.emit(sentence)


@pytest.fixture
def ear(qtbot: QtBot) -> Ear:
    return Ear()


@pytest.fixture
def waveforms(paths: Paths, qtbot: QtBot) -> Iterator[Waveforms]:
    made = Waveforms(paths.waveforms, default_command())
    yield made
    assert made.close(10_000)


@pytest.fixture
def song(tmp_path: Path) -> tuple[Path, str]:
    """Three seconds: silence, full scale, half of it; and its content's hash."""
    from performia_desktop.analysis.audio import probe

    path = tmp_path / "three steps.wav"
    tone = np.sin(np.arange(44_100) * 2 * np.pi * 440 / 44_100)
    soundfile.write(path, np.concatenate([0 * tone, tone, tone / 2]), 44_100)
    return path, probe(path).content_hash


def test_made_once_and_found_again(
    waveforms: Waveforms, song: tuple[Path, str], ear: Ear, qtbot: QtBot, paths: Paths
) -> None:
    path, content = song
    with qtbot.waitSignal(ear.made, timeout=30_000) as made:
        waveforms.ask(str(path), content, ear.take, ear.miss)
    found = made.args[0]
    seconds = np.abs(found.peaks.astype(int)).max(axis=1)
    second = round(found.rate)
    assert len(seconds) == pytest.approx(3 * found.rate, abs=1)
    assert seconds[5 : second - 5].max() <= 1
    assert seconds[second + 5 : 2 * second - 5].min() > 110
    assert seconds[2 * second + 5 : -5] == pytest.approx(64, abs=6)
    path.unlink()  # it is not needed any more
    with qtbot.waitSignal(ear.made) as again:
        waveforms.ask(str(path), content, ear.take, ear.miss)
    assert np.array_equal(again.args[0].peaks, found.peaks)
    file = waveform.place(paths.waveforms, content)
    assert file is not None
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0


def test_another_recording_in_its_place_is_not_drawn(
    waveforms: Waveforms, song: tuple[Path, str], ear: Ear, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(ear.missing, timeout=30_000) as missing:
        waveforms.ask(str(song[0]), "0" * 32, ear.take, ear.miss)
    assert "not the one that was analysed" in missing.args[0]


def test_a_file_that_is_gone_is_said(waveforms: Waveforms, ear: Ear, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.waitSignal(ear.missing) as missing:
        waveforms.ask(str(tmp_path / "gone.wav"), "0" * 32, ear.take, ear.miss)
    assert "not there any more" in missing.args[0]


def test_a_child_that_ends_without_an_answer_is_said(
    paths: Paths, song: tuple[Path, str], ear: Ear, qtbot: QtBot
) -> None:
    silent = Waveforms(paths.waveforms, [sys.executable, "-c", ""])
    with qtbot.waitSignal(ear.missing) as missing:
        silent.ask(str(song[0]), song[1], ear.take, ear.miss)
    assert "try once more" in missing.args[0]
    assert silent.close(5_000)


def test_a_request_that_is_stopped_says_nothing_and_leaves_no_child(
    paths: Paths, song: tuple[Path, str], ear: Ear, qtbot: QtBot
) -> None:
    slow = Waveforms(paths.waveforms, [sys.executable, "-c", "import time; time.sleep(60)"])
    with qtbot.assertNotEmitted(ear.missing), qtbot.assertNotEmitted(ear.made):
        slow.ask(str(song[0]), song[1], ear.take, ear.miss)
        assert slow.close(5_000)


@pytest.mark.parametrize("damage", [b"", b"x" * 30, None])
def test_a_damaged_file_counts_as_absent(tmp_path: Path, damage: bytes | None) -> None:
    path = tmp_path / "w.peaks"
    waveform.save(path, waveform.Waveform(172.0, np.zeros((100, 2), np.int8)))
    assert waveform.load(path) is not None
    content = path.read_bytes()
    path.write_bytes(content[:-3] + b"abc" if damage is None else damage)
    assert waveform.load(path) is None


def test_the_sweep_leaves_what_a_job_is_of_and_no_more_than_so_much(paths: Paths) -> None:
    paths.waveforms.mkdir()
    for number, name in enumerate(["a" * 32, "b" * 32, "c" * 32, "d" * 32]):
        file = paths.waveforms / f"{name}.peaks"
        file.write_bytes(b"x" * 100)
        os.utime(file, (number, number))
    (paths.waveforms / f".{'a' * 32}.peaks.0123abcd.tmp").touch()
    files.sweep_waveforms(paths, {"a" * 32, "b" * 32, "c" * 32}, most_bytes=250)
    assert sorted(file.name[0] for file in paths.waveforms.iterdir()) == ["b", "c"]


def test_the_start_sweeps(paths: Paths, qtbot: QtBot) -> None:
    paths.waveforms.mkdir(parents=True)
    stray = paths.waveforms / f"{'e' * 32}.peaks"
    stray.touch()
    service = JobService(paths, command=[sys.executable, "-c", ""])
    service.open(run=False)
    qtbot.waitUntil(lambda: not stray.exists())
    assert service.quit()
    service.deleteLater()
