"""Where everything on a chart stands, for a width and a size of type: the same for the window, the stage and paper.

Bars stand in lines of eight, four, two or one; where somebody sings, a line of the lyrics is a line of the chart,
its bars as wide as their words. Lengths are in pixels of the surface.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice

from performia_desktop.gui.fonts import scaled
from performia_desktop.gui.song.chart import Cell, Part
from performia_desktop.songmap.fingering import Shape, shape

CHORD = 1.5
"""Chords in bars are this much larger than the text around them."""
_LYRIC, _OVER = 1.15, 1.25
"""The words, and the chords over them."""
_PAD = 8
DIAGRAM = 0.6
"""From string to string, and from fret to fret, in lines of the text."""
_STRINGS = 6
_FRETS = 5


class Type:
    """The fonts of a chart, from one base font, and their measures on a device (the screen, if none)."""

    def __init__(self, base: QFont, device: QPaintDevice | None = None) -> None:
        self.text = base
        self.small = scaled(base, 0.8)
        self.heading = scaled(base, 1.0, QFont.Weight.DemiBold)
        self.chord = scaled(base, CHORD, QFont.Weight.Bold)
        self.lyric = scaled(base, _LYRIC)
        self.over = scaled(base, _OVER, QFont.Weight.Bold)
        self._device = device
        self._metrics: dict[str, QFontMetricsF] = {}

    def metrics(self, font: QFont) -> QFontMetricsF:
        key = font.key()
        if key not in self._metrics:
            device = self._device
            self._metrics[key] = QFontMetricsF(font) if device is None else QFontMetricsF(font, device)
        return self._metrics[key]

    def width(self, font: QFont, text: str) -> float:
        return self.metrics(font).horizontalAdvance(text)

    def height(self, font: QFont) -> float:
        return self.metrics(font).height()

    @property
    def line(self) -> float:
        """The height of a line of bars: a number above, the chord below."""
        return _four(self.height(self.chord) + self.height(self.text) + 4)

    @property
    def sung_line(self) -> float:
        return _four(self.height(self.over) + self.height(self.lyric) + 10)

    @property
    def heading_line(self) -> float:
        return _four(self.height(self.heading) + 8)


@dataclass(frozen=True, slots=True)
class Placed:
    """A cell, or a piece of one that is longer than a line; `spots` are (x, chord, words)."""

    rect: QRectF
    cell: Cell
    spots: tuple[tuple[float, str, str], ...]
    sung: bool
    first: bool  # of its line
    last: bool


@dataclass(frozen=True, slots=True)
class Diagram:
    """A chord's name over where the fingers go."""

    rect: QRectF
    name: str
    shape: Shape


@dataclass(slots=True)
class Layout:
    """`breaks` are the heights where a page may end."""

    cells: list[Placed] = field(default_factory=list)
    headings: list[tuple[QRectF, Part]] = field(default_factory=list)
    diagrams: list[Diagram] = field(default_factory=list)
    breaks: list[float] = field(default_factory=list)
    height: float = 0.0

    def heard(self, time: float | None) -> Placed | None:
        """Return what is heard at a time."""
        if time is None:
            return None
        index = bisect_right(self.cells, time, key=lambda placed: placed.cell.start) - 1
        while index > 0 and self.cells[index - 1].cell is self.cells[index].cell:
            index -= 1
        return self.cells[index] if index >= 0 and time < self.cells[index].cell.end else None

    def pieces(self, cell: Cell) -> list[Placed]:
        """Return where a cell stands: on one line, seldom on more."""
        return [placed for placed in self.cells if placed.cell is cell]


def lay_out(
    parts: Sequence[Part],
    width: float,
    type_: Type,
    *,
    margin: float = 16,
    shapes: Mapping[str, str] | None = None,
) -> Layout:
    """Give everything its place; `shapes` are the names and labels of chords to show the fingering of."""
    layout = Layout()
    y = 8.0
    if shapes:
        y = _place_diagrams(layout, shapes, width, type_, margin, y)
    per_line = bars_per_line(parts, width, type_, margin)
    for part in parts:
        if layout.cells or layout.diagrams:
            layout.breaks.append(y)
        layout.headings.append((QRectF(margin, y, width - 2 * margin, type_.heading_line), part))
        y += type_.heading_line + 4 if part.heading else 0
        for number, row in enumerate(part.rows):
            if number:
                layout.breaks.append(y)
            if row.sung:
                y = _place_words(layout, row.cells, (margin, width - margin), type_, y)
            else:
                y = _place_bars(layout, row.cells, (margin, width - margin), per_line, type_, y)
        y += 12
    layout.height = y
    return layout


