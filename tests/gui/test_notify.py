from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from performia_desktop.gui.notify import Notifier


@pytest.fixture
def alerts(monkeypatch: pytest.MonkeyPatch) -> list[QWidget]:
    seen: list[QWidget] = []
    monkeypatch.setattr(QApplication, "alert", lambda widget, _ms=0: seen.append(widget))
    return seen


def test_says_nothing_to_who_is_looking(qtbot: QtBot, alerts: list[QWidget]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert not Notifier(window).queue_done("Done", "3 songs.")
    assert alerts == []


def test_asks_for_attention_where_there_is_no_tray(qtbot: QtBot, alerts: list[QWidget]) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    assert Notifier(window).queue_done("Done", "3 songs.")
    assert alerts == [window]
