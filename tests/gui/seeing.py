"""What can be seen of a widget: colours measured on its picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSpinBox,
    QWidget,
)

Pixels = NDArray[np.uint8]

AA = 4.5
"""What WCAG asks of words."""
VISIBLE = 3.0
"""What it asks of icons."""
FOCUS = 2.5
"""How far a pixel must change where the keyboard is; least where a ring takes the place of a filled button's edge,
and there it stands against the window around it (15:1)."""


def pixels(widget: QWidget, place: QRect | None = None) -> Pixels:
    """Return a widget's picture (or a part of it), rows of red, green, blue."""
    picture = widget.grab(place or widget.rect()).toImage().convertToFormat(QImage.Format.Format_RGB888)
    flat = np.frombuffer(picture.constBits(), np.uint8, count=picture.sizeInBytes())
    rows = flat.reshape(picture.height(), picture.bytesPerLine())[:, : 3 * picture.width()]
    return rows.reshape(picture.height(), picture.width(), 3).copy()


def luminance(colors: NDArray[np.generic]) -> NDArray[np.float64]:
    """Return WCAG's relative luminance of colours, 0 to 1."""
    parts = np.asarray(colors, dtype=np.float64) / 255
    linear = np.where(parts <= 0.04045, parts / 12.92, ((parts + 0.055) / 1.055) ** 2.4)
    return np.asarray(linear @ np.array([0.2126, 0.7152, 0.0722]))


def ratio(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return WCAG's contrast of luminances, 1 to 21."""
    return np.asarray((np.maximum(a, b) + 0.05) / (np.minimum(a, b) + 0.05))


def text_contrast(seen: Pixels) -> float:
    """Return the contrast of the ink to the ground: of the commonest colour to that which differs most from it."""
    colors, counts = np.unique(seen.reshape(-1, 3), axis=0, return_counts=True)
    lights = luminance(colors)
    return float(ratio(lights, lights[counts.argmax()]).max())


def change_contrast(before: Pixels, after: Pixels) -> float:
    """Return the contrast of what a change makes of a pixel, at the pixel where it is greatest."""
    return float(ratio(luminance(before), luminance(after)).max())


def worded(root: QWidget) -> Iterator[tuple[str, QWidget]]:
    """Yield what shows words now and can be used now; WCAG asks nothing of what is disabled."""
    for widget in root.findChildren(QWidget):
        if not widget.isVisible() or not widget.isEnabled() or widget.width() < 8 or widget.height() < 8:
            continue
        match widget:
            case QLabel():
                words = widget.text()
            case QAbstractButton():
                words = widget.text() or ("(icon)" if not widget.icon().isNull() else "")
            case QLineEdit():
                words = widget.text() or widget.placeholderText()
            case QComboBox():
                words = widget.currentText()
            case QSpinBox():
                words = widget.text()
            case QPlainTextEdit():
                words = widget.toPlainText()
            case _:
                words = ""
        if words.strip():
            yield f"{type(widget).__name__} {widget.objectName()} {words[:30]!r}", widget


def unreadable(root: QWidget) -> list[str]:
    found = []
    for name, widget in worded(root):
        contrast = text_contrast(pixels(widget))
        if contrast < (VISIBLE if "(icon)" in name else AA):
            found.append(f"{name}: {contrast:.2f}")
    return found


def focusable(root: QWidget) -> Iterator[QWidget]:
    for widget in root.findChildren(QWidget):
        if (
            widget.isVisible()
            and widget.isEnabled()
            and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
            and not widget.focusProxy()
            and not (isinstance(widget.parent(), QAbstractScrollArea) and widget.parent().viewport() is widget)  # type: ignore[union-attr]
        ):
            yield widget


def unseen_focus(root: QWidget) -> list[str]:
    """Controls that look the same with the keyboard on them, all around them included."""
    root.activateWindow()
    found = []
    for widget in focusable(root):
        others = [one for one in focusable(root) if one is not widget]
        if not others:
            continue
        others[0].setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        before = pixels(widget)
        widget.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        after = pixels(widget)
        change = change_contrast(before, after)
        if change < FOCUS:
            found.append(f"{type(widget).__name__} {widget.objectName() or widget.accessibleName()}: {change:.2f}")
    return found
