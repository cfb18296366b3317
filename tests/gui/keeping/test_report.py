from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from performia_desktop.gui.dialogs import DetailsDialog
from performia_desktop.gui.keeping.facts import gather, hidden, report
from performia_desktop.gui.keeping.report import ReportDialog
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.jobs.background import Background
from performia_desktop.jobs.job import Status
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings
from tests.gui.conftest import make_job

SECRET = make_job(
    1, title="Secret Love Song", artist="Hidden Band", input_file="/home/me/My Music/take one (secret).flac"
)
LOG = (
    "2026-01-01 ERROR x: /home/me/My Music/take one (secret).flac: No such file\n"
    "2026-01-01 INFO x: job 0a1b2c3d was changed by another program\n"
    "2026-01-01 ERROR x: Secret Love Song by Hidden Band broke\n"
    '  File "/opt/performia/lib/python3.11/site-packages/performia_desktop/app.py", line 12, in main\n'
    "OSError: [Errno 2] No such file: '/home/me/Other Music/never queued.wav'\n"
    "C:\\Users\\me\\Music\\on windows.mp3 was not there\n"
)


@pytest.fixture
def background(qtbot: QtBot) -> Iterator[Background]:
    background = Background()
    yield background
    background.close(5_000)
    background.deleteLater()


def test_the_names_of_the_users_music_are_left_out_and_the_rest_stays(paths: Paths, qapp: QApplication) -> None:
    (paths.logs / "performia.log").write_text(LOG, encoding="utf-8")
    facts = gather(paths, Settings(paths.settings), [SECRET, make_job(2, Status.ERROR, error_code="damaged")])
    told = report(facts, f"Traceback of Secret Love Song in {paths.database}", hide=True)
    for secret in (
        "Secret",
        "Hidden",
        "secret",
        "My Music",
        "Other",
        "never queued",
        "on windows",
        str(paths.data_dir),
    ):
        assert secret not in told
    for useful in (
        "job 0a1b2c3d was changed",
        'app.py", line 12, in main',
        "[Errno 2]",
        "in <database>",
        "1 damaged",
    ):
        assert useful in told
    assert "Performia Desktop" in told


def test_nothing_is_left_out_when_they_may_be_told(paths: Paths, qapp: QApplication) -> None:
    (paths.logs / "performia.log").write_text(LOG, encoding="utf-8")
    told = report(gather(paths, Settings(paths.settings), [SECRET]), "", hide=False)
    assert LOG.strip() in told


@pytest.mark.parametrize(
    "path",
    [
        "/music/a b/c.mp3",
        "~/a b.mp3",
        "file:///music/a%20b.mp3",
        "D:\\a b\\c.mp3",
        "\\\\nas\\a b\\c.mp3",
        "/a/ü ♪.mp3",
    ],
)
@pytest.mark.parametrize(
    "around", ["{} is gone", "gone: {}", "“\u2068{}\u2069” is gone", "'{}'", "({}): gone", "x={}"]
)
def test_no_path_comes_through(path: str, around: str) -> None:
    told = hidden(around.format(path), [], [])
    assert "mp3" not in told
    assert "a b" not in told


@pytest.mark.parametrize("text", ["3/4 and/or 6/8", "took 1:23", "Python 3.11.7", "https is not used", "1 / 2"])
def test_what_is_no_path_stays(text: str) -> None:
    assert hidden(text, [], []) == text


def test_the_log_of_a_crash_is_in_it(paths: Paths, qapp: QApplication) -> None:
    (paths.logs / "crash-1.log").write_text("Fatal Python error: Segmentation fault", encoding="utf-8")
    assert "Segmentation fault" in report(gather(paths, Settings(paths.settings), []), "", hide=True)


def test_only_the_end_of_a_long_log_is_told(paths: Paths, qapp: QApplication) -> None:
    (paths.logs / "performia.log").write_text("old\n" + "line\n" * 40_000 + "new\n", encoding="utf-8")
    told = report(gather(paths, Settings(paths.settings), []), "", hide=True)
    assert len(told) < 80_000
    assert "old\n" not in told
    assert told.endswith("new\n")


def test_what_is_shown_is_what_is_saved(
    paths: Paths, background: Background, qtbot: QtBot, tmp_path: Path
) -> None:
    (paths.logs / "performia.log").write_text(LOG, encoding="utf-8")
    dialog = ReportDialog(None, gather(paths, Settings(paths.settings), [SECRET]), background)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(dialog.save_button.isEnabled)
    assert "Secret" not in dialog.text.toPlainText()
    dialog.hide_names.setChecked(False)
    qtbot.waitUntil(lambda: "Secret" in dialog.text.toPlainText())
    target = tmp_path / "report.txt"
    dialog.save(target)
    qtbot.waitUntil(lambda: str(target) in dialog.said.text())
    assert target.read_text(encoding="utf-8") == dialog.text.toPlainText()
    dialog.save(tmp_path / "nowhere" / "report.txt")
    qtbot.waitUntil(lambda: "could not be written" in dialog.said.text())


def test_a_bug_opens_one_dialog_and_the_window_goes_on(window: MainWindow, qtbot: QtBot) -> None:
    def dialogs(kind: type[QDialog]) -> list[QDialog]:
        return [dialog for dialog in window.findChildren(kind) if dialog.isVisible()]

    for number in range(3):
        window.news.show_bug("Something went wrong.", f"Traceback {number}")
    [dialog] = dialogs(DetailsDialog)
    assert isinstance(dialog, DetailsDialog)
    assert dialog.details.toPlainText() == "Traceback 0"
    assert window.info.current is not None  # the others
    dialog.add_button("Report", lambda: None)
    window.news.report_wanted.emit("Traceback 0")
    [shown] = dialogs(ReportDialog)
    assert isinstance(shown, ReportDialog)
    qtbot.waitUntil(lambda: "Traceback 0" in shown.text.toPlainText())
    shown.close()
    dialog.close()
    window.news.show_bug("Something went wrong.", "Traceback 4")
    [again] = dialogs(DetailsDialog)
    again.close()


def test_a_crash_of_the_last_run_is_offered_once(
    window: MainWindow, make_dialogs_close: Callable[[], None]
) -> None:
    window.news.tell_crash(Path("crash-1.log"))
    notice = window.info.current
    assert notice is not None
    assert "unexpectedly" in notice.text
    notice.actions[0][1]()
    assert window.info.current is None
    [shown] = [dialog for dialog in window.findChildren(ReportDialog) if dialog.isVisible()]
    shown.close()


@pytest.fixture
def make_dialogs_close(window: MainWindow) -> Iterator[None]:
    yield
    for dialog in window.findChildren(QDialog):
        dialog.close()
