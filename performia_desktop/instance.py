"""One running program per data directory; a second start hands its wishes to the first.

A QLockFile in the data directory says who is first (a dead owner's lock is taken over); a QLocalServer, open to
the user alone, takes one JSON line per connection and answers with one.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, QTimer, Signal, Slot
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from performia_desktop.lock import lock

_LINE_LIMIT: Final = 64 << 20
_ASK_TIMEOUT_MS: Final = 10_000  # for a connection that says nothing


class Instance(QObject):
    """This process as the first of its data directory, if it is."""

    request = Signal(object, object)
    """dict, and a callable that takes the reply (a dict); to be called once, at any later time."""

    def __init__(self, data_dir: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._data_dir = data_dir
        self._lock: QLockFile | None = None
        self._server: QLocalServer | None = None
        self._conversations: set[_Conversation] = set()

    def acquire(self, held: QLockFile | None = None) -> bool:
        """Become the first, by a lock already `held` or a new one; False if another process is.

        Raises OSError when the place cannot be written.
        """
        self._lock = held or lock(self._data_dir)
        if self._lock is None:
            return False
        name = _server_name(self._data_dir)
        QLocalServer.removeServer(name)  # what a crash has left; the lock says that nobody listens there
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if not server.listen(name):
            self.release()
            raise OSError(f"{server.errorString()} ({name})")
        self._server = server
        return True

    def release(self) -> None:
        """Let another process be the first."""
        for conversation in list(self._conversations):
            conversation.end()
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None
        if self._lock is not None:
            self._lock.unlock()
            self._lock = None

    @Slot()
    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            conversation = _Conversation(socket, self)
            self._conversations.add(conversation)
            conversation.asked.connect(self.request)
            conversation.ended.connect(self._forget)
            conversation.begin()

    @Slot(object)
    def _forget(self, conversation: _Conversation) -> None:
        self._conversations.discard(conversation)
        conversation.deleteLater()


class _Conversation(QObject):
    """One connection: a line in, a line out."""

    asked = Signal(object, object)
    ended = Signal(object)

    def __init__(self, socket: QLocalSocket, parent: QObject) -> None:
        super().__init__(parent)
        self._socket = socket
        socket.setParent(self)
        self._line = b""
        self._open = True
        self._was_asked = False
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.timeout.connect(self.end)
        socket.readyRead.connect(self._on_data)
        socket.disconnected.connect(self.end)

    def begin(self) -> None:
        self._patience.start(_ASK_TIMEOUT_MS)
        self._on_data()

    @Slot()
    def _on_data(self) -> None:
        self._line += bytes(self._socket.readAll().data())
        if self._was_asked or not self._open:
            return
        if len(self._line) > _LINE_LIMIT:
            self.end()
        elif b"\n" in self._line:
            self._was_asked = True
            self._patience.stop()
            try:
                request = json.loads(self._line.split(b"\n", 1)[0])
            except ValueError:
                request = None
            if isinstance(request, dict):
                self.asked.emit(request, self.reply)
            else:
                self.end()

    def reply(self, answer: Mapping[str, Any]) -> None:
        if self._open:
            self._socket.write(_line(answer))
            self._socket.flush()
            self._socket.disconnectFromServer()

    @Slot()
    def end(self) -> None:
        if self._open:
            self._open = False
            self._patience.stop()
            self._socket.abort()
            self.ended.emit(self)


def send(data_dir: Path, request: Mapping[str, Any], timeout_ms: int = 5_000) -> dict[str, Any] | None:
    """Ask the running program; return its reply, or None if none is running or it gave none in time."""
    deadline = QDeadlineTimer(timeout_ms)
    socket = QLocalSocket()
    socket.connectToServer(_server_name(data_dir))
    if not socket.waitForConnected(timeout_ms):
        return None
    socket.write(_line(request))
    answer = b""
    try:
        while socket.bytesToWrite() and not deadline.hasExpired():
            if not socket.waitForBytesWritten(int(deadline.remainingTime())):
                return None
        while b"\n" not in answer and not deadline.hasExpired():
            if not socket.bytesAvailable() and not socket.waitForReadyRead(int(deadline.remainingTime())):
                break
            answer += bytes(socket.readAll().data())
    finally:
        socket.abort()
    try:
        reply = json.loads(answer.split(b"\n", 1)[0]) if b"\n" in answer else None
    except ValueError:
        return None
    return reply if isinstance(reply, dict) else None


def _line(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message).encode("ascii") + b"\n"


def _server_name(data_dir: Path) -> str:
    """Return a name that all starts with this data directory find, short enough for the path of a socket."""
    name = "performia-" + hashlib.blake2b(os.fsencode(data_dir.resolve()), digest_size=10).hexdigest()
    runtime = os.environ.get("XDG_RUNTIME_DIR", "")
    if runtime and len(runtime) < 60 and os.access(runtime, os.W_OK | os.X_OK):
        return str(Path(runtime) / name)  # a folder of the user's own, where nobody else can take the name first
    return f"{name}-{os.getuid()}" if hasattr(os, "getuid") else name
