from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from performia_desktop.instance import Instance, _server_name, send

posix = pytest.mark.skipif(sys.platform == "win32", reason="POSIX sockets")
Reply = Callable[[dict[str, Any]], None]


@pytest.fixture
def first(qtbot: QtBot, data_dir: Path) -> Iterator[Instance]:
    instance = Instance(data_dir)
    assert instance.acquire()
    yield instance
    instance.release()


ASKER = """
import json, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from performia_desktop.instance import send
app = QCoreApplication(sys.argv)
print(json.dumps(send(Path(sys.argv[1]), json.load(sys.stdin), int(sys.argv[2]))))
"""


class Asker:
    """A second program (a thread would not do: waiting for a local socket holds the interpreter)."""

    def __init__(self, data_dir: Path, request: dict[str, Any], timeout_ms: int = 5000) -> None:
        self._program = subprocess.Popen(
            [sys.executable, "-c", ASKER, str(data_dir), str(timeout_ms)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert self._program.stdin is not None
        self._program.stdin.write(json.dumps(request))
        self._program.stdin.close()

    def wait(self, qtbot: QtBot) -> dict[str, Any] | None:
        qtbot.waitUntil(lambda: self._program.poll() is not None, timeout=20_000)
        assert self._program.stdout is not None
        with self._program.stdout as stdout:
            reply: dict[str, Any] | None = json.load(stdout)
        return reply


def test_the_second_is_not_the_first(first: Instance, data_dir: Path) -> None:
    second = Instance(data_dir)
    assert not second.acquire()
    first.release()
    assert second.acquire()
    second.release()


def test_every_data_directory_has_its_own_first(first: Instance, tmp_path: Path) -> None:
    other = Instance(tmp_path / "other")
    assert other.acquire()
    other.release()


def test_a_request_is_answered(qtbot: QtBot, first: Instance, data_dir: Path) -> None:
    asked: list[dict[str, Any]] = []

    def answer(request: dict[str, Any], reply: Reply) -> None:
        asked.append(request)
        reply({"ok": True, "name": "Größe \udcff"})
        reply({"ok": False})

    first.request.connect(answer)
    request = {"do": "add", "files": ["/music/Ünïcode 🎵.mp3", "x" * 100_000]}
    assert Asker(data_dir, request).wait(qtbot) == {"ok": True, "name": "Größe \udcff"}
    assert asked == [request]


def test_an_answer_may_come_later_and_many_may_ask(qtbot: QtBot, first: Instance, data_dir: Path) -> None:
    replies: list[Reply] = []
    first.request.connect(lambda _, reply: replies.append(reply))
    askers = [Asker(data_dir, {"do": "pause"}) for _ in range(3)]
    qtbot.waitUntil(lambda: len(replies) == 3, timeout=20_000)
    for reply in replies:
        reply({"ok": True})
    assert [asker.wait(qtbot) for asker in askers] == [{"ok": True}] * 3


def test_nobody_there(qtbot: QtBot, data_dir: Path) -> None:
    assert send(data_dir, {"do": "pause"}) is None


def test_no_answer_in_time(qtbot: QtBot, first: Instance, data_dir: Path) -> None:
    replies: list[Reply] = []
    first.request.connect(lambda _, reply: replies.append(reply))
    assert Asker(data_dir, {"do": "pause"}, timeout_ms=100).wait(qtbot) is None
    qtbot.waitUntil(lambda: not first._conversations)
    replies[0]({"ok": True})  # nobody hears it, and nothing breaks


@posix
@pytest.mark.parametrize("line", [b"garbage\n", b"[1]\n", b"", b"\xff\xfe\n"])
def test_garbage_is_hung_up_on(qtbot: QtBot, first: Instance, data_dir: Path, line: bytes) -> None:
    asked: list[object] = []
    first.request.connect(lambda request, _: asked.append(request))
    assert first._server is not None
    with socket.socket(socket.AF_UNIX) as client:
        client.connect(first._server.fullServerName())
        client.setblocking(False)
        client.send(line)
        if not line:
            client.close()
        qtbot.waitUntil(lambda: first._server is not None and not first._server.hasPendingConnections())
        QCoreApplication.processEvents()
        qtbot.waitUntil(lambda: not first._conversations)
    assert asked == []


@posix
def test_the_socket_is_the_users_alone(first: Instance) -> None:
    assert first._server is not None
    mode = os.stat(first._server.fullServerName()).st_mode  # noqa: PTH116
    assert stat.S_IMODE(mode) & 0o077 == 0


PROGRAM = """
import sys, time
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from performia_desktop.instance import Instance
app = QCoreApplication(sys.argv)
instance = Instance(Path(sys.argv[1]))
print(instance.acquire(), flush=True)
time.sleep(60)
"""


@posix
def test_a_killed_first_makes_room(qtbot: QtBot, data_dir: Path) -> None:
    program = subprocess.Popen([sys.executable, "-c", PROGRAM, str(data_dir)], stdout=subprocess.PIPE, text=True)
    assert program.stdout is not None
    assert program.stdout.readline() == "True\n"
    instance = Instance(data_dir)
    assert not instance.acquire()
    program.kill()
    program.communicate()
    assert instance.acquire()
    answered = Asker(data_dir, {"do": "pause"})
    instance.request.connect(lambda _, reply: reply({"ok": True}))
    assert answered.wait(qtbot) == {"ok": True}
    instance.release()


def test_a_place_that_cannot_be_written(qtbot: QtBot, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(OSError, match="file"):
        Instance(tmp_path / "file" / "data").acquire()


def test_the_name_is_short_whatever_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    deep = tmp_path / ("x" * 200) / ("y" * 200)
    assert len(_server_name(deep)) < 50
    assert _server_name(deep) != _server_name(tmp_path)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path)[:59])
    json.dumps(_server_name(deep))


@posix
def test_the_runtime_directory_is_used_where_there_is_one(
    qtbot: QtBot, data_dir: Path, monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    import tempfile

    with tempfile.TemporaryDirectory(prefix="run") as runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
        instance = Instance(data_dir)
        assert instance.acquire()
        assert [path.name.startswith("performia-") for path in Path(runtime).iterdir()] == [True]
        instance.release()
