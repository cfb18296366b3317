from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from performia_desktop.gui.info_bar import ElidedLabel, InfoBar, Notice


@pytest.fixture
def bar(qtbot: QtBot) -> InfoBar:
    bar = InfoBar()
    qtbot.addWidget(bar)
    bar.resize(600, 36)
    return bar


def buttons(bar: InfoBar) -> dict[str, QToolButton]:
    shown = (button for button in bar.findChildren(QToolButton) if not button.isHidden())
    return {button.text() or button.accessibleName(): button for button in shown}


def test_is_hidden_while_there_is_nothing_to_say(bar: InfoBar) -> None:
    assert bar.isHidden()
    bar.tell(Notice("a", "Hello."))
    assert not bar.isHidden()
    bar.withdraw("a")
    assert bar.isHidden()


def test_the_newest_stands_and_the_older_comes_back(bar: InfoBar) -> None:
    bar.tell(Notice("a", "First."))
    bar.tell(Notice("b", "Second."))
    bar.tell(Notice("a", "First again."))
    assert bar.current is not None
    assert bar.current.text == "First again."
    buttons(bar)["Close this line"].click()
    assert bar.current.key == "b"
    buttons(bar)["Close this line"].click()
    assert bar.current is None


def test_what_cannot_be_closed_has_no_button_for_it(bar: InfoBar) -> None:
    bar.tell(Notice("a", "For good.", closable=False))
    assert "Close this line" not in buttons(bar)


def test_an_action_may_take_the_line_away(bar: InfoBar) -> None:
    bar.tell(Notice("a", "Deleted.", actions=(("Undo", lambda: bar.withdraw("a")),)))
    buttons(bar)["Undo"].click()
    assert bar.isHidden()


def test_a_long_line_is_shortened_and_whole_in_the_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.resize(100, 20)
    label.setText("<b>A sentence</b> that is much longer than the label is wide")
    label.show()
    assert label.text().endswith("…")
    assert "&lt;b&gt;A sentence" in label.toolTip()
    assert label.textFormat() == Qt.TextFormat.PlainText
    label.resize(2000, 20)
    assert label.text() == label.full_text()
    assert label.toolTip() == ""
    label.set_tip("always")
    assert "always" in label.toolTip()
