"""The analysis child: requests (see `protocol`) in on stdin as lines, their answers out on stdout.

It keeps the real stdout for the protocol and points file descriptor 1 at stderr, so that a native library's print
cannot corrupt it. Its parent's end (end of file on stdin) ends it at once, whatever it is computing.
"""

from __future__ import annotations

import contextlib
import faulthandler
import logging
import os
import queue
import sys
import threading
import traceback
from collections.abc import Callable, Sequence
from typing import IO, Final

for _name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")  # before numpy: the queue runs songs side by side instead

from performia_desktop.analysis import sandbox  # noqa: E402
from performia_desktop.protocol import (  # noqa: E402
    ONLY_DECODES,
    Analyse,
    Decode,
    Failed,
    Message,
    Outline,
    ProtocolError,
    Ready,
    decode,
    encode,
)

_NICE: Final = 10
_RESERVE: Final = 4 << 20  # bytes set free when memory is out, to be able to say so

_log = logging.getLogger(__name__)


def main(argv: Sequence[str] = ()) -> int:
    """Serve until stdin ends. ``--memory BYTES`` in `argv` limits the memory.

    With ``--only-decodes`` it is ready at once, for a `Decode`.
    """
    faulthandler.enable()
    sandbox.enter(sandbox.memory_argument(list(argv)))
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s")
    if hasattr(os, "nice"):
        with contextlib.suppress(OSError):
            os.nice(_NICE)
    out = _take_stdout()
    lines: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(lines,), name="stdin", daemon=True).start()

    def send(message: Message) -> None:
        out.write(encode(message))
        out.flush()

    try:
        if ONLY_DECODES not in argv:
            import performia_desktop.analysis.pipeline  # noqa: F401  ready means: imported

        send(Ready(os.getpid()))
        while True:
            _serve(lines.get(), send)
    except BrokenPipeError:
        return 0  # nobody listens any more


def _take_stdout() -> IO[str]:
    """Return the real stdout as a text stream, and let file descriptor 1 be stderr from now on."""
    real = os.dup(1)
    os.dup2(2, 1)
    sys.stdout = sys.stderr
    return open(real, "w", encoding="ascii", newline="\n")  # noqa: PTH123


def _read(lines: queue.SimpleQueue[str]) -> None:
    for line in sys.stdin.buffer:
        lines.put(line.decode("ascii", errors="replace"))
    os._exit(0)  # a computation under way in NumPy cannot be interrupted otherwise


def _serve(line: str, send: Callable[[Message], None]) -> None:
    try:
        request = decode(line)
    except ProtocolError as error:
        _log.error("%s", error)
        return
    if isinstance(request, Analyse | Outline | Decode):
        send(answer(request, send))
    else:
        _log.error("not a request: %r", line[:200])


def answer(request: Analyse | Outline | Decode, send: Callable[[Message], None]) -> Message:
    """Analyse a file, draw its outline or decode it, and return what came of it, whatever came."""
    from performia_desktop.analysis.errors import AnalysisError

    reserve = bytearray(_RESERVE)
    try:
        match request:
            case Outline():
                from performia_desktop.analysis.outline import make

                return make(request)
            case Decode():
                from performia_desktop.analysis.sound import decode_to

                return decode_to(request)
            case _:
                from performia_desktop.analysis.pipeline import run

                return run(request, send)
    except AnalysisError as error:
        return Failed(request.job_id, error.code, error.message, error.details)
    except MemoryError:
        del reserve
        message = "There was not enough memory. Close other programs, or analyse fewer songs at once, and retry."
        return Failed(request.job_id, "memory", message, traceback.format_exc())
    except BrokenPipeError:
        raise
    except Exception:  # noqa: BLE001  the child's outermost edge
        message = (
            "The analysis met a fault of its own. Retry; if it happens again, please report it with the details."
        )
        return Failed(request.job_id, "bug", message, traceback.format_exc())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
