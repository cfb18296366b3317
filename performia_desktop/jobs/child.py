"""The analysis as a process of its own: started warm, spoken to in JSON lines, replaced when it breaks.

Whatever a song does to a decoder or to the memory, it does to the child; this side sees an end of file, reads the
exit status and the child's last words on stderr, and makes a sentence of them. The child ends by itself when its
stdin is closed, so none outlives the program, however that ends.
"""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from performia_desktop.failpoint import reach
from performia_desktop.protocol import Analyse, Decode, Message, Outline, ProtocolError, Ready, decode, encode

LINE_LIMIT: Final = 1 << 20
"""No message is longer (bytes); a longer line is garbage, and is not read to its end."""
STDERR_LIMIT: Final = 4 << 20
STDERR_TAIL: Final = 12_000
_GRACE_SECONDS: Final = 3.0
_OUT_OF_MEMORY: Final = (
    "MemoryError",
    "std::bad_alloc",
    "Cannot allocate memory",
    "Memory allocation still failed",  # OpenBLAS
)

# fmt: off
_PASSED: Final = frozenset({
    "PATH", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "LANGUAGE", "TZ", "TMPDIR", "TMP", "TEMP", "VIRTUAL_ENV",
    "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "DYLD_FALLBACK_LIBRARY_PATH",
    "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR", "COMSPEC", "PATHEXT", "USERPROFILE", "APPDATA", "LOCALAPPDATA",
    "PROGRAMDATA", "NUMBER_OF_PROCESSORS",
})
# fmt: on
_PASSED_PREFIXES: Final = ("LC_", "PYTHON", "PERFORMIA_", "XDG_", "COVERAGE_")


def default_command(memory_bytes: int | None = None) -> list[str]:
    """Return the command line that starts the analysis, from Python or from a bundle."""
    limit = ["--memory", str(memory_bytes)] if memory_bytes else []
    if getattr(sys, "frozen", False):
        program = sys.executable
        if sys.platform == "win32":  # the one with a console has streams for certain; CREATE_NO_WINDOW hides that
            program = str(Path(program).with_name("performia-desktop.exe"))
        return [program, "--analysis-child", *limit]
    # -P: a file named numpy.py in the user's current folder is not ours to run
    return [sys.executable, "-P", "-m", "performia_desktop.analysis", *limit]


