"""What the program relies on in Qt for Python, watched, because a release has broken it before."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtSql import QSqlDatabase, QSqlQuery
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

CALLS = 1000


def lost(call: Callable[[int], object]) -> int:
    """Return how many references to None `CALLS` calls lose."""
    before = sys.getrefcount(None)
    for n in range(CALLS):
        call(n)
    return before - sys.getrefcount(None)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal: nothing can be lost")
def test_calls_that_return_nothing_lose_no_reference_to_none(qtbot: QtBot) -> None:
    """PySide6 6.12.0 lost one for every such call; the process aborted after about 5,000."""
    losses = void_calls(qtbot)
    QSqlDatabase.removeDatabase("qt-facts")
    # Other threads and caches may take or give a few; a real loss is one for each call.
    assert {name: count for name, count in losses.items() if abs(count) > CALLS / 10} == {}


def void_calls(qtbot: QtBot) -> dict[str, int]:
    """Return what calls of several kinds lose."""
    label = QLabel()
    qtbot.addWidget(label)
    thing, timer = QObject(), QTimer()
    database = QSqlDatabase.addDatabase("QSQLITE", "qt-facts")
    database.setDatabaseName(":memory:")
    assert database.open()
    query = QSqlQuery(database)
    assert query.prepare("SELECT ?")
    calls: dict[str, Callable[[int], object]] = {
        "setText": lambda n: label.setText(str(n)),
        "update": lambda _: label.update(),
        "setObjectName": lambda n: thing.setObjectName(str(n)),
        "setInterval": timer.setInterval,
        "bindValue": lambda n: query.bindValue(0, n),
        "finish": lambda _: query.finish(),
    }
    return {name: lost(call) for name, call in calls.items()}
