"""The colours of light and dark, as tables and palettes; nothing else, for the first picture waits for it.

Widgets that paint themselves ask `colors` with their own palette, so that they are always in step with what
surrounds them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colors:
    """The colours of one scheme, by what they are for."""

    window: QColor
    panel: QColor
    alternate: QColor
    line: QColor
    text: QColor
    muted: QColor
    accent: QColor
    complete: QColor
    waiting: QColor
    error: QColor
    chords: QColor
    selection: QColor  # the fill of a selected row: the accent, faint, over the panel
    hover: QColor
    on_accent: QColor  # text on a filled accent


def mix(a: QColor, b: QColor, share: float) -> QColor:
    """Return `a` with `share` (0-1) of `b` painted over it."""
    pairs = ((a.red(), b.red()), (a.green(), b.green()), (a.blue(), b.blue()))
    return QColor(*(round(x + (y - x) * share) for x, y in pairs))


def _scheme(on_accent: str, share: float, **names: str) -> Colors:
    base = {name: QColor(value) for name, value in names.items()}
    return Colors(
        **base,
        selection=mix(base["panel"], base["accent"], share),
        hover=mix(base["window"], base["text"], 0.07),
        on_accent=QColor(on_accent),
    )


DARK: Final = _scheme(
    "#0f141b",
    0.22,
    window="#0f141b",
    panel="#161d26",
    alternate="#1a222d",
    line="#2a3542",
    text="#e8edf3",
    muted="#9aa7b5",
    accent="#22b8cf",
    complete="#4ade80",
    waiting="#facc15",
    error="#f87171",
    chords="#ffd43b",
)
LIGHT: Final = _scheme(
    "#ffffff",
    0.13,
    window="#f5f7f9",
    panel="#ffffff",
    alternate="#f0f3f6",
    line="#d5dde5",
    text="#17202b",
    muted="#566474",
    accent="#0b7285",
    complete="#18794e",
    waiting="#8a5a00",
    error="#c92a2a",
    chords="#7c4a00",
)


def contrast(a: QColor, b: QColor) -> float:
    """Return the WCAG contrast ratio of two colours, 1 to 21."""

    def luminance(color: QColor) -> float:
        parts = (color.redF(), color.greenF(), color.blueF())
        r, g, b = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
        return 0.2126 * r + 0.7152 * g + 0.0722 * b

    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


def colors(palette: QPalette) -> Colors:
    """Return the table of colours that belongs to a widget's palette."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT


def early(app_palette: QPalette, choice: str) -> Colors:
    """Return the scheme for the first picture: the user's choice, or what the platform's own palette is like."""
    return {"dark": DARK, "light": LIGHT}.get(choice) or colors(app_palette)


def palette(scheme: Colors) -> QPalette:
    """Return the scheme as a palette, so that every native widget follows."""
    role = QPalette.ColorRole
    result = QPalette()
    for roles, color in (
        ((role.Window, role.Button), scheme.window),
        ((role.Base, role.ToolTipBase), scheme.panel),
        ((role.AlternateBase,), scheme.alternate),
        ((role.WindowText, role.Text, role.ButtonText, role.ToolTipText, role.BrightText), scheme.text),
        ((role.PlaceholderText,), scheme.muted),
        ((role.Highlight, role.Link, role.LinkVisited, role.Accent), scheme.accent),
        ((role.HighlightedText,), scheme.on_accent),
        ((role.Mid, role.Dark, role.Midlight), scheme.line),
        ((role.Light,), scheme.panel),
        ((role.Shadow,), scheme.window),
    ):
        for one in roles:
            result.setColor(one, color)
    faint = mix(scheme.window, scheme.muted, 0.65)
    for one in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(QPalette.ColorGroup.Disabled, one, faint)
    return result
