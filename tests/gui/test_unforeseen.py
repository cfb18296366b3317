from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import qWarning
from pytestqt.qtbot import QtBot

from performia_desktop.gui.unforeseen import Unforeseen

pytestmark = pytest.mark.allow_log("a bug|from Qt")


@pytest.fixture
def unforeseen(qtbot: QtBot) -> Iterator[Unforeseen]:
    hooks = sys.excepthook, threading.excepthook
    listener = Unforeseen()
    yield listener
    listener.deleteLater()
    sys.excepthook, threading.excepthook = hooks


def broken() -> None:
    raise RuntimeError("boom")


def raise_once(listener: Unforeseen) -> None:
    try:
        broken()
    except RuntimeError as error:
        listener.handle(type(error), error, error.__traceback__)


def test_a_bug_is_logged_and_told_once_with_its_traceback(
    unforeseen: Unforeseen, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[tuple[str, str]] = []
    unforeseen.seen.connect(lambda sentence, details: told.append((sentence, details)))
    for _ in range(3):
        raise_once(unforeseen)
    assert len(told) == 1
    assert "RuntimeError: boom" in told[0][1]
    assert "Performia Desktop" in told[0][1]
    assert len([record for record in caplog.records if record.levelno == logging.ERROR]) == 3


def test_ctrl_c_is_no_bug(unforeseen: Unforeseen) -> None:
    told: list[str] = []
    unforeseen.seen.connect(lambda sentence, _details: told.append(sentence))
    unforeseen.handle(KeyboardInterrupt, KeyboardInterrupt(), None)
    assert told == []


def test_a_threads_exception_and_qts_warnings_are_heard(
    unforeseen: Unforeseen, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    told: list[str] = []
    unforeseen.seen.connect(lambda _sentence, details: told.append(details))
    unforeseen.install()
    try:
        thread = threading.Thread(target=broken)
        thread.start()
        thread.join()
        qWarning("a warning from Qt")
    finally:
        unforeseen.uninstall()
    qtbot.waitUntil(lambda: bool(told))
    assert "boom" in told[0]
    assert "a warning from Qt" in caplog.text


def test_that_nothing_can_be_heard_is_no_warning(unforeseen: Unforeseen, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    unforeseen.install()
    qWarning("PulseAudioService: pa_context_connect() failed")
    unforeseen.uninstall()
    assert [record.levelno for record in caplog.records] == [logging.INFO]
