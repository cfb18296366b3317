"""The outline icons under resources/icons, tinted by the palette and drawn for the screen's pixel ratio.

An icon is one SVG on a 24 grid with `currentColor` strokes of 1.5; at every size the stroke is made 1.5 px again.
Qt's SVG image plugin draws them, so that nothing is imported for it; QPixmapCache keeps them.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QImageReader, QPalette, QPixmap, QPixmapCache

from performia_desktop.assets import resource

SIZES = (16, 20, 24)


@lru_cache(maxsize=128)
def _source(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def pixmap(name: str, color: QColor, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """Return an icon in one colour, `size` logical pixels wide on a screen of `ratio`."""
    key = f"performia:{name}:{color.rgba()}:{size}:{ratio}"
    cached = QPixmap()
    if QPixmapCache.find(key, cached):
        return cached
    stroke = f"{1.5 * 24 / size:.3f}"
    source = _source(name).replace("currentColor", color.name()).replace('"1.5"', f'"{stroke}"')
    result = _draw(source, round(size * ratio))
    result.setDevicePixelRatio(ratio)
    QPixmapCache.insert(key, result)
    return result


def icon(name: str, palette: QPalette, ratio: float = 1.0, color: QColor | None = None) -> QIcon:
    """Return an icon in the palette's text colour (or `color`), fainter where it is disabled."""
    normal = color or palette.color(QPalette.ColorRole.WindowText)
    faint = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.WindowText)
    result = QIcon()
    for size in SIZES:
        result.addPixmap(pixmap(name, normal, size, ratio), QIcon.Mode.Normal)
        result.addPixmap(pixmap(name, faint, size, ratio), QIcon.Mode.Disabled)
    return result


def program_icon() -> QIcon:
    """Return the program's own icon, in its own colours."""
    result = QIcon()
    ratio = QGuiApplication.primaryScreen().devicePixelRatio() if QGuiApplication.primaryScreen() else 1.0
    for size in (16, 24, 32, 48, 64, 128, 256):
        drawn = _draw(_source("performia-desktop"), round(size * ratio))
        drawn.setDevicePixelRatio(ratio)
        result.addPixmap(drawn)
    return result


def _draw(source: str, pixels: int) -> QPixmap:
    buffer = QBuffer()
    buffer.setData(QByteArray(source.encode()))
    reader = QImageReader(buffer, QByteArray(b"svg"))
    reader.setScaledSize(QSize(pixels, pixels))
    return QPixmap.fromImage(reader.read())
