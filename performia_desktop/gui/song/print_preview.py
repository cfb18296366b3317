"""The chart as it will be on paper, with the system's own way of printing it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QComboBox, QToolBar, QWidget

from performia_desktop.gui.song.chart import Reading
from performia_desktop.gui.song.sheet import pdf
from performia_desktop.gui.text import plain
from performia_desktop.songmap.model import SongMap


class PrintPreview(QPrintPreviewDialog):
    """Qt's preview, drawn by the layout of the screen."""

    def __init__(self, song: SongMap, reading: Reading, *, fingering: bool, parent: QWidget) -> None:
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(pdf.page_layout())
        printer.setDocName(plain(song.title))
        super().__init__(printer, parent=parent)
        self._printer = printer  # the dialog does not keep it
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Print {song}").format(song=plain(song.title)))
        self.resize(QSize(820, 900).boundedTo(self.screen().availableSize()))
        for zoom in self.findChildren(
            QComboBox
        ):  # too low for the frame that our style sheet gives every line edit
            if (line := zoom.lineEdit()) is not None:
                line.setStyleSheet("border: none; padding: 0; background: transparent;")
        for tools in self.findChildren(QToolBar):  # with our spacing, Print at its end would not fit
            tools.setStyleSheet("QToolButton { padding: 4px 2px; }")
            if (row := tools.layout()) is not None:
                row.setSpacing(0)
        self.paintRequested.connect(lambda printer: pdf.print_on(printer, song, reading, fingering=fingering))
