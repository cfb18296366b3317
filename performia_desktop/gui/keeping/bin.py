"""Recently deleted: what is in the bin, the way back, and the way out for good."""

from __future__ import annotations

import math
import time
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from performia_desktop.gui.dialogs import Question
from performia_desktop.gui.joblist.columns import title
from performia_desktop.gui.keeping.words import size_words, time_words
from performia_desktop.gui.text import plain, plural
from performia_desktop.jobs.store_bin import Binned
from performia_desktop.jobs.trash import BinSize, Trash

_DAY: Final = 86_400.0
_tr = QCoreApplication.translate
_Index = QModelIndex | QPersistentModelIndex


class BinModel(QAbstractTableModel):
    """One row for each deleted job: song, when it was deleted, how long it can be brought back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.binned: list[Binned] = []
        self._headings = (_tr("keeping", "Song"), _tr("keeping", "Deleted"), _tr("keeping", "Kept for"))

    def fill(self, binned: list[Binned]) -> None:
        self.beginResetModel()
        self.binned = binned
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.binned)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        return None

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        one = self.binned[index.row()]
        if index.column() == 0:
            return plain(title(one.job))
        if index.column() == 1:
            return time_words(one.deleted_at)
        days = math.ceil(one.seconds_left(time.time()) / _DAY)
        return plural(days, _tr("keeping", "1 day"), _tr("keeping", "%Ln days", "", days))


class BinDialog(QDialog):
    """Shows the bin of a `Trash`, and follows it."""

    def __init__(self, parent: QWidget | None, trash: Trash) -> None:
        super().__init__(parent)
        self._trash = trash
        self.setWindowTitle(_tr("keeping", "Recently deleted"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        self.told = QLabel(self)
        self.told.setTextFormat(Qt.TextFormat.PlainText)
        self.told.setWordWrap(True)
        box.addWidget(self.told)
        self.model = BinModel(self)
        self.table = _table(self.model, self)
        box.addWidget(self.table, 1)
        row = QHBoxLayout()
        row.setSpacing(8)
        self.empty = QPushButton(_tr("keeping", "Delete all for good…"), self)
        self.back = QPushButton(_tr("keeping", "Bring back"), self)
        self.close_button = QPushButton(_tr("keeping", "Close"), self)
        for button in (self.empty, self.back):
            button.setAutoDefault(False)
        self.close_button.setDefault(True)
        self.empty.clicked.connect(self._ask_size)
        self.back.clicked.connect(self._take_back)
        self.close_button.clicked.connect(self.accept)
        row.addWidget(self.empty)
        row.addStretch(1)
        row.addWidget(self.back)
        row.addWidget(self.close_button)
        box.addLayout(row)
        self.table.selectionModel().selectionChanged.connect(self._update_buttons)
        self.table.activated.connect(self._take_back)
        trash.changed.connect(self._refresh)
        em = self.fontMetrics().averageCharWidth()
        self.resize(92 * em, 56 * em)
        self._tell()
        self._refresh()

    def _refresh(self) -> None:
        self._trash.listed(self._fill)

    def _fill(self, binned: list[Binned]) -> None:
        chosen = {self.model.binned[index.row()].job.job_id for index in self._selected()}
        self.model.fill(binned)
        rows = [row for row, one in enumerate(binned) if one.job.job_id in chosen]
        for row in rows:
            self.table.selectionModel().select(
                self.model.index(row, 0),
                QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows,
            )
        self._tell()

    def _tell(self) -> None:
        self.told.setText(
            _tr("keeping", "Deleted songs are kept for 30 days with their Song Maps. The audio was never touched.")
            if self.model.binned
            else _tr("keeping", "Nothing was deleted in the last 30 days.")
        )
        self._update_buttons()

    def _update_buttons(self) -> None:
        n = len(self._selected())
        self.back.setEnabled(n > 0)
        self.back.setText(
            plural(max(1, n), _tr("keeping", "Bring back"), _tr("keeping", "Bring %Ln back", "", max(1, n)))
        )
        self.empty.setEnabled(bool(self.model.binned))

    def _selected(self) -> list[QModelIndex]:
        return self.table.selectionModel().selectedRows()

    def _take_back(self) -> None:
        self._trash.take_back([self.model.binned[index.row()].job.job_id for index in self._selected()])

    def _ask_size(self) -> None:
        self._trash.size(self._ask)

    def _ask(self, size: BinSize) -> None:
        heading = plural(
            size.jobs,
            _tr("keeping", "Delete 1 song for good?"),
            _tr("keeping", "Delete %Ln songs for good?", "", size.jobs),
        )
        body = _tr("keeping", "They cannot be brought back after that, nor their Song Maps. The audio stays.")
        if size.size:
            body += " " + _tr("keeping", "It frees {size}.").format(size=size_words(size.size))
        question = Question(
            self,
            heading,
            body,
            _tr("keeping", "Delete for good"),
            _tr("keeping", "Keep"),
        )
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.accepted.connect(self._trash.empty)
        question.open()


def _table(model: BinModel, parent: QWidget) -> QTableView:
    table = QTableView(parent)
    table.setModel(model)
    table.setObjectName("bin")
    table.setAccessibleName(_tr("keeping", "Deleted songs"))
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setTabKeyNavigation(False)
    table.setShowGrid(False)
    table.setAlternatingRowColors(True)
    table.setWordWrap(False)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 10)
    header = table.horizontalHeader()
    header.setHighlightSections(False)
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    em = table.fontMetrics().averageCharWidth()
    table.setColumnWidth(1, 24 * em)
    table.setColumnWidth(2, 14 * em)
    return table
