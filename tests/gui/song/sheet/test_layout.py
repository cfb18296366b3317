"""Where things stand on a chart, whatever it is drawn on."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.gui.song.chart import Reading, chart, chord_names
from performia_desktop.gui.song.sheet.layout import Layout, Type, lay_out
from performia_desktop.songmap.model import Lyric, SongMap

WORDS = "Morning on the tin roof and the rain is all I know of it today"


def sung() -> SongMap:
    """The demo song with a line of words in every second bar."""
    song = demo.truth()
    lyrics = (Lyric(round(bar + 0.1, 3), round(bar + 3.5, 3), WORDS, 0.9) for bar in song.downbeats[4:24:2])
    return replace(song, lyrics=tuple(lyrics))


@pytest.fixture(params=[240, 700, 1500])
def layout(request: pytest.FixtureRequest, qtbot: QtBot) -> Layout:
    reading = Reading()
    shapes = chord_names(sung(), reading)
    return lay_out(chart(sung(), reading), request.param, Type(QFont()), shapes=shapes)


def test_nothing_lies_on_anything_else(layout: Layout) -> None:
    boxes = [placed.rect for placed in layout.cells] + [diagram.rect for diagram in layout.diagrams]
    boxes += [rect for rect, _ in layout.headings]
    boxes.sort(key=lambda rect: rect.top())
    for one, other in itertools.combinations(boxes, 2):
        assert not one.adjusted(1, 1, -1, -1).intersects(other.adjusted(1, 1, -1, -1))
    assert max(rect.bottom() for rect in boxes) <= layout.height


def test_words_and_chords_follow_each_other_without_touching(layout: Layout) -> None:
    type_ = Type(QFont())
    for placed in layout.cells:
        font = type_.over if placed.sung else type_.chord
        chords = [(x, x + type_.width(font, name)) for x, name, _ in placed.spots if name]
        words = [(x, x + type_.width(type_.lyric, word)) for x, _, word in placed.spots if word]
        for spans in (chords, words):
            assert all(a[1] <= b[0] for a, b in itertools.pairwise(spans))


def test_every_cell_is_heard_and_a_long_one_is_in_pieces(layout: Layout) -> None:
    for placed in layout.cells:
        heard = layout.heard((placed.cell.start + placed.cell.end) / 2)
        assert heard is not None
        assert heard.cell is placed.cell
        assert heard is layout.pieces(placed.cell)[0]
    assert layout.heard(None) is None
    assert layout.heard(-1.0) is None
    assert layout.heard(1e6) is None


def test_all_that_is_sung_is_there(layout: Layout) -> None:
    words = [word for placed in layout.cells for _, _, text in placed.spots for word in text.split()]
    assert words == WORDS.split() * 10


def test_pages_may_break_only_between_lines(layout: Layout) -> None:
    assert layout.breaks == sorted(layout.breaks)
    for at in layout.breaks:
        boxes = [placed.rect for placed in layout.cells] + [rect for rect, _ in layout.headings]
        boxes += [diagram.rect for diagram in layout.diagrams]
        assert not any(rect.top() < at < rect.bottom() - 1 for rect in boxes)
