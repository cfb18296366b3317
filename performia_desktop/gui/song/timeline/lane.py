"""One lane of the timeline."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from performia_desktop.gui.song.timeline.axis import Axis
from performia_desktop.gui.song.timeline.content import Content
from performia_desktop.gui.song.timeline.look import Look


@dataclass(frozen=True, slots=True)
class Scene:
    """What a lane needs to paint: `shown` is the stretch of pixels that is asked for, `area` all of the lane."""

    painter: QPainter
    look: Look
    axis: Axis
    content: Content
    area: QRectF
    first: float
    last: float

    @property
    def start(self) -> float:
        """The time where the asked for stretch begins."""
        return self.axis.time(self.first)

    @property
    def end(self) -> float:
        return self.axis.time(self.last)


class Lane(ABC):
    """Paints one kind of thing; knows how high it wants to be."""

    name: ClassVar[str]
    importance: ClassVar[int] = 0
    """Where there is not room for all, the least important goes first."""

    @abstractmethod
    def heights(self, look: Look, content: Content) -> tuple[float, float]:
        """Return the least and the best height; zeros where there is nothing to show."""

    @abstractmethod
    def paint(self, scene: Scene) -> None: ...


def paint_mark(scene: Scene, left: float, right: float) -> None:
    """Mark a thing that was put right by hand: a corner in the accent's colour."""
    size = min(8.0, right - left - 1)
    if size >= 2:
        corner = [QPointF(0, 0), QPointF(size, 0), QPointF(0, size)]
        scene.painter.setPen(Qt.PenStyle.NoPen)
        scene.painter.setBrush(scene.look.scheme.accent)
        scene.painter.drawPolygon(QPolygonF([QPointF(left + 1, scene.area.top()) + point for point in corner]))


def layout(
    lanes: list[Lane], look: Look, content: Content, height: float, gap: float
) -> list[tuple[Lane, float, float]]:
    """Return the lanes that have room, each with top and height; what is left over goes where it is of use."""
    wanted = [(lane, *lane.heights(look, content)) for lane in lanes]
    used = -gap
    chosen: set[Lane] = set()
    for lane, least, best in sorted(wanted, key=lambda entry: -entry[0].importance):
        if best > 0 and (used + gap + least <= height or not chosen):
            chosen.add(lane)
            used += gap + least
    there = [entry for entry in wanted if entry[0] in chosen]
    room = height + gap - sum(least + gap for _, least, _ in there)
    wish = sum(best - least for _, least, best in there)
    share = min(1.0, max(0.0, room) / wish) if wish else 0.0
    sizes = [least + share * (best - least) for _, least, best in there]
    extra = height + gap - sum(size + gap for size in sizes)
    stretching = [i for i, (_, least, best) in enumerate(there) if best > least]
    if extra > 0 and stretching:
        total = sum(there[i][2] for i in stretching)
        for i in stretching:
            sizes[i] += extra * there[i][2] / total
    placed, top = [], 0.0
    for (lane, _, _), size in zip(there, sizes, strict=True):
        bottom = round(top + size)
        placed.append((lane, float(round(top)), float(bottom - round(top))))
        top += size + gap
    return placed
