"""Song Map files: whole or absent, and refused when they are not what they say."""

from __future__ import annotations

import json
import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from performia_desktop.songmap import file
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import InvalidSongMap


def test_written_and_read_back(song: SongMap, tmp_path: Path) -> None:
    path = tmp_path / "map.json"
    file.write(song, path)
    assert file.read(path) == song
    file.check(path, song.id)
    assert [entry.name for entry in tmp_path.iterdir()] == ["map.json"]


def test_text_is_kept_as_it_is_written(song: SongMap, tmp_path: Path) -> None:
    file.write(song, tmp_path / "map.json")
    assert "Été à Łódź".encode() in (tmp_path / "map.json").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_map_is_the_users_alone(song: SongMap, tmp_path: Path) -> None:
    file.write(song, tmp_path / "map.json")
    assert stat.S_IMODE((tmp_path / "map.json").stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "broken", [{"beats": (1.0, 0.5)}, {"duration_sec": float("nan")}, {"id": ""}], ids=["order", "nan", "id"]
)
def test_an_invalid_map_is_not_written(song: SongMap, tmp_path: Path, broken: dict[str, object]) -> None:
    path = tmp_path / "map.json"
    file.write(song, path)
    with pytest.raises(InvalidSongMap):
        file.write(replace(song, **broken), path)  # type: ignore[arg-type]
    assert file.read(path) == song
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_disk_that_fails_leaves_the_old_map_whole(
    song: SongMap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "map.json"
    file.write(song, path)

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if call == "fsync":
        monkeypatch.setattr(os, "fsync", fail)
    else:
        monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(OSError, match="No space"):
        file.write(replace(song, title="Another"), path)
    monkeypatch.undo()
    assert file.read(path) == song
    assert len(list(tmp_path.iterdir())) == 1


def test_a_missing_folder_is_an_error_of_the_world(song: SongMap, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        file.write(song, tmp_path / "gone" / "map.json")


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff\xfe", b"null", b'{"id": "0123abcd"}', b"[" * 100_000, b'{"id": NaN}', b"9" * 10_000],
    ids=["empty", "half", "list", "not UTF-8", "null", "no map", "deep", "NaN", "digits"],
)
def test_a_file_that_is_no_map_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "map.json"
    path.write_bytes(content)
    with pytest.raises(InvalidSongMap, match=r"map\.json|required"):
        file.read(path)
    with pytest.raises(InvalidSongMap):
        file.check(path, "0123abcd")


def test_a_text_that_is_no_unicode_is_not_written(song: SongMap, tmp_path: Path) -> None:
    with pytest.raises(InvalidSongMap, match="Unicode"):
        file.write(replace(song, provenance={"file": "\ud800"}), tmp_path / "map.json")
    assert not list(tmp_path.iterdir())


class TestCheck:
    def test_the_map_of_another_song_is_refused(self, song: SongMap, tmp_path: Path) -> None:
        file.write(song, tmp_path / "map.json")
        with pytest.raises(InvalidSongMap, match="0123abcd"):
            file.check(tmp_path / "map.json", "ffffffff")

    def test_a_broken_shape_is_seen(self, song: SongMap, tmp_path: Path) -> None:
        text = json.dumps(song.to_json())
        for old, new in (
            ('"denominator": 4', '"denominator": 3'),
            ('"duration_sec": 8.0', '"duration_sec": 1e999'),
        ):
            assert old in text
            (tmp_path / "map.json").write_text(text.replace(old, new), encoding="utf-8")
            with pytest.raises(InvalidSongMap, match=old.split('"')[1]):
                file.check(tmp_path / "map.json", song.id)

    def test_a_broken_rule_is_seen(self, song: SongMap, tmp_path: Path) -> None:
        data = song.to_json() | {"downbeats": [0.7]}
        (tmp_path / "map.json").write_text(json.dumps(data), encoding="utf-8")
        with pytest.raises(InvalidSongMap, match="downbeat"):
            file.check(tmp_path / "map.json", song.id)

    def test_a_huge_file_is_not_even_opened(
        self, song: SongMap, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        file.write(song, tmp_path / "map.json")
        monkeypatch.setattr(file, "_BIGGEST", 10)
        with pytest.raises(InvalidSongMap, match="too large"):
            file.check(tmp_path / "map.json", song.id)
