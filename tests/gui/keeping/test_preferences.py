from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from performia_desktop import __version__, lyricsmodel
from performia_desktop.gui.keeping.preferences import Preferences
from performia_desktop.gui.keeping.program import AboutProgram
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.jobs.job import Job
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from tests.gui.conftest import make_job


@pytest.fixture
def preferences(resting: JobService, qtbot: QtBot) -> Iterator[Preferences]:
    dialog = Preferences(None, resting, None)
    qtbot.addWidget(dialog)
    yield dialog


def test_what_is_chosen_is_at_work_at_once_and_kept(
    preferences: Preferences, resting: JobService, paths: Paths, tmp_path: Path
) -> None:
    preferences.memory.setCurrentIndex(preferences.memory.findText("2 GiB"))
    preferences.cleanup.setCurrentIndex(2)
    preferences.notify.setChecked(False)
    preferences.language.setCurrentIndex(preferences.language.findText("Deutsch"))
    preferences.latency.setValue(180)
    preferences.drag.setCurrentIndex(preferences.drag.findData("midi"))
    preferences.set_folder(tmp_path)
    resting.settings.sync()
    kept = Settings(paths.settings)
    assert kept.memory_bytes == kept.chosen_memory == 2 << 30
    assert (kept.cleanup_days, kept.notify_done, kept.language) == (30, False, "de")
    assert (kept.latency_ms, kept.drag_format) == (180, "midi")
    assert kept.results_folder == tmp_path
    preferences.set_folder(None)
    assert resting.settings.results_folder is None
    assert not preferences.no_folder.isEnabled()


def test_nothing_has_to_be_set(paths: Paths) -> None:
    fresh = Settings(paths.settings)
    assert fresh.notify_done
    assert fresh.language == fresh.color_scheme == "system"
    assert fresh.results_folder is None
    assert fresh.chosen_memory is None
    assert fresh.jobs_at_once >= 1


def test_the_queues_end_is_not_told_when_it_is_not_wanted(
    window: MainWindow, fill: Callable[..., list[Job]], resting: JobService, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(window.news.notifier, "queue_done", lambda *words: told.append(words[1]))
    [job] = fill(make_job(1))
    for wanted in (True, False):
        resting.settings.notify_done = wanted
        resting.queue.job_ended.emit(job)
        resting.queue.idle.emit()
    assert len(told) == 1


def test_about_tells_version_and_licences(paths: Paths, qtbot: QtBot) -> None:
    dialog = AboutProgram(None, paths)
    qtbot.addWidget(dialog)
    shown = dialog.notices.toPlainText()
    for name in ("numpy", "PySide6_Essentials", "soxr", "LGPL", "BSD"):
        assert name in shown
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))


def test_a_model_for_words_is_taken_if_it_is_one(
    preferences: Preferences, resting: JobService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    monkeypatch.setattr(QMessageBox, "warning", lambda _parent, _title, words: told.append(words))
    monkeypatch.setattr(lyricsmodel, "installed", lambda: True)
    preferences.set_model(str(tmp_path))
    assert resting.settings.lyrics_model == ""
    assert "tokenizer.json" in told.pop()
    for name in lyricsmodel.FILES:
        (tmp_path / name).touch()
    preferences.set_model(str(tmp_path))
    assert resting.settings.lyrics_model == str(tmp_path)
    assert preferences.model.toolTip() == str(tmp_path)
    monkeypatch.setattr(lyricsmodel, "installed", lambda: False)
    preferences.set_model(str(tmp_path))
    assert "pip install" in told.pop()
    preferences.set_model("")
    assert resting.settings.lyrics_model == ""
    assert not preferences.no_model.isEnabled()
    assert not told


def test_on_a_small_screen_the_rows_scroll_and_the_button_stays(preferences: Preferences, qtbot: QtBot) -> None:
    with qtbot.waitExposed(preferences):
        preferences.show()
    preferences.fit(632, 360)
    qtbot.waitUntil(lambda: preferences.size() == QSize(632, 360))
    last = preferences.language
    last.setFocus()
    preferences.area.ensureWidgetVisible(last)
    for widget in (last, preferences.at_once):
        preferences.area.ensureWidgetVisible(widget)
        place = QRect(widget.mapTo(preferences, QPoint()), widget.size())
        assert preferences.area.geometry().contains(place)
    close = next(button for button in preferences.findChildren(QPushButton) if button.isDefault())
    assert preferences.rect().contains(close.geometry())
