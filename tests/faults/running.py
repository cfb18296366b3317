from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

from PySide6.QtCore import QEventLoop, QTimer, SignalInstance

from performia_desktop.jobs.child import default_command
from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.faults import plain_user


@contextlib.contextmanager
def service_on(paths: Paths, *, at_once: int = 2) -> Iterator[JobService]:
    """Run a service with the real analysis, for which permissions count."""
    service = JobService(paths, command=plain_user.command(default_command(1 << 30)))
    service.settings.jobs_at_once = at_once
    try:
        yield service
    finally:
        assert service.quit()


def until(signal: SignalInstance, do: Callable[[], object], seconds: float = 60.0) -> None:
    """Do something and let the event loop run until the signal comes; fails if it does not come in time."""
    loop = QEventLoop()
    come: list[bool] = []

    def on_signal(*_: object) -> None:
        come.append(True)
        loop.quit()

    signal.connect(on_signal)
    try:
        do()
        if not come:
            QTimer.singleShot(int(seconds * 1000), loop, loop.quit)
            loop.exec()
    finally:
        signal.disconnect(on_signal)
    assert come, "it did not come"
