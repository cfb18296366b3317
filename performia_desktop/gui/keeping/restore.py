"""Asks which backup is to take the place of the list."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QFileDialog, QListWidget, QListWidgetItem, QPushButton, QWidget

from performia_desktop.gui.dialogs import Question
from performia_desktop.gui.keeping.words import size_words, time_words
from performia_desktop.jobs.backup import Backup

_tr = QCoreApplication.translate


class RestoreDialog(Question):
    """The backups, the newest first and chosen; after `exec()`, `path` is the one to restore."""

    def __init__(self, parent: QWidget | None, backups: Sequence[Backup], running: int) -> None:
        body = _tr(
            "keeping",
            "The list becomes what it was when the backup was made. Songs added since then go to Recently deleted. "
            "The list as it is now is backed up first.",
        )
        if running:
            body += " " + _tr("keeping", "What is being analysed goes on afterwards.")
        super().__init__(
            parent,
            _tr("keeping", "Restore a backup"),
            body,
            _tr("keeping", "Restore"),
            _tr("keeping", "Keep the list"),
        )
        self.path: Path | None = None
        self.list = QListWidget(self)
        self.list.setAccessibleName(_tr("keeping", "Backups"))
        self.list.setMinimumHeight(8 * self.fontMetrics().height())
        for backup in backups:
            item = QListWidgetItem(f"{time_words(backup.taken)}   {size_words(_size(backup.path))}", self.list)
            item.setData(Qt.ItemDataRole.UserRole, str(backup.path))
            item.setToolTip(str(backup.path))
        if not backups:
            none = QListWidgetItem(_tr("keeping", "There is no backup yet."), self.list)
            none.setFlags(Qt.ItemFlag.NoItemFlags)
        self.from_file = QPushButton(_tr("keeping", "From a file…"), self)
        self.from_file.setAutoDefault(False)
        self.from_file.clicked.connect(self._choose)
        self.controls.addWidget(self.list)
        self.controls.addWidget(self.from_file, 0, Qt.AlignmentFlag.AlignLeft)
        self.list.currentRowChanged.connect(self._select)
        self.list.itemActivated.connect(lambda _item: self.accept())
        self.act.setEnabled(False)
        if backups:
            self.list.setCurrentRow(0)
            self.list.setFocus()

    def _select(self, row: int) -> None:
        item = self.list.item(row)
        name = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        self.path = Path(name) if name else None
        self.act.setEnabled(self.path is not None)

    def _choose(self) -> None:
        name, _ = QFileDialog.getOpenFileName(
            self,
            _tr("keeping", "Restore a backup"),
            "",
            f"{_tr('keeping', 'Job databases')} (*.db);;{_tr('keeping', 'All files')} (*)",
        )
        if name:
            self.path = Path(name)
            self.accept()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
