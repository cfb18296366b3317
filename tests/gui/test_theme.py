from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from performia_desktop.gui import theme
from performia_desktop.gui.colors import DARK, LIGHT, Colors, colors, contrast, palette
from performia_desktop.gui.song import hues
from performia_desktop.gui.theme import Theme
from performia_desktop.paths import Paths
from performia_desktop.settings import Settings


@pytest.fixture
def settings(paths: Paths) -> Settings:
    return Settings(paths.settings)


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    old_palette, old_sheet = qapp.palette(), qapp.styleSheet()
    yield qapp
    qapp.setStyleSheet(old_sheet)
    qapp.setPalette(old_palette)
    QGuiApplication.styleHints().unsetColorScheme()


def window_color(app: QApplication) -> str:
    return app.palette().color(QPalette.ColorRole.Window).name()


@pytest.mark.parametrize("scheme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_coloured_word_can_be_read_on_every_ground(scheme: Colors) -> None:
    for ground in (scheme.panel, scheme.alternate):
        assert contrast(scheme.text, ground) >= 13
        assert contrast(scheme.muted, ground) >= 5.4
        for word in (scheme.accent, scheme.complete, scheme.waiting, scheme.error, scheme.chords):
            assert contrast(word, ground) >= 4.85
    for word in (scheme.text, scheme.muted, scheme.complete, scheme.waiting, scheme.error):
        assert contrast(word, scheme.selection) >= 4.0
    assert contrast(scheme.on_accent, scheme.accent) >= 4.5


@pytest.mark.parametrize("scheme", [DARK, LIGHT], ids=["dark", "light"])
def test_section_names_can_be_read_on_their_colours(scheme: Colors) -> None:
    for label in hues.SECTION_HUES:
        assert contrast(scheme.text, hues.section_color(label, palette(scheme))) >= 6


def test_contrast_is_the_known_one() -> None:
    black, white = QColor("#000"), QColor("#fff")
    assert contrast(black, white) == pytest.approx(21)
    assert contrast(white, white) == 1
    assert contrast(QColor("#777"), white) == pytest.approx(4.48, abs=0.01)


def test_a_widgets_palette_tells_its_colours() -> None:
    assert colors(palette(DARK)) is DARK
    assert colors(palette(LIGHT)) is LIGHT


def test_the_style_sheet_has_no_hole(app: QApplication) -> None:
    assert "$" not in theme.style_sheet(DARK)


def test_follows_the_system_while_it_runs(app: QApplication, settings: Settings) -> None:
    hints = QGuiApplication.styleHints()
    kept = Theme(app, settings)
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert kept.dark
    assert window_color(app) == DARK.window.name()
    hints.colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert window_color(app) == LIGHT.window.name()
    kept.deleteLater()


def test_the_users_choice_holds_against_the_system_and_a_restart(app: QApplication, settings: Settings) -> None:
    kept = Theme(app, settings)
    kept.scheme = "dark"
    assert window_color(app) == DARK.window.name()
    QGuiApplication.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Light)
    assert window_color(app) == DARK.window.name()
    kept.deleteLater()
    assert settings.color_scheme == "dark"
    again = Theme(app, settings)
    assert again.dark
    again.deleteLater()


def test_changing_tells_once(app: QApplication, settings: Settings) -> None:
    kept = Theme(app, settings)
    told: list[bool] = []
    kept.changed.connect(lambda: told.append(kept.dark))
    kept.scheme = "light" if kept.dark else "dark"
    kept.scheme = kept.scheme
    assert len(told) == 1
    kept.deleteLater()
