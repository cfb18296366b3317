from __future__ import annotations

import pytest
from PySide6.QtCore import QMimeData, QUrl

from performia_desktop.gui.joblist.drop import Offer, invitation, offered


def mime(*urls: str, text: str | None = None) -> QMimeData:
    data = QMimeData()
    if urls:
        data.setUrls([QUrl(url) for url in urls])
    if text is not None:
        data.setText(text)
    return data


def test_files_from_a_file_manager() -> None:
    offer = offered(mime("file:///music/a%20b.mp3", "file:///music/%C3%A9.flac", "file:///music/a%20b.mp3"))
    assert offer == Offer(("/music/a b.mp3", "/music/é.flac"), ())


def test_addresses_of_the_web_are_told_apart() -> None:
    offer = offered(mime("https://example.com/a.mp3", "file:///b.mp3"))
    assert offer == Offer(("/b.mp3",), ("https://example.com/a.mp3",))


def test_lines_of_text_that_are_paths() -> None:
    text = 'file:///a.mp3\n  "/music/b c.flac"  \nnot a path\n\n/music/folder'
    assert offered(mime(text=text)).paths == ("/a.mp3", "/music/b c.flac", "/music/folder")


def test_other_text_is_no_offer() -> None:
    assert not offered(mime(text="hello"))
    assert not offered(QMimeData())


@pytest.mark.parametrize(
    ("paths", "words"),
    [
        (["/a.mp3"], "Add 1 song"),
        ([f"/{i}.MP3" for i in range(12)], "Add 12 songs"),
        (["/folder"], "Add 1 folder"),
        (["/a.mp3", "/b.flac", "/folder"], "Add 2 songs and 1 folder"),
        (["/a.mp3", "/x", "/y/", "/l.m3u8"], "Add 1 song, 2 folders and 1 playlist"),
        (["/letter.pdf"], "Add what is music in it"),
        ([], "No songs here"),
    ],
)
def test_the_invitation_counts_by_name(paths: list[str], words: str) -> None:
    assert invitation(Offer(tuple(paths))) == words
