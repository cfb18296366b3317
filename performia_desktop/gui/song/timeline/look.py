"""The timeline's colours and fonts, for a palette, a font and a screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtGui import QBrush, QColor, QFont, QFontMetricsF, QPalette, QPen

from performia_desktop.gui.colors import DARK, Colors, colors, mix
from performia_desktop.gui.fonts import scaled, tabular
from performia_desktop.gui.song.hues import section_color, section_pattern
from performia_desktop.songmap.model import SECTION_LABELS

LEVELS: Final = 4
"""So many strengths has the colour of a note, by how sure it is."""
_MELODY: Final = ("#56b4e9", "#0f6da6")  # on dark, on light: Okabe and Ito's blue and vermilion
_BASS: Final = ("#e8924f", "#b04a00")


@dataclass(frozen=True, slots=True)
class Look:
    """Made anew when palette, font or screen change; `thin` is one logical pixel in whole device pixels."""

    scheme: Colors
    font: QFont
    small: QFont
    chord: QFont
    metrics: QFontMetricsF
    small_metrics: QFontMetricsF
    chord_metrics: QFontMetricsF
    wave: QColor
    beat: QColor
    bar: QColor
    melody: tuple[QColor, ...]
    bass: tuple[QColor, ...]
    fills: dict[str, QColor]
    patterns: dict[str, QBrush]
    thin: int
    fonts: dict[str, QFont]
    """By name: `font`, `small`, `bold`, `chord`."""
    widths: dict[tuple[str, str], float]
    """What has been measured: text does not change while a song is scrolled."""

    def width(self, text: str, font: str = "font") -> float:
        """Return how wide a text is in one of the fonts."""
        known = self.widths.get((font, text))
        if known is None:
            known = self.widths[font, text] = QFontMetricsF(self.fonts[font]).horizontalAdvance(text)
        return known

    @classmethod
    def of(cls, palette: QPalette, font: QFont, ratio: float) -> Look:
        scheme = colors(palette)
        dark = scheme is DARK
        small, chord = tabular(scaled(font, 0.85)), scaled(font, 1.4, QFont.Weight.Bold)
        fills = {label: section_color(label, palette) for label in SECTION_LABELS}

        def strengths(hue: str) -> tuple[QColor, ...]:
            steps = (0.4, 0.6, 0.8, 1.0)
            return tuple(mix(scheme.panel, QColor(hue), step) for step in steps)

        return cls(
            scheme=scheme,
            font=font,
            small=small,
            chord=chord,
            metrics=QFontMetricsF(font),
            small_metrics=QFontMetricsF(small),
            chord_metrics=QFontMetricsF(chord),
            wave=mix(scheme.panel, scheme.accent, 0.62 if dark else 0.6),
            beat=mix(scheme.panel, scheme.line, 0.6),
            bar=mix(scheme.line, scheme.muted, 0.3),
            melody=strengths(_MELODY[not dark]),
            bass=strengths(_BASS[not dark]),
            fills=fills,
            patterns={
                label: QBrush(mix(fills[label], scheme.text, 0.14), section_pattern(label))
                for label in SECTION_LABELS
            },
            thin=max(1, round(ratio)),
            fonts={
                "font": font,
                "small": small,
                "bold": scaled(font, 1.0, QFont.Weight.Bold),
                "chord": chord,
            },
            widths={},
        )

    def pen(self, color: QColor, width: int = 1) -> QPen:
        """Return a pen of so many logical pixels that is sharp at every scale."""
        pen = QPen(color, width * self.thin)
        pen.setCosmetic(True)
        return pen
