"""The program as a whole, as processes of its own: what it imports, how it starts, ends and hands over."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from performia_desktop import app
from performia_desktop.gui.dialogs import Question
from performia_desktop.instance import Instance
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.jobs.other_program import OtherProgram

FAKE_CHILD = str(Path(__file__).parent / "jobs" / "fake_child.py")
HEAVY = (
    "librosa",
    "scipy",
    "numba",
    "soundfile",
    "numpy",
    "av",
    "soxr",
    "jsonschema_rs",
    "performia_desktop.analysis",
)

# Runs the program with a child that analyses nothing, and says when the window is there and its list is read.
PROGRAM = """
import sys
from performia_desktop import app
from performia_desktop.jobs import service as module
from performia_desktop.paths import Paths

class Service(module.JobService):
    def __init__(self, paths, settings):
        super().__init__(paths, settings, command=[sys.executable, sys.argv[1]])
        self.jobs.loaded.connect(lambda: print("loaded", flush=True))
        self.queue.idle.connect(lambda: print("idle", flush=True))
        self.queue.state_changed.connect(lambda: print("running", len(self.queue.running), flush=True))

module.JobService = Service
sys.exit(app.main(Paths.of(sys.argv[2]), sys.argv[3:]))
"""

offscreen = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
"""A platform without a screen says of dialogs what it cannot do."""

Start = Callable[..., subprocess.Popen[str]]


def run_python(code: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


@pytest.fixture
def start(data_dir: Path) -> Iterator[Start]:
    """Start the program on `data_dir`; whatever still runs at the end is killed."""
    started: list[subprocess.Popen[str]] = []

    def run(*files: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-c", PROGRAM, FAKE_CHILD, str(data_dir), *files]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield run
    for process in started:
        if process.poll() is None:
            process.kill()
        process.communicate()


def wait_for(process: subprocess.Popen[str], word: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if line.strip() == word:
            return
    pytest.fail(f"the program ended before it said {word!r}")


def statuses(data_dir: Path) -> dict[str, str]:
    with closing(sqlite3.connect(data_dir / "jobs.db")) as database:
        rows = database.execute("SELECT input_file, status FROM jobs").fetchall()
    return {Path(name).name: status for name, status in rows}


def song(folder: Path, name: str) -> str:
    path = folder / name
    path.write_bytes(name.encode())
    return str(path)


@pytest.mark.skipif(os.name != "posix", reason="sends a signal")
def test_a_crash_of_the_window_is_offered_at_the_next_start(start: Start, data_dir: Path) -> None:
    crashed = start()
    wait_for(crashed, "loaded")
    crashed.send_signal(signal.SIGSEGV)
    assert crashed.wait(20) == -signal.SIGSEGV
    again = start()
    wait_for(again, "loaded")
    again.send_signal(signal.SIGTERM)
    assert again.wait(20) == 0
    logs = {path.name: path.read_text() for path in (data_dir / "logs").iterdir()}
    assert set(logs) == {"crash-1.log", "performia.log"}
    assert "Segmentation fault" in logs["crash-1.log"]
    assert "crash-1.log" in logs["performia.log"]  # the window has told it


def test_the_window_imports_nothing_of_the_analysis(tmp_path: Path) -> None:
    code = f"""
import sys
import performia_desktop.app
import performia_desktop.gui.main_window, performia_desktop.gui.commands
from PySide6.QtWidgets import QApplication
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
app = QApplication([])
service = JobService(Paths.of({str(tmp_path)!r}))
window = performia_desktop.app.MainWindow(service.settings)
window.fill(service)
print([name for name in {HEAVY!r} if name in sys.modules])
import performia_desktop.gui.song.window  # draws a waveform, so it may bring numpy
print([name for name in {HEAVY!r} if name in sys.modules and name != "numpy"])
"""
    done = run_python(code)
    assert done.stdout.split() == ["[]", "[]"], done.stderr


def test_what_comes_before_the_first_picture_is_little() -> None:
    """The dear ones: Qt's other modules, JSON, and the parts of the window."""
    code = "import sys, performia_desktop.app; print(*sys.modules)"
    names = set(run_python(code).stdout.split())
    assert "performia_desktop.gui.main_window" in names
    dear = {"PySide6.QtNetwork", "PySide6.QtSql", "PySide6.QtSvg", "PySide6.QtMultimedia", "json"}
    assert not names & dear
    assert not {name for name in names if name.startswith("performia_desktop.jobs")}


def test_starts_analyses_and_ends_with_ctrl_c(start: Start, data_dir: Path, tmp_path: Path) -> None:
    process = start(song(tmp_path, "one.wav"), song(tmp_path, "two.wav"))
    wait_for(process, "idle")
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert statuses(data_dir) == {"one.wav": "complete", "two.wav": "complete"}
    assert err == ""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_puts_what_runs_back_and_asks_nobody(
    start: Start, data_dir: Path, tmp_path: Path, number: signal.Signals
) -> None:
    process = start(song(tmp_path, "x.wait.wav"))
    wait_for(process, "running 1")
    process.send_signal(number)
    _, err = process.communicate(timeout=30)
    assert process.returncode == 0, err
    assert statuses(data_dir) == {"x.wait.wav": "pending"}