def _environment() -> dict[str, str]:
    """Return what the child is told of ours: where things are and how to speak, no tokens or passwords."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name.upper() in _PASSED or name.upper().startswith(_PASSED_PREFIXES)
    }
    for name in ("OMP", "OPENBLAS", "MKL", "NUMEXPR", "NUMBA"):
        environment[f"{name}_NUM_THREADS"] = "1"  # jobs are the parallelism; more threads only fight the window
    environment["VECLIB_MAXIMUM_THREADS"] = "1"
    environment["PYTHONFAULTHANDLER"] = "1"  # a stack even from a crash among the imports
    environment["PYTHONUTF8"] = "1"
    return environment


class Child:
    """One running analysis process.

    `send` and `messages` belong to one thread at a time; `kill`, `abort` and `heard` may be used from any.

    Raises
    ------
    OSError
        The process cannot be started.
    """

    def __init__(self, command: Sequence[str] | None = None) -> None:
        self.ready = False
        self.songs = 0
        self.heard = 0
        """Messages read so far: a number that grows while the child lives."""
        self.last_sign_of_life = time.monotonic()
        self._ended_at: float | None = None
        self._stderr = tempfile.TemporaryFile(mode="a+b", prefix="performia-", buffering=0)  # noqa: SIM115
        try:
            _append_only(self._stderr.fileno())
            self._process = subprocess.Popen(
                list(command) if command is not None else default_command(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=self._stderr,
                env=_environment(),
                # Ctrl+C in a terminal goes to a whole process group; what the child does is for its parent to say
                process_group=0,
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0)
                | getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),
            )
        except BaseException:
            self._stderr.close()
            raise
        reach("child.started")

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def send(self, task: Analyse | Outline | Decode) -> None:
        """Hand over a song. Raises OSError if the child is gone."""
        assert self._process.stdin is not None
        self.songs += 1
        self.last_sign_of_life = time.monotonic()
        self._process.stdin.write(encode(task).encode("ascii"))
        self._process.stdin.flush()

    def messages(self) -> Iterator[Message]:
        """Yield what the child says, waiting for it, until it closes its stdout.

        Raises
        ------
        ProtocolError
            A line is no message.
        """
        assert self._process.stdout is not None
        while line := self._process.stdout.readline(LINE_LIMIT):
            if not line.endswith(b"\n"):
                raise ProtocolError(f"a line without an end: {line[:200]!r}")
            try:
                message = decode(line.decode("utf-8"))
            except UnicodeDecodeError as error:
                raise ProtocolError(f"not a message: {line[:200]!r}") from error
            self.last_sign_of_life = time.monotonic()
            self.heard += 1
            if isinstance(message, Ready):
                self.ready = True
            self.trim()
            yield message

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()

    def abort(self) -> None:
        """End the process so that it writes down where it stands, where that can be; `kill` may have to follow."""
        if os.name == "posix":
            self._process.send_signal(signal.SIGABRT)
        else:
            self._process.kill()

    def trim(self) -> None:
        """Keep a talkative child's stderr from filling the disk."""
        if os.name != "posix":
            return
        with contextlib.suppress(OSError, ValueError):  # the thread that reads from it has closed it a moment ago
            if os.fstat(self._stderr.fileno()).st_size > STDERR_LIMIT:
                os.ftruncate(self._stderr.fileno(), 0)

    def dismiss(self) -> None:
        """Ask the process to end, by closing its stdin; returns at once, `gone` tells when it has."""
        self._ended_at = time.monotonic()
        _close_quietly(self._process.stdin)

    def gone(self) -> bool:
        """Return whether a dismissed process has ended; one that takes too long is killed."""
        if self._process.poll() is None:
            if self._ended_at is not None and time.monotonic() - self._ended_at > _GRACE_SECONDS:
                self._process.kill()
            return False
        self._close()
        return True

    def finish(self, grace_seconds: float = _GRACE_SECONDS) -> Ending:
        """Wait for the process to end, kill it if it does not in time, and return how it ended."""
        _close_quietly(self._process.stdin)
        try:
            status = self._process.wait(grace_seconds)
        except subprocess.TimeoutExpired:
            self._process.kill()
            status = self._process.wait()
        ending = Ending(status, self._last_words())
        self._close()
        return ending

    def _last_words(self) -> str:
        if self._stderr.closed:
            return ""
        size = self._stderr.seek(0, os.SEEK_END)
        self._stderr.seek(max(0, size - STDERR_TAIL))
        return self._stderr.read(STDERR_TAIL).decode("utf-8", "replace").strip()

    def _close(self) -> None:
        for stream in (self._process.stdin, self._process.stdout, self._stderr):
            _close_quietly(stream)


class Ending:
    """How a child ended: its exit status as subprocess gives it, and the tail of its stderr."""

    def __init__(self, status: int, last_words: str) -> None:
        self.status = status
        self.last_words = last_words

    @property
    def reason(self) -> tuple[str, str]:
        """A code of protocol.FAILURE_CODES, and a sentence with a remedy."""
        if any(word in self.last_words for word in _OUT_OF_MEMORY):
            return "memory", (
                "There was not enough memory for this song. Close other programs or analyse fewer songs at once, "
                "then retry."
            )
        if self.status == -getattr(signal, "SIGKILL", 9):
            return "crashed", (
                "The analysis was ended by the system, as happens when memory runs out. Close other programs or "
                "analyse fewer songs at once, then retry."
            )
        if self.status < 0 or self.status >= 0xC0000000:
            return "crashed", (
                f"The analysis of this song crashed ({self.what}). Retry; if it happens again, the file may be "
                "damaged: convert it to another format."
            )
        return "crashed", (
            f"The analysis ended without an answer ({self.what}). Retry; if it happens again, please report it with "
            "the details."
        )

    @property
    def what(self) -> str:
        """The exit status in words: "SIGSEGV", "exit status 3"."""
        if self.status < 0:
            try:
                return signal.Signals(-self.status).name
            except ValueError:
                return f"signal {-self.status}"
        return f"exit status {self.status:#x}" if self.status > 255 else f"exit status {self.status}"

    @property
    def details(self) -> str:
        return f"{self.what}\n{self.last_words}".strip()


def _append_only(descriptor: int) -> None:
    """Let every write go to the end of the file, also after it was cut to nothing."""
    if os.name == "posix":
        import fcntl

        fcntl.fcntl(descriptor, fcntl.F_SETFL, fcntl.fcntl(descriptor, fcntl.F_GETFL) | os.O_APPEND)


def _close_quietly(stream: object) -> None:
    """Close a pipe whose other end may be gone."""
    with contextlib.suppress(OSError):
        stream.close()  # type: ignore[attr-defined]
