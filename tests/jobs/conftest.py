from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from performia_desktop.jobs.service import JobService
from performia_desktop.paths import Paths
from tests.jobs.fakes import FAKE_CHILD

StartService = Callable[..., JobService]


@pytest.fixture
def start(qtbot: QtBot, paths: Paths) -> Iterator[StartService]:
    """Start a service on the fake child, opened and loaded; it is quit at the test's end."""
    services: list[JobService] = []

    def begin(*, at_once: int = 2, run: bool = True, silence_seconds: float = 30.0) -> JobService:
        service = JobService(paths, command=FAKE_CHILD, silence_seconds=silence_seconds)
        service.settings.jobs_at_once = at_once
        services.append(service)
        with qtbot.waitSignal(service.jobs.loaded, timeout=10_000):
            service.open(run=run)
        qtbot.waitUntil(lambda: service.queue._started or not run)
        return service

    yield begin
    for service in services:
        service.quit()
