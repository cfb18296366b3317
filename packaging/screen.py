"""A screen without a monitor (Xvfb), with hands: it drags files, presses keys, finds windows and takes pictures.

xdotool moves the pointer and presses the keys; what is dragged comes from a small window of another program, run from
this file: ``python packaging/screen.py drag FILE...`` shows it, ``grab PATH`` takes a picture of the whole screen.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

SIZE: Final = (1500, 900)
_SOURCE: Final = "Files to drag"
_PATIENCE: Final = 60.0
_STAYS_MS: Final = 1_500


class Screen:
    """An X server of its own, until `close`."""

    def __init__(self) -> None:
        read, write = os.pipe()
        self._server = subprocess.Popen(
            [
                "Xvfb",
                "-displayfd",
                str(write),
                "-screen",
                "0",
                f"{SIZE[0]}x{SIZE[1]}x24",
                "-ac",
                "-nolisten",
                "tcp",
            ],
            pass_fds=[write],
            stderr=subprocess.DEVNULL,
        )
        os.close(write)
        with os.fdopen(read) as told:
            self.display = f":{told.readline().strip()}"
        self._environment = {**os.environ, "DISPLAY": self.display, "QT_QPA_PLATFORM": "xcb"}

    def close(self) -> None:
        self._server.terminate()
        self._server.wait()

    def window(self, name: str) -> str:
        """Wait for a window whose title holds `name`; return its number."""
        found = ""

        def there() -> bool:
            nonlocal found
            found = self._said("search", "--onlyvisible", "--name", name).split("\n")[0]
            return bool(found)

        wait(there, f"a window named {name}", pause=0.05)
        return found

    def place(self, window: str, x: int, y: int, width: int, height: int) -> None:
        self._said("windowsize", "--sync", window, str(width), str(height))
        self._said("windowmove", window, str(x), str(y))

    def press(self, window: str, *keys: str) -> None:
        """Press keys in a window, which gets the focus."""
        self._said("windowfocus", "--sync", window)
        for key in keys:
            self._said("key", "--clearmodifiers", key)

    def double_click(self, x: int, y: int) -> None:
        self._said("mousemove", "--sync", str(x), str(y))
        self._said("click", "--repeat", "2", "--delay", "50", "1")

    def drag(self, files: Sequence[str], target: tuple[int, int]) -> float:
        """Drag files from another program to a place on the screen; return when they were let go (monotonic)."""
        source = self._helper("drag", *files)
        try:
            window = self.window(_SOURCE)
            self.place(window, SIZE[0] - 120, SIZE[1] - 120, 100, 100)
            start = (SIZE[0] - 70, SIZE[1] - 70)
            self._said("mousemove", "--sync", *map(str, start))
            self._said("mousedown", "1")
            for step in range(1, 21):
                x, y = (start[axis] + (target[axis] - start[axis]) * step // 20 for axis in (0, 1))
                self._said("mousemove", str(x), str(y))
                time.sleep(0.03)  # as a hand does: the drag is told of one place after the other
            time.sleep(0.3)
            self._said("mouseup", "1")
            dropped = time.monotonic()
            if source.wait(_PATIENCE):
                raise SystemExit("Nothing took what was dragged.")
        finally:
            source.kill()
            source.wait()
        return dropped

    def grab(self, target: Path) -> bytes:
        """Take a picture of the screen; return its pixels as one can compare them."""
        helper = self._helper("grab", str(target))
        if helper.wait(_PATIENCE):
            raise SystemExit("The screen could not be photographed.")
        return target.read_bytes()

    def _helper(self, *arguments: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, __file__, *arguments], env=self._environment)

    def _said(self, *arguments: str) -> str:
        return subprocess.run(
            ["xdotool", *arguments], env=self._environment, capture_output=True, text=True, check=False
        ).stdout.strip()


def wait(condition: Callable[[], bool], what: str, seconds: float = _PATIENCE, pause: float = 0.2) -> float:
    """Wait until a condition holds; return for how long. Ends the test when it does not come to hold."""
    begun = time.monotonic()
    while not condition():
        if time.monotonic() - begun > seconds:
            raise SystemExit(f"After {seconds:.0f} s there was not {what}.")
        time.sleep(pause)
    return time.monotonic() - begun


def _drag(files: Sequence[str]) -> int:
    from PySide6.QtCore import QMimeData, Qt, QTimer, QUrl
    from PySide6.QtGui import QDrag, QMouseEvent
    from PySide6.QtWidgets import QApplication, QWidget

    class Source(QWidget):
        def mousePressEvent(self, _event: QMouseEvent) -> None:  # noqa: N802
            data = QMimeData()
            data.setUrls([QUrl.fromLocalFile(file) for file in files])
            drag = QDrag(self)
            drag.setMimeData(data)
            taken = drag.exec(Qt.DropAction.CopyAction)
            status = 0 if taken == Qt.DropAction.CopyAction else 1
            QTimer.singleShot(_STAYS_MS, lambda: QApplication.exit(status))  # who takes it reads it from us

    app = QApplication(["drag"])
    source = Source()
    source.setWindowTitle(_SOURCE)
    source.show()
    return app.exec()


def _grab(target: str) -> int:
    from PySide6.QtGui import QGuiApplication

    app = QGuiApplication(["grab"])
    done = app.primaryScreen().grabWindow(0).save(target)
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(_drag(sys.argv[2:]) if sys.argv[1] == "drag" else _grab(sys.argv[2]))