def bars_per_line(parts: Sequence[Part], width: float, type_: Type, margin: float = 16) -> int:
    """Return 8, 4, 2 or 1: what fits, and a musician expects."""
    widest = type_.width(type_.chord, "B♭m7")
    for cell in (cell for part in parts for row in part.rows if not row.sung for cell in row.cells):
        widest = max(widest, sum(type_.width(type_.chord, name) + 10 for _beat, name in cell.bar.chords))
    fits = max(1, (width - 2 * margin) // (widest + 20))
    roomy = (width - 2 * margin) // (8 * type_.height(type_.text))
    return next(n for n in (8, 4, 2, 1) if n <= fits and (n < 8 or n <= roomy))


def _place_bars(
    layout: Layout, cells: Sequence[Cell], sides: tuple[float, float], per_line: int, type_: Type, y: float
) -> float:
    """Place bars of equal width; return where the next line goes."""
    left, right = sides
    bar_width = (right - left) / per_line
    for i, cell in enumerate(cells):
        column = i % per_line
        if i and not column:
            layout.breaks.append(y)
        x = round(left + column * bar_width)
        rect = QRectF(x, y, round(left + (column + 1) * bar_width) - x, type_.line)
        last = column == per_line - 1 or i == len(cells) - 1
        layout.cells.append(Placed(rect, cell, _spots(cell, rect, type_), False, column == 0, last))
        if last:
            y += type_.line + 4
    return y


def _spots(cell: Cell, rect: QRectF, type_: Type) -> tuple[tuple[float, str, str], ...]:
    """Put a bar's chords on their beats, and closer together where they would not fit."""
    chords = cell.bar.chords
    inner = rect.width() - 2 * _PAD
    free = rect.left() + _PAD
    spots = []
    for i, (beat, name) in enumerate(chords):
        own = type_.width(type_.chord, name)
        needed = sum(type_.width(type_.chord, other) + 6 for _beat, other in chords[i + 1 :])
        x = max(rect.left() + _PAD + round(inner * beat / max(1, cell.bar.beats)), free)
        x = max(free, min(x, rect.right() - 4 - needed - own))
        spots.append((x, name, ""))
        free = x + own + 6
    return tuple(spots)


def _place_words(
    layout: Layout, cells: Sequence[Cell], sides: tuple[float, float], type_: Type, y: float
) -> float:
    """Place a line of lyrics, on more lines where it is too long; return where the next one goes."""
    left, right = sides
    space = type_.width(type_.lyric, " ")
    line: list[Placed] = []
    x = left

    def close() -> None:
        for i, placed in enumerate(line):
            last = i == len(line) - 1
            layout.cells.append(Placed(placed.rect, placed.cell, placed.spots, True, i == 0, last))
        line.clear()

    for cell in cells:
        words = list(cell.words)
        while True:
            taken: list[tuple[float, str, str]] = []
            end = free = x + _PAD  # of the words, and of the chords over them, which may stand over several words
            while words:
                at = max(end, free) if words[0].chord or not words[0].text else end
                wide = type_.width(type_.lyric, words[0].text) + space if words[0].text else 0.0
                over = type_.width(type_.over, words[0].chord) + 2 * space if words[0].chord else 0.0
                if at + max(wide, over) > right and (taken or line):
                    break
                word = words.pop(0)
                if taken and taken[-1][2] and not word.chord:  # goes on in the same breath
                    taken[-1] = (*taken[-1][:2], f"{taken[-1][2]} {word.text}")
                else:
                    taken.append((at, word.chord, word.text))
                end = at + (wide or over)
                free = at + over if over else free
            if not taken and words:  # on the next line, then
                close()
                layout.breaks.append(y + type_.sung_line)
                y += type_.sung_line
                x = left
                continue
            end = max(end, min(free, right), min(x + 4 * _PAD, right))
            line.append(Placed(QRectF(x, y, end - x, type_.sung_line - 2), cell, tuple(taken), True, False, False))
            x = end
            if not words:
                break
    close()
    return y + type_.sung_line + 2


def _place_diagrams(
    layout: Layout, shapes: Mapping[str, str], width: float, type_: Type, margin: float, y: float
) -> float:
    step = type_.height(type_.text) * DIAGRAM
    tall = type_.height(type_.heading) + step * (_FRETS + 1.5)
    x = margin
    for name, label in shapes.items():
        found = shape(label)
        if found is None:
            continue
        wide = max(step * (_STRINGS + 2), type_.width(type_.heading, name) + 12)
        if x > margin and x + wide > width - margin:
            x, y = margin, y + tall + 8
            layout.breaks.append(y)
        layout.diagrams.append(Diagram(QRectF(x, y, wide, tall), name, found))
        x += wide + 8
    return y + tall + 12 if layout.diagrams else y


def _four(value: float) -> float:
    """Return the next multiple of 4."""
    return -(-value // 4) * 4
