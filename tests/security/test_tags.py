"""Tags that were made to harm: they are text, of a bearable length, and end nowhere but in a title."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication

from performia_desktop.analysis.tags import LONGEST
from performia_desktop.jobs.job import Job, Status
from performia_desktop.jobs.store import Store
from performia_desktop.paths import Paths
from performia_desktop.songmap import file as songmap_file
from performia_desktop.songmap.model import SongMap
from tests.faults.running import service_on, until
from tests.security import recordings

TITLES = {
    "path": "../../../../../../etc/passwd",
    "markup": "<img src='file:///etc/passwd' onerror=alert(1)><b>bold</b>&amp;",
    "sql": "'; DROP TABLE jobs; --",
    "shell": "$(touch owned); `touch owned` | touch owned",
    "format": "%s%n{0}{job.title}",
    "turned": "song\u202egnp.exe",
    "control": "a\x1b[2J\x07b\x08\x7f\x9bc",
    "lines": "one\r\ntwo\u2028three\x0bfour",
    "zero": "be\0hind",
    "surrogate": "half \ud83c a guitar",
    "spaces": " \t\u3000 ",
    "zalgo": "Z" + "\u0301\u0327" * 5000,
    "long": "x" * 5_000_000,
    "wide": "🎸" * 100_000,
    "words": "la " * 100_000,
}
FORMATS = ("mp3", "flac", "m4a", "ogg", "wma")

Outcome = dict[tuple[str, str], tuple[Job, SongMap]]


def _write(folder: Path, kind: str, title: str) -> Path | None:
    """Write a recording with a title, None where its format has no place for that one."""
    path = folder / f"song.{kind}"
    if kind == "mp3":
        content = recordings.id3(title, title) + _without_tag(recordings.make("mp3"))
    else:
        try:
            content = recordings.make(kind, title, title)
        except (ValueError, UnicodeEncodeError):
            return None
    path.write_bytes(content)
    return path


def _without_tag(mp3: bytes) -> bytes:
    size = sum((byte & 0x7F) << shift for byte, shift in zip(mp3[6:10], (21, 14, 7, 0), strict=True))
    return mp3[10 + size :]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, qapp: QCoreApplication) -> Outcome:
    base = tmp_path_factory.mktemp("tags")
    files: dict[tuple[str, str], Path] = {}
    for name, title in TITLES.items():
        folder = base / "songs" / name
        folder.mkdir(parents=True)
        for kind in FORMATS:
            if (path := _write(folder, kind, title)) is not None:
                files[name, kind] = path
    paths = Paths.of(base / "data")
    with service_on(paths) as service:
        until(service.jobs.loaded, service.open)
        until(service.queue.idle, lambda: service.add(files.values(), again=True))
    store = Store.open(paths, read_only=True)
    by_file = {job.input_file: job for job in store.list()}
    store.close()
    found = {key: by_file[str(path)] for key, path in files.items()}
    failed = {key: job.error_message for key, job in found.items() if job.status is not Status.COMPLETE}
    assert failed == {}
    assert {path.name for path in base.iterdir()} == {"songs", "data"}
    return {key: (job, songmap_file.read(Path(job.song_map_path or ""))) for key, job in found.items()}


def test_most_formats_hold_most_of_them(outcome: Outcome) -> None:
    assert len(outcome) > 0.9 * len(TITLES) * len(FORMATS)
    assert {kind for _, kind in outcome} == set(FORMATS)


@pytest.mark.parametrize("name", TITLES)
def test_a_title_is_a_line_of_text(outcome: Outcome, name: str) -> None:
    for (title, _), (job, song_map) in outcome.items():
        if title != name:
            continue
        assert (song_map.title, song_map.artist) == (job.title, job.artist or "")
        for text in (song_map.title, song_map.artist):
            assert len(text) <= LONGEST
            assert not {"Cc", "Cs", "Zl", "Zp"} & set(map(unicodedata.category, text))
        assert song_map.title


@pytest.mark.parametrize("name", ["path", "markup", "sql", "shell", "format"])
def test_what_is_text_stays_as_it_is(outcome: Outcome, name: str) -> None:
    assert {song.title for (title, _), (_, song) in outcome.items() if title == name} == {TITLES[name]}


def test_a_title_names_no_file(outcome: Outcome) -> None:
    for job, _ in outcome.values():
        assert Path(job.song_map_path or "").name == f"{job.job_id}.json"
