"""Export from the window."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.export.formats import FORMATS
from performia_desktop.gui.export_dialog import ExportDialog, format_words
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.gui.song.sheet.formats import EVERY_FORMAT
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.service import JobService
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap import overlay
from performia_desktop.songmap.corrections import SetNames
from tests.gui.conftest import make_job

HASH = "0123456789abcdef"


@pytest.fixture
def songs(resting: JobService, fill: Callable[..., list[Job]]) -> list[Job]:
    """Two songs with a map, one without, one whose map is gone."""
    jobs = [make_job(n, Status.PENDING if n == 3 else Status.COMPLETE, title=f"Song {n}") for n in range(1, 5)]
    jobs = [
        job
        if job.status is Status.PENDING
        else replace(job, song_map_path=str(resting.paths.song_map(job.job_id)))
        for job in jobs
    ]
    for job in jobs[:2]:
        song = replace(demo.truth(), id=job.job_id, provenance={"content_hash": HASH})
        songmap_file.write(song, resting.paths.song_map(job.job_id))
    return fill(*jobs)


def export(
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    folder: Path | None,
    choose: Callable[[ExportDialog], None],
) -> None:
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(folder or ""))

    def act() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, ExportDialog)
        choose(dialog)
        dialog.act.click()

    QTimer.singleShot(0, act)
    window.actions_.export.trigger()


def test_finished_songs_are_written_as_corrected_and_what_failed_is_said(
    qtbot: QtBot,
    window: MainWindow,
    resting: JobService,
    songs: list[Job],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    place = overlay.place(resting.paths.corrections, replace(demo.truth(), provenance={"content_hash": HASH}))
    assert place is not None
    overlay.save(place, [SetNames("Right", "Band")])
    window.table.selectAll()

    def choose(dialog: ExportDialog) -> None:
        dialog.formats.setCurrentIndex(dialog.formats.findData("json"))
        assert not dialog.capo.isEnabled()
        dialog.transpose.setValue(2)

    export(window, monkeypatch, tmp_path, choose)
    qtbot.waitUntil(lambda: window.info.current is not None)
    assert sorted(file.name for file in tmp_path.glob("*.json")) == ["Band - Right (2).json", "Band - Right.json"]
    written = json.loads((tmp_path / "Band - Right.json").read_text())
    assert written["key"][0]["tonic"] == "F"
    notice = window.info.current
    assert notice is not None
    assert notice.text.startswith("Wrote 2 files.")
    assert "Song 4" in notice.text
    assert notice.text.endswith("Its Song Map cannot be read. Analyse the song again.")
    assert [words for words, _ in notice.actions] == ["Show in folder"]


def test_nothing_is_written_where_no_folder_is_chosen(
    qtbot: QtBot, window: MainWindow, songs: list[Job], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.table.reveal([songs[0].job_id])
    window.table.selectAll()
    export(window, monkeypatch, None, lambda _: None)
    assert window.info.current is None


def test_there_is_nothing_to_export_of_a_song_that_waits(window: MainWindow, songs: list[Job]) -> None:
    window.actions_.update([songs[2]], {}, can_undo=0)
    assert not window.actions_.export.isEnabled()
    window.actions_.update([songs[0]], {}, can_undo=0)
    assert window.actions_.export.isEnabled()


def test_every_format_is_offered(qtbot: QtBot) -> None:
    dialog = ExportDialog(None, 1, "midi")
    qtbot.addWidget(dialog)
    assert dialog.format is FORMATS["midi"]
    assert list(format_words()) == list(EVERY_FORMAT)
    dialog.formats.setCurrentIndex(dialog.formats.findData("chordpro"))
    dialog.capo.setValue(3)
    assert dialog.options.capo == 3
