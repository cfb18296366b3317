"""The job table: columns that can be moved, hidden and sorted, all of it remembered."""

from __future__ import annotations

import json
from typing import Any

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QMenu, QTableView, QWidget

from performia_desktop.gui.joblist import columns
from performia_desktop.gui.joblist.columns import Column
from performia_desktop.gui.joblist.delegate import JobDelegate
from performia_desktop.gui.joblist.model import JobModel
from performia_desktop.jobs.job import Job
from performia_desktop.settings import Settings

_STATE = "job-columns"
_WIDTHS = {  # in widths of the figure 0, so that they grow with the font
    Column.SONG: 28,
    Column.STATUS: 26,
    Column.PROGRESS: 19,
    Column.TEMPO: 8,
    Column.KEY: 12,
    Column.LENGTH: 10,
    Column.TIME: 18,
    Column.ADDED: 13,
}
_GIVES_WAY = (Column.ADDED, Column.TIME, Column.LENGTH, Column.KEY, Column.TEMPO, Column.PROGRESS)
"""In a narrow window these stand aside, in this order; they come back with the room."""


class JobTable(QTableView):
    """Shows a JobModel; what to do with a job is somebody else's business."""

    opened = Signal(object)
    """Job: double-clicked, or Enter was pressed on it."""
    menu_wanted = Signal(QPoint)
    """The global position for the selection's menu."""
    selection_changed = Signal()
    drag_wanted = Signal()
    """The selection is being dragged away."""

    def __init__(self, model: JobModel, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._settings = settings
        self._dragging = False
        self._hidden: set[Column] = set()  # by the user
        self._aside: set[Column] = set()  # for want of room
        self._widths: dict[Column, int] = {}  # Qt does not tell a hidden column's
        self.setObjectName("jobs")
        self.setAccessibleName(self.tr("Songs"))
        self.setModel(model)
        self._delegate = JobDelegate(self, model)
        self.setItemDelegate(self._delegate)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(lambda index: self.opened.emit(model.job(index.row())))
        self._set_up_header()
        self._set_sizes()
        self._restore()

    def _set_up_header(self) -> None:
        header = self.horizontalHeader()
        header.setAccessibleName(self.tr("Columns"))
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(True)
        header.setStretchLastSection(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        header.customContextMenuRequested.connect(self._header_menu)
        header.sortIndicatorChanged.connect(self._sort)
        header.sectionResized.connect(self._note_width)
        for changed in (header.sectionMoved, header.sectionResized):
            changed.connect(self.viewport().update)  # an error's sentence lies over several columns

    def _set_sizes(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._delegate.row_height())
        header = self.horizontalHeader()
        header.setMinimumSectionSize(4 * self._em())
        header.setSectionResizeMode(Column.SONG, QHeaderView.ResizeMode.Stretch)
        for column in Column:
            self._set_width(column, self._usual_width(column))

    def _set_width(self, column: Column, width: int) -> None:
        self._widths[column] = width
        self.setColumnWidth(column, width)

    def _note_width(self, section: int, _old: int, new: int) -> None:
        if new > 0:
            self._widths[Column(section)] = new

    def _usual_width(self, column: Column) -> int:
        return -(-_WIDTHS[column] * self._em() // 4) * 4

    def _em(self) -> int:
        """Return the width of the figure 0: what the columns are measured in, here and in the settings."""
        return max(1, self.fontMetrics().horizontalAdvance("0"))

    # the selection

    def selected(self) -> list[Job]:
        """Return the selected jobs, from the top row down."""
        selection = self.selectionModel().selection()
        ranges = (selection.at(i) for i in range(selection.count()))
        rows = {row for one in ranges for row in range(one.top(), one.bottom() + 1)}
        return [self._model.job(row) for row in sorted(rows)]

    def reveal(self, job_ids: list[str]) -> bool:
        """Bring the topmost of these rows into sight, without touching the selection; False if none is shown."""
        rows = [row for job_id in job_ids if (row := self._model.row(job_id)) is not None]
        if rows:
            self.scrollTo(self._model.index(min(rows), Column.SONG))
        return bool(rows)

    def select(self, job_ids: list[str]) -> None:
        """Select these jobs and bring the first of them into sight."""
        rows = sorted(row for job_id in job_ids if (row := self._model.row(job_id)) is not None)
        self.clearSelection()
        flags = self.selectionModel().SelectionFlag.Select | self.selectionModel().SelectionFlag.Rows
        for row in rows[:1000]:
            self.selectionModel().select(self._model.index(row, 0), flags)
        if rows:
            first = self._model.index(rows[0], Column.SONG)
            self.selectionModel().setCurrentIndex(first, self.selectionModel().SelectionFlag.NoUpdate)
            self.scrollTo(first)

    def selectionChanged(self, selected: Any, deselected: Any) -> None:
        super().selectionChanged(selected, deselected)
        self.selection_changed.emit()

    def currentChanged(self, current: Any, previous: Any) -> None:
        super().currentChanged(current, previous)
        for index in (current, previous):  # the focus frame goes around the whole row
            if index.isValid():
                y, height = self.rowViewportPosition(index.row()), self.rowHeight(index.row())
                self.viewport().update(0, y, self.viewport().width(), height)

    # the mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Drag what is selected already; from any other row on, the mouse selects as ever."""
        index = self.indexAt(event.position().toPoint())
        self.setDragEnabled(index.isValid() and self.selectionModel().isSelected(index))
        self._dragging = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if not self._dragging:  # what is dragged stays selected until it is let go
            super().mouseMoveEvent(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        self._dragging = True
        self.drag_wanted.emit()

    # keys and the menu

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self._model.job(self.currentIndex().row()))
            return
        super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Go to the next title that begins with what is typed (Qt's own asks the model for every row)."""
        if (
            search
            and (row := self._model.find_title(search, self.currentIndex().row() + (len(search) == 1))) is not None
        ):
            self.selectRow(row)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            place = self.visualRect(self.currentIndex()).center()
            self.menu_wanted.emit(self.viewport().mapToGlobal(place))
        else:
            self.menu_wanted.emit(event.globalPos())

    # columns

    def column_actions(self, parent: QWidget) -> list[QAction]:
        """Return a tick for every column that can be hidden; the song's own stays."""
        actions = []
        for column in Column:
            if column is Column.SONG:
                continue
            action = QAction(columns.header(column), parent, checkable=True, checked=column not in self._hidden)
            action.setToolTip(columns.header_tooltip(column))
            action.toggled.connect(lambda on, column=column: self.show_column(column, on))
            actions.append(action)
        reset = QAction(self.tr("Usual columns"), parent)
        reset.triggered.connect(self.reset_columns)
        return [*actions, reset]

    def show_column(self, column: Column, shown: bool) -> None:
        """Show or hide a column, for good."""
        (self._hidden.discard if shown else self._hidden.add)(column)
        self._make_room()

    def reset_columns(self) -> None:
        """Bring columns, order, widths and sorting back to what they were at first."""
        header = self.horizontalHeader()
        for column in Column:
            header.moveSection(header.visualIndex(column), column)
        self._hidden.clear()
        self._set_sizes()
        self.sort_by(Column.ADDED, descending=True)
        self._make_room()

    def _header_menu(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.addActions(self.column_actions(menu))
        menu.insertSeparator(menu.actions()[-1])
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.horizontalHeader().mapToGlobal(place))

    def sort_by(self, column: Column | None, *, descending: bool) -> None:
        """Sort by a column, None for the queue's order."""
        order = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        with QSignalBlocker(self.horizontalHeader()):
            self.horizontalHeader().setSortIndicator(-1 if column is None else column, order)
        self._model.set_sorting(column, descending=descending and column is not None)
        self.horizontalHeader().viewport().update()

    def _sort(self, section: int, order: Qt.SortOrder) -> None:
        column = None if section < 0 else Column(section)
        self._model.set_sorting(column, descending=column is not None and order == Qt.SortOrder.DescendingOrder)
        if self.currentIndex().isValid():
            self.scrollTo(self.currentIndex())

    def _make_room(self) -> None:
        """Hide what the user hid, and then, while the song's column is too narrow, what can give way."""
        header = self.horizontalHeader()
        width = self.viewport().width()
        kept = [column for column in Column if column not in self._hidden]

        def needed() -> int:
            return sum(self._widths[c] for c in kept if c is not Column.SONG) + round(
                self._usual_width(Column.SONG) * 0.75
            )

        self._aside = set()
        for column in _GIVES_WAY:
            if needed() <= width:
                break
            if column in kept:
                kept.remove(column)
                self._aside.add(column)
        for column in Column:
            if header.isSectionHidden(column) != (column not in kept):
                header.setSectionHidden(column, column not in kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._make_room()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange} and hasattr(self, "_delegate"):
            self._delegate.take_font()
            self.verticalHeader().setDefaultSectionSize(self._delegate.row_height())

    # memory

    def save(self) -> None:
        """Remember the columns: by name, so that a later version with other columns can read it."""
        header = self.horizontalHeader()
        column, descending = self._model.sorting
        state = {
            "order": [Column(header.logicalIndex(i)).name for i in range(header.count())],
            "widths": {one.name: round(width / self._em(), 2) for one, width in self._widths.items()},
            "hidden": sorted(one.name for one in self._hidden),
            "sort": column.name if column is not None else None,
            "descending": descending,
        }
        self._settings.set_state(_STATE, QByteArray(json.dumps(state).encode()))

    def _restore(self) -> None:
        try:
            state = json.loads(bytes(self._settings.state(_STATE).data()) or b"{}")
            sort = Column[state["sort"]] if state.get("sort") else None
            order = [Column[name] for name in state["order"] if name in Column.__members__]
            widths = {Column[n]: float(w) for n, w in state["widths"].items() if n in Column.__members__}
            hidden = {Column[name] for name in state["hidden"] if name in Column.__members__} - {Column.SONG}
            descending = bool(state["descending"])
        except (ValueError, KeyError, TypeError, AttributeError):
            self.sort_by(Column.ADDED, descending=True)  # nothing remembered, or nothing that can be read
            return
        header = self.horizontalHeader()
        for visual, column in enumerate(order):
            header.moveSection(header.visualIndex(column), visual)
        for column, width in widths.items():
            if column is not Column.SONG and 1 <= width <= 500:
                self._set_width(column, round(width * self._em()))
        self._hidden = hidden
        self.sort_by(sort, descending=descending)
        self._make_room()
