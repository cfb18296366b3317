"""Light and dark: the palette and a short style sheet, following the system while the program runs.

The system's scheme is followed unless the user holds it to light or dark.
"""

from __future__ import annotations

from dataclasses import fields
from string import Template
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from performia_desktop.assets import resource
from performia_desktop.gui.colors import DARK, LIGHT, Colors, colors, mix, palette
from performia_desktop.settings import Settings

_SHEET: Final = Template("""
QToolTip { color: $text; background: $panel; border: 1px solid $line; padding: 4px; }
QToolBar, QStatusBar { background: $window; border: none; }
QToolBar { spacing: 4px; padding: 8px 12px; }
QStatusBar::item { border: none; }
QToolButton { border: 1px solid transparent; border-radius: 6px; padding: 4px 8px; background: transparent; }
QToolButton:hover, QToolButton:pressed, QToolButton:open { background: $hover; }
QToolButton:focus { border-color: $accent; }
QToolButton[primary="true"], QPushButton:default {
    color: $on_accent; background: $accent; border: 1px solid $accent; }
QToolButton[primary="true"]:hover, QPushButton:default:hover { background: $accent_hover; }
QToolButton[primary="true"]:focus, QPushButton:default:focus { border: 2px solid $text; }
QToolButton[popupMode="2"] { padding-right: 24px; border-color: $line; background: $panel; }
QToolButton[popupMode="2"]:focus { border-color: $accent; }
QToolButton::menu-indicator { image: url("$chevron"); subcontrol-origin: padding;
    subcontrol-position: center right; right: 6px; width: 12px; height: 12px; }
QPushButton { border: 1px solid $line; border-radius: 6px; padding: 4px 16px; min-height: 20px;
    background: $panel; }
QPushButton:hover { background: $hover; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $muted; background: $panel; border-color: $line; }
QLineEdit, QSpinBox, QPlainTextEdit { border: 1px solid $line; border-radius: 6px; padding: 4px 8px;
    background: $panel; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:focus, QSpinBox:focus, QPlainTextEdit:focus { border-color: $accent; }
QSpinBox { padding-right: 24px; }
QSpinBox::up-button, QSpinBox::down-button { border: none; background: transparent; width: 20px; }
QSpinBox::up-arrow { image: url("$up"); width: 10px; height: 10px; }
QSpinBox::down-arrow { image: url("$chevron"); width: 10px; height: 10px; }
QComboBox { border: 1px solid $line; border-radius: 6px; padding: 4px 8px; background: $panel; color: $text; }
QComboBox:focus { border-color: $accent; }
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$chevron"); width: 10px; height: 10px; }
QCheckBox { spacing: 8px; border: 1px solid transparent; border-radius: 4px; padding: 2px; }
QCheckBox:focus { border-color: $accent; }
QToolButton#info-action { font-weight: 600; }
QCheckBox::indicator { width: 16px; height: 16px; border: 1px solid $muted; border-radius: 4px;
    background: $panel; }
QCheckBox::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url("$check"); }
QHeaderView { background: $window; border: none; }
QHeaderView::section { background: $window; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 6px 12px; }
QHeaderView::up-arrow, QHeaderView::down-arrow { subcontrol-origin: padding; subcontrol-position: top center;
    width: 10px; height: 10px; }
QHeaderView::up-arrow { image: url("$up"); }
QHeaderView::down-arrow { image: url("$chevron"); }
QHeaderView::section:hover { color: $text; background: $hover; }
QLineEdit#search { padding-left: 4px; }
QScrollArea#chart-area { border: 1px solid transparent; }
QScrollArea#chart-area:focus { border-color: $accent; }
QTableView { border: none; border-top: 1px solid $line; }
QTableView#bin, QListWidget { border: 1px solid $line; border-radius: 6px; background: $panel; }
QTableView#bin::item, QListWidget::item { padding: 4px 12px; border: none; }
QTableView#bin::item:selected, QListWidget::item:selected { background: $selection; color: $text; }
QTableView#bin:focus, QListWidget:focus { border-color: $accent; }
QMenu { background: $panel; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 4px 24px 4px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; color: $text; }
QMenu::item:disabled { color: $faint; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QMenuBar { background: $window; }
QMenuBar::item { padding: 4px 8px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $hover; }
QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: 12px; } QScrollBar:horizontal { height: 12px; }
QScrollBar::handle { background: $grip; border-radius: 4px; margin: 2px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(scheme: Colors) -> str:
    """Return the rules for what the palette does not reach: flat buttons, header, scroll bars."""
    values = {field.name: getattr(scheme, field.name).name() for field in fields(scheme)}
    return _SHEET.substitute(
        values,
        accent_hover=mix(scheme.accent, scheme.text, 0.15).name(),
        grip=mix(scheme.panel, scheme.muted, 0.45).name(),
        faint=mix(scheme.panel, scheme.muted, 0.6).name(),
        chevron=resource("icons", "chevron-down.svg").as_posix(),
        check=resource("icons", "check-on-dark.svg" if scheme is LIGHT else "check-on-light.svg").as_posix(),
        up=resource("icons", "chevron-up.svg").as_posix(),
    )


class Theme(QObject):
    """Keeps the application in the scheme that the system, or the user, wants."""

    changed = Signal()

    def __init__(self, app: QApplication, settings: Settings) -> None:
        super().__init__(app)
        self._app = app
        self._settings = settings
        if app.style().objectName() != "fusion":
            app.setStyle("Fusion")
        hints = QGuiApplication.styleHints()
        self._system_dark = hints.colorScheme() == Qt.ColorScheme.Dark
        if hints.colorScheme() == Qt.ColorScheme.Unknown and self.scheme == "system":
            self._system_dark = colors(app.palette()) is DARK  # its palette may tell what it does not say
        hints.colorSchemeChanged.connect(self._system_changed)
        self._applied: Colors | None = None
        self._ask_platform()
        self._apply()

    @property
    def scheme(self) -> str:
        """'system', 'light' or 'dark'."""
        return self._settings.color_scheme

    @scheme.setter
    def scheme(self, value: str) -> None:
        self._settings.color_scheme = value
        self._ask_platform()
        self._apply()

    @property
    def dark(self) -> bool:
        return self._system_dark if self.scheme == "system" else self.scheme == "dark"

    def _ask_platform(self) -> None:
        """Let title bars and the platform's own dialogs come in the same scheme."""
        hints = QGuiApplication.styleHints()
        if self.scheme == "system":
            hints.unsetColorScheme()
        else:
            hints.setColorScheme(Qt.ColorScheme.Dark if self.scheme == "dark" else Qt.ColorScheme.Light)

    def _system_changed(self, scheme: Qt.ColorScheme) -> None:
        if self.scheme == "system":
            self._system_dark = scheme == Qt.ColorScheme.Dark
        self._apply()

    def _apply(self) -> None:
        wanted = DARK if self.dark else LIGHT
        if wanted is self._applied:
            return
        self._applied = wanted
        self._app.setPalette(palette(wanted))
        self._app.setStyleSheet(style_sheet(wanted))
        self.changed.emit()
