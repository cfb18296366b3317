"""The printed chart, read back by pypdf and compared with the map."""

from __future__ import annotations

import io
import re
from dataclasses import replace

import pypdf
import pytest
from PySide6.QtWidgets import QApplication, QGraphicsView, QToolBar
from pytestqt.qtbot import QtBot

from performia_desktop import demo
from performia_desktop.export.options import ExportError, Options
from performia_desktop.gui.colors import DARK, LIGHT, Colors, palette
from performia_desktop.gui.song.chart import Reading, chart
from performia_desktop.gui.song.print_preview import PrintPreview
from performia_desktop.gui.song.sheet.formats import PDF
from performia_desktop.gui.theme import style_sheet
from performia_desktop.songmap.model import Lyric, SongMap
from tests.export.conftest import HOSTILE, SONGS
from tests.gui.song.conftest import OpenSong


def read(song: SongMap, options: Options | None = None) -> tuple[pypdf.PdfReader, list[str]]:
    reader = pypdf.PdfReader(io.BytesIO(PDF.render(song, options or Options())))
    return reader, [re.sub(r"[ \t]+", " ", page.extract_text()) for page in reader.pages]


def chords(text: str, names: set[str]) -> list[str]:
    """Return the chords of a text, in the order in which they were drawn."""
    return [line.strip() for line in text.splitlines() if line.strip() in names]


@pytest.mark.parametrize("options", [Options(), Options(transpose=2), Options(capo=3), Options(naming="roman")])
def test_every_chord_is_on_paper_in_its_order(qapp: QApplication, options: Options) -> None:
    song = demo.truth()
    reading = Reading(options.naming, options.transpose, options.capo)
    wanted = [name for part in chart(song, reading) for bar in part.bars for _, name in bar.chords]
    _, pages = read(song, options)
    assert chords("\n".join(pages), set(wanted)) == wanted


def test_the_head_says_what_a_player_must_know(qapp: QApplication) -> None:
    reader, pages = read(demo.truth(), Options(capo=3))
    lines = pages[0].splitlines()
    assert lines[0] == "Tin Roof Morning"
    assert lines[1] == "The Examples"
    assert lines[2] == "Key: E♭ major Tempo: 112 BPM 4/4 Capo 3, played in C major"
    for heading in ("Intro", "Verse 1", "Chorus 2", "Outro"):
        assert heading in "\n".join(pages)
    assert reader.metadata is not None
    assert reader.metadata.title == "Tin Roof Morning"
    assert reader.metadata.author == "The Examples"


def long() -> tuple[SongMap, list[str]]:
    """Return a song of several pages, every word of it another one, and its words."""
    song = demo.truth()
    lines = [[f"w{bar}n{word}" for word in range(14)] for bar in range(len(song.downbeats))]
    lyrics = (
        Lyric(round(at + 0.05, 3), round(at + 1.9, 3), " ".join(words), 0.9)
        for at, words in zip(song.downbeats, lines, strict=True)
    )
    return replace(song, lyrics=tuple(lyrics)), [word for line in lines for word in line]


def test_every_word_is_on_paper_once_and_pages_are_counted(qapp: QApplication) -> None:
    song, words = long()
    reader, pages = read(song)
    assert re.findall(r"w\d+n\d+", "\n".join(pages)) == words
    many = len(reader.pages)
    assert many > 1
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {many}" in page
        assert "Tin Roof Morning – The Examples" in page


def test_a_song_without_bars_is_not_printed(qapp: QApplication) -> None:
    with pytest.raises(ExportError):
        PDF.render(SONGS["silence"], Options())


def test_a_hostile_song_is_text(qapp: QApplication) -> None:
    _, pages = read(replace(SONGS["hostile"], title=HOSTILE, artist="x" * 1000))
    assert "<b>" in pages[0]


def test_in_dark_colours_the_preview_is_black_on_white_all_the_same(
    qapp: QApplication, qtbot: QtBot, open_song: OpenSong
) -> None:
    def ink(scheme: Colors) -> int:
        before = qapp.palette()
        qapp.setPalette(palette(scheme))
        preview = PrintPreview(demo.truth(), Reading(), fingering=False, parent=window)
        preview.resize(800, 800)
        with qtbot.waitExposed(preview):
            preview.show()
        page = preview.findChild(QGraphicsView)
        assert page is not None
        picture = page.grab().toImage()
        preview.close()
        qapp.setPalette(before)
        middle = range(picture.width() // 4, picture.width() // 2)
        return sum(picture.pixelColor(x, y).lightness() < 60 for x in middle for y in range(40, 200))

    window = open_song()
    light = ink(LIGHT)
    assert light > 50
    assert ink(DARK) == pytest.approx(light, rel=0.05)


def test_print_is_in_sight_in_the_preview(qapp: QApplication, qtbot: QtBot, open_song: OpenSong) -> None:
    before = qapp.styleSheet()
    qapp.setStyleSheet(style_sheet(LIGHT))
    try:
        preview = PrintPreview(demo.truth(), Reading(), fingering=False, parent=open_song())
        with qtbot.waitExposed(preview):
            preview.show()
        tools = preview.findChild(QToolBar)
        assert tools is not None
        assert tools.sizeHint().width() <= 800
        last = tools.widgetForAction(tools.actions()[-1])
        assert last.isVisible()
        assert last.geometry().right() < tools.width()
        preview.close()
    finally:
        qapp.setStyleSheet(before)


def test_the_preview_has_the_same_pages(qtbot: QtBot, open_song: OpenSong) -> None:
    window = open_song()
    window.print_chart()
    preview = window.findChild(PrintPreview)
    assert preview is not None
    assert "Tin Roof Morning" in preview.windowTitle()
    preview.close()
