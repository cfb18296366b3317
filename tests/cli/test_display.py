"""Where there is no display, that is a sentence or a picture, and not Qt's abort."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from performia_desktop.cli import display

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems always have a display")


@pytest.fixture
def wayland() -> Iterator[Path]:
    """A socket that takes connections, in a folder whose name is short enough for it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as server:
        path = Path(folder) / "wayland-7"
        server.bind(str(path))
        server.listen()
        yield path


def test_a_display_must_answer(wayland: Path) -> None:
    there = {"WAYLAND_DISPLAY": wayland.name, "XDG_RUNTIME_DIR": str(wayland.parent)}
    assert display.there(there)
    assert not display.there({**there, "WAYLAND_DISPLAY": "wayland-8"})
    assert not display.there({})
    assert not display.there({"DISPLAY": ""})
    assert not display.there({"DISPLAY": ":54321"})
    assert not display.there({"DISPLAY": ":54321.0", "WAYLAND_DISPLAY": "gone"})
    # a remote one, and one of Qt's own, are left to Qt
    assert display.there({"DISPLAY": "far.example:0"})
    assert display.there({"QT_QPA_PLATFORM": "vnc"})
    assert not display.invisible({"QT_QPA_PLATFORM": "xcb"})
    assert display.invisible({"QT_QPA_PLATFORM": "offscreen:enable_fonts"})


def test_the_window_without_a_display_is_a_sentence(tmp_path: Path) -> None:
    hidden = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "performia_desktop", "--data-dir", str(tmp_path / "data")],
        check=False,
        capture_output=True,
        text=True,
        env={name: value for name, value in os.environ.items() if name not in hidden},
        timeout=30,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert "performia-desktop analyze" in done.stderr
    assert not (tmp_path / "data").exists()
