"""The song window's words can be read and its focus can be seen, in both schemes."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from performia_desktop.gui.colors import DARK, LIGHT, Colors, palette
from performia_desktop.gui.theme import style_sheet
from tests.gui import seeing
from tests.gui.seeing import unreadable, unseen_focus
from tests.gui.song.conftest import OpenSong
from tests.gui.test_accessibility import nameless


@pytest.fixture(params=[DARK, LIGHT], ids=["dark", "light"])
def scheme(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[Colors]:
    usual = qapp.palette(), qapp.styleSheet()
    qapp.setPalette(palette(request.param))
    qapp.setStyleSheet(style_sheet(request.param))
    yield request.param
    qapp.setStyleSheet(usual[1])
    qapp.setPalette(usual[0])


def test_words_focus_and_names(scheme: Colors, open_song: OpenSong, qtbot: QtBot) -> None:
    window = open_song()
    window.resize(1000, 640)
    QApplication.processEvents()
    assert nameless(window) == []
    assert unreadable(window) == []
    assert unseen_focus(window) == []


def test_music_runs_from_left_to_right_in_every_language(open_song: OpenSong, qapp: QApplication) -> None:
    def pictures() -> list[seeing.Pixels]:
        window = open_song()
        window.resize(1000, 640)
        qapp.processEvents()
        return [seeing.pixels(widget) for widget in (window.chart, window.timeline.overview)]

    usual = pictures()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        mirrored = pictures()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    for one, other in zip(usual, mirrored, strict=True):
        assert np.array_equal(one, other)
