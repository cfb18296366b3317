"""The program with its window: one instance, theme, window and service put together.

The order is that of what the user sees. The bare window is painted first, and only what that needs is imported
here at the top; then its parts and the service are made, the database is opened, the jobs come in, the queue goes
on. A second start hands its files to the first and ends.
"""

from __future__ import annotations

import errno
import gc
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from performia_desktop import __version__
from performia_desktop.gui.colors import early, palette
from performia_desktop.gui.main_window import MainWindow
from performia_desktop.lock import lock
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings, language

if TYPE_CHECKING:
    from PySide6.QtCore import QLockFile

    from performia_desktop.jobs.service import JobService

EXIT_DONE = 0
EXIT_DATABASE = 3
_tr = QCoreApplication.translate
_PATIENCE_MS = 5_000
"""For so long the database may take the last changes before the user is asked."""


def main(paths: Paths, files: Sequence[str]) -> int:
    """Run the window until it is closed; return the exit status."""
    names = [_absolute(name) for name in files]
    app = QApplication.instance() or QApplication(["performia-desktop"])
    assert isinstance(app, QApplication)
    app.setApplicationName("Performia Desktop")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("performia-desktop")
    while True:
        refusal: str | None
        try:
            paths.create()
            held = lock(paths.data_dir)
        except OSError as error:
            held = None
            _speak(app, paths)
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                sentence = _tr(
                    "app", "The disk with {folder} is full. Free some space, or choose another with --data-dir."
                )
            else:
                sentence = _tr(
                    "app", "The folder {folder} cannot be written ({reason}). Choose another with --data-dir."
                )
            refusal = sentence.format(folder=paths.data_dir, reason=error.strerror)
        else:
            if held is not None:
                return _Program(app, paths, held, names).run()
            _speak(app, paths)
            refusal = _hand_over(paths, names)
        if refusal is None:
            return EXIT_DONE
        if not _refuse(refusal):
            return EXIT_DATABASE


def _absolute(name: str) -> str:
    """Return a path that means the same in a program that was started elsewhere; a URL stays as it is."""
    return name if name.startswith("file://") else str(Path(name).absolute())


def _speak(app: QApplication, paths: Paths) -> None:
    """Let what follows be said in the user's language; the first picture of the window has no words."""
    from performia_desktop.gui.language import install

    install(app, language(paths.settings))


def _refuse(sentence: str) -> bool:
    """Say why there is no window; return whether to try again."""
    if sys.stderr is not None:
        print(sentence, file=sys.stderr)  # noqa: T201
    if QGuiApplication.platformName() in {"offscreen", "minimal"}:  # nobody could answer
        return False
    from performia_desktop.gui.dialogs import StartDialog

    return bool(StartDialog(sentence).exec())


def _hand_over(paths: Paths, names: Sequence[str]) -> str | None:
    """Give the files to the program that runs, and let it come to the front; return why that could not be done."""
    from performia_desktop.instance import send

    reply = send(paths.data_dir, {"do": "add", "files": list(names), "raise": True}, 15_000)
    if reply is not None and reply.get("ok"):
        return None
    reason = (reply or {}).get("error") or _tr("app", "It does not answer; end it, then start again.")
    return _tr("app", "Performia Desktop is running already. {reason}").format(reason=reason)


class _Program:
    """One run of the window."""

    def __init__(self, app: QApplication, paths: Paths, held: QLockFile, names: list[str]) -> None:
        self._app = app
        self._paths = paths
        self._held = held
        self._names = names
        self._settings = Settings(paths.settings)
        app.setQuitOnLastWindowClosed(False)
        app.setPalette(palette(early(app.palette(), self._settings.color_scheme)))
        self._window = MainWindow(self._settings)
        self._window.closed.connect(app.quit)
        self._window.painted.connect(self._painted)
        self._end: list[Callable[[], object]] = []
        self._saved = True

    def run(self) -> int:
        self._window.show()
        try:
            self._app.exec()
        finally:
            for step in reversed(self._end):
                step()
            self._settings.sync()
            self._held.unlock()
            self._window.deleteLater()
        return EXIT_DONE if self._saved else EXIT_DATABASE

    def _painted(self) -> None:
        QTimer.singleShot(0, self._begin)  # when the picture is on the screen

    def _begin(self) -> None:
        """Do what the first picture of the window did not have to wait for."""
        from performia_desktop import log
        from performia_desktop.cli.loop import Interrupts
        from performia_desktop.crashlog import CrashLog
        from performia_desktop.gui.icons import program_icon
        from performia_desktop.gui.theme import Theme
        from performia_desktop.gui.unforeseen import Unforeseen
        from performia_desktop.instance import Instance
        from performia_desktop.jobs.service import JobService

        log.configure(self._paths.logs)
        _speak(self._app, self._paths)
        crashes = CrashLog(self._paths.logs)
        crashed = crashes.begin()
        self._end.append(crashes.end)
        unforeseen = Unforeseen(self._app)
        unforeseen.seen.connect(self._bug)
        unforeseen.install()
        self._end.append(unforeseen.uninstall)
        instance = Instance(self._paths.data_dir)
        instance.acquire(self._held)
        self._end.append(instance.release)
        service = JobService(self._paths, self._settings)
        self._end.append(lambda: self._stop(service))
        self._window.fill(service, Theme(self._app, self._settings))
        if crashed is not None:
            self._window.news.tell_crash(crashed)
        interrupts = Interrupts()
        interrupts.caught.connect(self._window.quit_unasked)
        interrupts.__enter__()
        self._end.append(lambda: interrupts.__exit__(None, None, None))
        self._app.commitDataRequest.connect(lambda _session: self._window.quit_unasked())
        self._app.setWindowIcon(program_icon())
        instance.request.connect(lambda request, reply: self._asked(service, request, reply))
        # What has come stays: the collector need not walk over 100,000 jobs again and again.
        service.jobs.settled.connect(gc.freeze)
        service.open()
        if self._names:
            self._window.arrivals.add_paths(self._names)

    def _bug(self, sentence: str, details: str) -> None:
        """Show a bug; one that keeps the window from being filled is only in the log."""
        if hasattr(self._window, "news"):
            self._window.news.show_bug(sentence, details)

    def _asked(
        self, service: JobService, request: dict[str, Any], reply: Callable[[dict[str, Any]], None]
    ) -> None:
        """Do what another start of the program, or the command line, asks for."""
        from performia_desktop.remote import handle

        if request.get("raise"):
            self._window.come_to_front()
        handle(service, request, reply)

    def _stop(self, service: JobService) -> None:
        self._window.hide()
        self._saved = service.quit(_PATIENCE_MS, None if self._window.unasked else lambda: _wait_on(service))


def _wait_on(service: JobService) -> bool:
    """Ask whether to wait for a database that does not take the last changes."""
    from performia_desktop.gui.dialogs import UnsavedDialog

    dialog = UnsavedDialog(service.queue.blocked)
    service.saved.connect(dialog.reject)
    return not dialog.exec()
