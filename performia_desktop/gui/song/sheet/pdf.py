"""The chart on paper: the same layout as on the screen, in pages, with a head on the first and a number on each.

Lengths are pixels of a 96th of an inch, which the painter scales to the printer's dots.
"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QCoreApplication, QIODevice, QLocale, QMarginsF, QRectF, Qt
from PySide6.QtGui import QFont, QGuiApplication, QPagedPaintDevice, QPageLayout, QPageSize, QPainter, QPdfWriter

from performia_desktop.export.options import ExportError, Options
from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.song.chart import Reading, chart, chord_names
from performia_desktop.gui.song.sheet.layout import Layout, Type, lay_out
from performia_desktop.gui.song.sheet.paint import Ink, paint
from performia_desktop.gui.text import key_words, plain
from performia_desktop.songmap.model import SongMap

_tr = QCoreApplication.translate
_DPI: Final = 96
_MARGIN_MM: Final = 15.0
_TEXT_PX: Final = (14, 13, 12)
_FOOT: Final = 36.0


def application() -> QCoreApplication:
    """Return an application object that can draw text, without a window system on Linux."""
    if sys.platform.startswith("linux"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QCoreApplication.instance() or QGuiApplication(["performia-desktop"])


def render(song: SongMap, options: Options) -> bytes:
    """Return a song's chart as a PDF file, on A4 or Letter as the country has it. For `Format.render`.

    Raises
    ------
    ExportError
        The song has no bars.
    """
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(page_layout())
    writer.setTitle(plain(song.title))
    writer.setAuthor(plain(song.artist))
    writer.setCreator("Performia Desktop")
    print_on(
        writer, song, Reading(options.naming, capo=options.capo, accidentals=options.accidentals), fingering=False
    )
    buffer.close()
    return bytes(content.data())


def page_layout() -> QPageLayout:
    imperial = QLocale.system().measurementSystem() == QLocale.MeasurementSystem.ImperialUSSystem
    size = QPageSize(QPageSize.PageSizeId.Letter if imperial else QPageSize.PageSizeId.A4)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    return QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter)


def print_on(device: QPagedPaintDevice, song: SongMap, reading: Reading, *, fingering: bool) -> None:
    """Print a song's chart. Raises ExportError where the song has no bars."""
    parts = chart(song, reading)
    if not parts:
        raise ExportError("No beats were found in this song, so it cannot be written as bars.")
    shapes = chord_names(song, reading) if fingering else None
    with QPainter(device) as painter:
        dots = device.logicalDpiX() / _DPI
        painter.scale(dots, dots)
        painter.setPen(Ink.paper().lit)  # a preview records changes only, and does not begin with black
        width, height = device.width() / dots, device.height() / dots
        tried = []
        for pixels in _TEXT_PX:  # a little smaller, where that saves a page
            type_ = Type(_font(pixels))
            head = _Head(song, reading, type_)
            layout = lay_out(parts, width, type_, margin=0, shapes=shapes)
            tried.append((type_, head, layout, _pages(layout, height - _FOOT, head.height)))
        type_, head, layout, pages = min(tried, key=lambda one: len(one[3]))
        for number, (top, bottom) in enumerate(pages, start=1):
            if number > 1:
                device.newPage()
            down = 0.0
            if number == 1:
                head.paint(painter, width)
                down = head.height
            painter.save()
            painter.translate(0, down - top)
            paint(painter, layout, type_, Ink.paper(), QRectF(0, top, width, bottom - top - 0.5))
            painter.restore()
            _paint_foot(painter, song, (number, len(pages)), QRectF(0, height - 20, width, 20), type_)


def _font(pixels: int) -> QFont:
    font = QFont(QGuiApplication.font())
    font.setPixelSize(pixels)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setFeature(QFont.Tag("liga"), 0)  # so that words are found and copied as they are spelled
    return font


def _pages(layout: Layout, height: float, head: float) -> list[tuple[float, float]]:
    """Return where each page's share of the layout begins and ends: between two lines, where that can be."""
    pages: list[tuple[float, float]] = []
    top = 0.0
    while True:
        room = height - (head if not pages else 0.0)
        if layout.height - top <= room:
            return [*pages, (top, layout.height)]
        bottom = max((at for at in layout.breaks if top < at <= top + room), default=top + room)
        pages.append((top, bottom))
        top = bottom


class _Head:
    """Title and artist, and a line of what a player must know."""

    def __init__(self, song: SongMap, reading: Reading, type_: Type) -> None:
        self._title = plain(song.title) or _tr("print", "Untitled")
        self._artist = plain(song.artist)
        self._facts = "   ".join(facts(song, reading))
        self._large = scaled(type_.text, 1.9, QFont.Weight.Bold)
        self._type = type_
        self.height = type_.height(self._large) + 2 * type_.height(type_.text) + 20

    def paint(self, painter: QPainter, width: float) -> None:
        type_, y = self._type, 0.0
        for text, font in ((self._title, self._large), (self._artist, type_.text), (self._facts, type_.text)):
            painter.setFont(font)
            painter.setPen(Ink.paper().text)
            line = QRectF(0, y, width, type_.height(font))
            shown = type_.metrics(font).elidedText(text, Qt.TextElideMode.ElideRight, width)
            painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextSingleLine, shown)
            y = line.bottom() + 2


def facts(song: SongMap, reading: Reading) -> list[str]:
    """Return key, tempo, meter and capo as they stand on a chart; the key is the one that sounds."""
    found = []
    sounding = replace(reading, capo=0).played(song).main_key
    if sounding:
        found.append(_tr("print", "Key: {key}").format(key=key_words(sounding)))
    if song.tempo.bpm_global:
        found.append(_tr("print", "Tempo: {n} BPM").format(n=round(song.tempo.bpm_global)))
    found.append(f"{song.meter.numerator}/{song.meter.denominator}")
    if reading.capo:
        shapes = reading.played(song).main_key
        found.append(
            _tr("print", "Capo {n}, played in {key}").format(n=reading.capo, key=key_words(shapes))
            if shapes
            else _tr("print", "Capo {n}").format(n=reading.capo)
        )
    return found


def _paint_foot(painter: QPainter, song: SongMap, page: tuple[int, int], rect: QRectF, type_: Type) -> None:
    painter.setFont(type_.small)
    painter.setPen(Ink.paper().muted)
    number = _tr("print", "Page {n} of {all}").format(n=page[0], all=page[1])
    name = " – ".join(word for word in (plain(song.title), plain(song.artist)) if word)
    room = rect.width() - type_.width(type_.small, number) - 24
    name = type_.metrics(type_.small).elidedText(name, Qt.TextElideMode.ElideRight, room)
    painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, name)
    painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, number)
