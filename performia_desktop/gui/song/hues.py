"""The colours and patterns of sections, behind their names."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette

from performia_desktop.gui.colors import DARK, colors, mix

SECTION_HUES: Final = {
    # Okabe and Ito's colour-blind safe set; the name or initial stands with it, so hue is never the only sign.
    "intro": "#56b4e9",
    "verse": "#009e73",
    "pre-chorus": "#f0e442",
    "chorus": "#e69f00",
    "bridge": "#cc79a7",
    "solo": "#d55e00",
    "interlude": "#0072b2",
    "outro": "#999999",
}

_PATTERNS: Final = (
    Qt.BrushStyle.NoBrush,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense7Pattern,
    Qt.BrushStyle.FDiagPattern,
    Qt.BrushStyle.HorPattern,
    Qt.BrushStyle.DiagCrossPattern,
    Qt.BrushStyle.VerPattern,
    Qt.BrushStyle.CrossPattern,
)
SECTION_PATTERNS: Final = dict(zip(SECTION_HUES, _PATTERNS, strict=True))


def section_pattern(label: str) -> Qt.BrushStyle:
    """Return the pattern that sections of this name share, over their colour."""
    return SECTION_PATTERNS.get(label, Qt.BrushStyle.NoBrush)


def section_color(label: str, palette: QPalette) -> QColor:
    """Return the quiet background of a section of this name."""
    scheme = colors(palette)
    return mix(scheme.panel, QColor(SECTION_HUES.get(label, "#999999")), 0.30 if scheme is DARK else 0.26)
