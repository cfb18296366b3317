"""Names that every file system takes, and files that are whole or absent."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from performia_desktop.export.save import file_name, save
from tests.export.conftest import SONGS


@pytest.mark.parametrize(
    ("artist", "title", "audio", "name"),
    [
        ("The Band", "Song", None, "The Band - Song.mid"),
        ("", "Song", None, "Song.mid"),
        ("The Band", "", "/music/07 take.flac", "07 take.mid"),
        ("", "", None, "0123abcd.mid"),
        ("../../etc", "pass/wd", None, "_.._etc - pass_wd.mid"),
        ("", "a\nb\x00c", None, "a b c.mid"),
        ("", "...", None, "0123abcd.mid"),
        ("", "CON", None, "_CON.mid"),
        ("", "é" * 300, None, "é" * 60 + ".mid"),
    ],
)
def test_names(artist: str, title: str, audio: str | None, name: str) -> None:
    song = replace(SONGS["four"], artist=artist, title=title)
    assert file_name(song, audio, ".mid") == name


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "song.livingchart.json"
    assert save(b"1", path) == path
    assert save(b"2", path) == tmp_path / "song (2).livingchart.json"
    assert save(b"3", path, overwrite=True) == path
    assert path.read_bytes() == b"3"
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "song (2).livingchart.json",
        "song.livingchart.json",
    ]