def test_what_ran_goes_on_at_the_next_start(start: Start, data_dir: Path, tmp_path: Path) -> None:
    name = song(tmp_path, "x.wait.wav")
    process = start(name)
    wait_for(process, "running 1")
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=30)
    Path(f"{name}.go").touch()
    again = start()
    wait_for(again, "idle")
    again.send_signal(signal.SIGTERM)
    again.communicate(timeout=30)
    assert statuses(data_dir) == {"x.wait.wav": "complete"}


def test_a_second_start_hands_its_files_to_the_first(start: Start, data_dir: Path, tmp_path: Path) -> None:
    first = start()
    wait_for(first, "loaded")
    second = start(song(tmp_path, "late.wav"))
    out, err = second.communicate(timeout=30)
    assert second.returncode == 0, err
    assert out == ""
    wait_for(first, "idle")
    first.send_signal(signal.SIGTERM)
    first.communicate(timeout=30)
    assert statuses(data_dir) == {"late.wav": "complete"}


def test_a_relative_name_means_the_same_to_the_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert app._absolute("a.wav") == str(tmp_path / "a.wav")
    assert app._absolute("file:///b.wav") == "file:///b.wav"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    done = run_python(PROGRAM, FAKE_CHILD, str(tmp_path / "data"))
    assert done.returncode == app.EXIT_DATABASE
    assert "--data-dir" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_place_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder", encoding="utf-8")
    done = run_python(PROGRAM, FAKE_CHILD, str(tmp_path / "data"))
    assert done.returncode == app.EXIT_DATABASE
    assert "--data-dir" in done.stderr
    assert "Traceback" not in done.stderr


def test_one_that_holds_the_place_and_does_not_answer_is_said(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from performia_desktop import instance

    monkeypatch.setattr(instance, "send", lambda *_args: None)
    assert "does not answer" in str(app._hand_over(Paths.of(data_dir), []))
    monkeypatch.setattr(instance, "send", lambda *_args: {"ok": False, "error": "The list is locked."})
    assert "The list is locked." in str(app._hand_over(Paths.of(data_dir), []))


def press(words: str) -> Callable[[], None]:
    """Return what clicks a button of the dialog that is open, as a user who reads it would."""

    def click() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        [button] = [button for button in dialog.findChildren(QPushButton) if button.text() == words]
        button.click()

    return click


@offscreen
def test_a_start_while_the_command_line_works_here_says_so_and_can_be_tried_again(
    paths: Paths, qapp: QApplication, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from performia_desktop import instance

    held = app.lock(paths.data_dir)
    assert held is not None
    sentence = "The command works on these songs. Wait until it is done."
    monkeypatch.setattr(instance, "send", lambda *_args: {"ok": False, "error": sentence})
    monkeypatch.setattr(QGuiApplication, "platformName", staticmethod(lambda: "xcb"))
    told: list[str] = []

    def again_then_quit() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, Question)
        told.append(dialog.body.text())
        press("Try again" if len(told) == 1 else "Quit")()
        if len(told) == 1:
            QTimer.singleShot(0, again_then_quit)

    QTimer.singleShot(0, again_then_quit)
    assert app.main(paths, []) == app.EXIT_DATABASE
    assert len(told) == 2
    assert all(sentence in words for words in told)
    assert capsys.readouterr().err.count(sentence) == 2
    held.unlock()


@offscreen
def test_a_database_that_takes_nothing_is_waited_for_as_long_as_the_user_likes(
    paths: Paths, qtbot: QtBot, tmp_path: Path
) -> None:
    service = JobService(paths, command=[sys.executable, FAKE_CHILD])
    with qtbot.waitSignal(service.jobs.loaded):
        service.open(run=False)
    with qtbot.waitSignal(service.intake_done):
        service.add([song(tmp_path, "1.wav")])
    asked: list[str] = []

    def wait_on() -> bool:
        asked.append("")
        QTimer.singleShot(0, press("Try again") if len(asked) == 1 else lambda: other.execute("COMMIT"))
        return app._wait_on(service)

    [job] = service.jobs
    with OtherProgram(paths.database) as other:
        other.execute("BEGIN EXCLUSIVE")
        service.jobs.set_columns(job.job_id, title="saved")
        assert service.quit(100, wait_on)
        assert len(asked) == 2  # the second time the dialog went by itself, when all was saved
        assert other.execute("SELECT title FROM jobs") == [["saved"]]


@offscreen
@pytest.mark.allow_log("not written to the job database")
def test_the_user_may_quit_without_the_last_changes(paths: Paths, qtbot: QtBot, tmp_path: Path) -> None:
    service = JobService(paths, command=[sys.executable, FAKE_CHILD])
    with qtbot.waitSignal(service.jobs.loaded):
        service.open(run=False)
    with qtbot.waitSignal(service.intake_done):
        service.add([song(tmp_path, "1.wav")])
    with OtherProgram(paths.database) as other:
        other.execute("BEGIN EXCLUSIVE")
        service.jobs.set_columns(next(iter(service.jobs)).job_id, title="lost")
        QTimer.singleShot(200, press("Quit without saving"))
        assert not service.quit(100, lambda: app._wait_on(service))


def test_the_lock_may_be_taken_before_the_network_is_there(data_dir: Path, qapp: object) -> None:
    from performia_desktop.lock import lock

    held = lock(data_dir)
    assert held is not None
    assert lock(data_dir) is None
    first = Instance(data_dir)
    assert first.acquire(held)
    assert not Instance(data_dir).acquire()
    first.release()
    again = lock(data_dir)
    assert again is not None
    again.unlock()
