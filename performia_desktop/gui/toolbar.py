"""The toolbar: add, pause, clear; search and filter at its end. Words leave before the search does."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QMenu, QSizePolicy, QToolBar, QToolButton, QWidget

from performia_desktop.gui import icons
from performia_desktop.gui.actions import Actions
from performia_desktop.gui.colors import colors
from performia_desktop.jobs.job import Status
from performia_desktop.jobs.words import status_words

_DEBOUNCE_MS = 80


class SearchBox(QLineEdit):
    """Escape empties it, Down or Enter goes to the list."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class Toolbar(QToolBar):
    """Emits `filter_changed` with the search text and the statuses to show (None: all)."""

    filter_changed = Signal(str, object)

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(parent)
        self._actions = actions
        self.setObjectName("toolbar")
        self.setWindowTitle(self.tr("Toolbar"))
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        side = max(20, round(self.fontMetrics().height() / 4) * 4)
        self.setIconSize(QSize(side, side))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._buttons: list[QToolButton] = []
        self.add = self._primary(actions.add_files)
        for action, words in (
            (self.add, self.tr("Add files")),
            (actions.add_folder, self.tr("Add folder")),
            (actions.pause, ""),
            (actions.clear, self.tr("Clear finished")),
        ):
            self._button(action, words)
        spacer = QWidget(self)
        spacer.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.addWidget(spacer)
        self.search = self._search_box()
        self.addWidget(self.search)
        self.filter = self._filter_button()
        self.addWidget(self.filter)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_DEBOUNCE_MS)
        self._timer.timeout.connect(self._tell)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        self.tint()

    def _primary(self, action: QAction) -> QAction:
        """Return a twin of an action, whose icon stands on the accent colour."""
        twin = QAction(action.text(), self)
        twin.setToolTip(action.toolTip())
        twin.setProperty("primary", True)
        twin.triggered.connect(action.trigger)
        action.changed.connect(lambda: twin.setEnabled(action.isEnabled()))
        return twin

    def _button(self, action: QAction, words: str) -> None:
        if words:
            action.setIconText(words)  # no dots on a button
        self.addAction(action)
        button = self.widgetForAction(action)
        assert isinstance(button, QToolButton)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setProperty("primary", bool(action.property("primary")))
        button.setAccessibleName(action.iconText())
        action.changed.connect(lambda: button.setAccessibleName(action.iconText()))
        self._buttons.append(button)

    def _search_box(self) -> SearchBox:
        box = SearchBox(self)
        box.setObjectName("search")
        box.setPlaceholderText(self.tr("Search"))
        box.setAccessibleName(self.tr("Search songs"))
        box.setToolTip(self.tr("Search title, artist and file name"))
        box.setClearButtonEnabled(True)
        box.setMaxLength(200)
        em = self.fontMetrics().averageCharWidth()
        box.setMinimumWidth(14 * em)
        box.setMaximumWidth(40 * em)
        box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._glass = box.addAction(icons.icon("search", self.palette()), QLineEdit.ActionPosition.LeadingPosition)
        return box

    def _filter_button(self) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("status-filter")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.setToolTip(self.tr("Show only songs of one status"))
        menu = QMenu(button)
        menu.setAccessibleName(self.tr("Status"))
        self._choices = QActionGroup(menu)
        for status in (None, Status.PROCESSING, Status.PENDING, Status.COMPLETE, Status.ERROR, Status.CANCELLED):
            words = self.tr("All songs") if status is None else status_words(status)
            choice = self._choices.addAction(words)
            choice.setCheckable(True)
            choice.setChecked(status is None)
            choice.setData(status)
            menu.addAction(choice)
        self._choices.triggered.connect(self._choose)
        button.setMenu(menu)
        self._name(button, self.tr("All songs"))
        widest = max(self.fontMetrics().horizontalAdvance(choice.text()) for choice in self._choices.actions())
        button.setFixedWidth(widest + 48)
        return button

    def _name(self, button: QToolButton, words: str) -> None:
        button.setText(words)
        button.setAccessibleName(self.tr("Status shown: {status}").format(status=words))

    @property
    def statuses(self) -> frozenset[Status] | None:
        status = self._choices.checkedAction().data()
        return None if status is None else frozenset({Status(status)})

    def choose(self, status: Status | None) -> None:
        """Show only songs of this status, None for all."""
        for choice in self._choices.actions():
            data = choice.data()
            if (None if data is None else Status(data)) == status:
                choice.setChecked(True)
                self._choose(choice)

    def _choose(self, choice: QAction) -> None:
        self._name(self.filter, choice.text())
        self._tell()

    def show_all(self) -> None:
        """Let every song through again."""
        self.search.clear()
        self.choose(None)

    def _tell(self) -> None:
        self._timer.stop()
        self.filter_changed.emit(self.search.text(), self.statuses)

    def tint(self) -> None:
        """Draw the icons in the palette's colours."""
        scheme, ratio = colors(self.palette()), self.devicePixelRatioF()
        self._glass.setIcon(icons.icon("search", self.palette(), ratio, scheme.muted))
        self.add.setIcon(icons.icon("add", self.palette(), ratio, scheme.on_accent))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_glass"):
            self.tint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the words beside the icons while there is room; the first button's leave last."""
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        for button in self._buttons:
            button.setToolButtonStyle(beside)
        fixed = self.filter.width() + self.search.minimumWidth() + 24 + 8 * len(self._buttons)
        room = event.size().width() - fixed
        for button in reversed(self._buttons):
            if sum(one.sizeHint().width() for one in self._buttons) <= room:
                break
            button.setToolButtonStyle(alone)
        super().resizeEvent(event)
