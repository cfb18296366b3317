"""Recognised words: only sung ones, only likely ones; the library is the real one where it is installed."""

from __future__ import annotations

import importlib.machinery
import sys
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import soundfile

from performia_desktop import lyricsmodel
from performia_desktop.analysis import lyrics, pipeline, speech
from performia_desktop.protocol import Analyse
from performia_desktop.songmap.file import read
from tests.analysis import tiny_whisper


@dataclass
class Word:
    word: str
    start: float
    end: float
    probability: float = 0.8


@dataclass
class Segment:
    words: list[Word]
    no_speech_prob: float = 0.1
    avg_logprob: float = -0.3
    end: float = 1.0


@dataclass
class Library:
    """faster-whisper at its edge: what it was asked, and what it answers to every piece."""

    segments: list[Segment] = field(default_factory=list)
    loaded: tuple[Any, ...] = ()
    pieces: list[np.ndarray] = field(default_factory=list)

    def load(self, folder: str, **options: Any) -> Library:
        self.loaded = (folder, options)
        return self

    def transcribe(self, sound: np.ndarray, **options: Any) -> tuple[Any, None]:
        assert options["vad_filter"] is False
        self.pieces.append(sound)
        return iter(self.segments), None


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Library:
    fake = Library()
    module = ModuleType("faster_whisper")
    module.__spec__ = importlib.machinery.ModuleSpec("faster_whisper", None)
    module.WhisperModel = fake.load
    monkeypatch.setitem(sys.modules, "faster_whisper", module)
    return fake


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in lyricsmodel.FILES:
        (tmp_path / "small").mkdir(exist_ok=True)
        (tmp_path / "small" / name).write_bytes(b"x")
    return tmp_path / "small"


@pytest.fixture
def song(tmp_path: Path) -> Path:
    path = tmp_path / "song.wav"
    rng = np.random.default_rng(1)
    soundfile.write(path, 0.1 * rng.standard_normal(20 * 22050), 22050)
    return path


def heard(song: Path, parts: list[tuple[float, float]], folder: Path) -> list[tuple[float, str]]:
    return [(round(w.start, 2), w.text) for w in speech.recognise(song, parts, folder, lambda _: None)]


def test_only_sung_parts_are_heard_and_times_are_the_songs(library: Library, folder: Path, song: Path) -> None:
    library.segments = [Segment([Word(" Hey", 0.6, 0.9), Word(" you ", 1.0, 1.4, 0.6)])]
    words = speech.recognise(song, [(2.0, 4.0), (10.0, 13.0)], folder, lambda _: None)
    assert [(round(w.start, 2), w.text, w.conf) for w in words] == [
        (2.1, "Hey", 0.8),
        (2.5, "you", 0.6),
        (10.1, "Hey", 0.8),
        (10.5, "you", 0.6),
    ]
    assert [len(piece) for piece in library.pieces] == [3 * 16000, 4 * 16000]
    assert library.loaded[0] == str(folder)
    assert library.loaded[1]["local_files_only"] is True
    assert "'small'" in words[0].source


def test_invented_words_are_dropped(library: Library, folder: Path, song: Path) -> None:
    library.segments = [
        Segment([Word("Thanks", 0.5, 1.0)], no_speech_prob=0.9),
        Segment([Word("for", 0.5, 1.0)], avg_logprob=-2.0),
        Segment([Word("watching", 5.0, 5.5), Word("", 0.6, 0.7), Word("back", 0.9, 0.9)]),
        Segment([Word("one", 0.5, 1.0), Word("over", 0.8, 1.2)]),
    ]
    assert heard(song, [(2.0, 4.0)], folder) == [(2.0, "one")]
    assert heard(song, [], folder) == []


def test_long_parts_go_in_pieces(
    library: Library, folder: Path, song: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speech, "_PIECE_SEC", 5.0)
    ticks: list[float] = []
    library.segments = [Segment([], end=4.0)]
    speech.recognise(song, [(0.0, 19.0)], folder, ticks.append)
    assert len(library.pieces) == 4
    assert max(len(piece) for piece in library.pieces) <= 5 * 16000
    assert ticks == sorted(ticks)
    assert ticks[-1] <= 1


def test_what_is_missing_is_said(folder: Path, monkeypatch: pytest.MonkeyPatch, library: Library) -> None:
    assert lyricsmodel.problem(folder) is None
    (folder / "tokenizer.json").unlink()
    assert "tokenizer.json missing" in str(lyricsmodel.problem(folder))
    with pytest.raises(speech.SpeechError, match="Choose the folder"):
        speech.load(folder)
    monkeypatch.setattr(lyricsmodel.importlib.util, "find_spec", lambda _: None)
    assert "pip install 'performia-desktop[lyrics]'" in str(lyricsmodel.problem(folder))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert "not part of this package" in str(lyricsmodel.problem(folder))


def test_a_song_without_a_usable_model_is_still_a_song(demo_song: Path, tmp_path: Path) -> None:
    target = tmp_path / "map.json"
    request = Analyse("0000000a", str(demo_song), str(target), str(tmp_path / "steps"), "", str(tmp_path / "none"))
    pipeline.run(request, lambda _: None)
    song = read(target)
    assert song.beats
    assert song.lyrics == ()
    assert len(song.provenance["notes"]) == 1


def test_lyrics_that_somebody_wrote_go_first(library: Library, song: Path) -> None:
    song.with_suffix(".lrc").write_text("[00:01]Written")
    asked: list[object] = []
    found = lyrics.find(song, 20.0, [], list, lambda parts: asked.append(parts) or [])
    assert [span.text for span in found] == ["Written"]
    assert not asked
    song.with_suffix(".lrc").unlink()
    lyrics.find(song, 20.0, [], list, lambda parts: asked.append(parts) or [])
    assert asked == [[]]


# --- the library itself


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    pytest.importorskip("faster_whisper", reason="the optional package performia-desktop[lyrics] is not installed")
    return tiny_whisper.make(tmp_path_factory.mktemp("whisper") / "tiny")


def test_the_real_library_hears_with_a_tiny_model(tiny: Path, song: Path) -> None:
    words = speech.recognise(song, [(1.0, 8.0), (12.0, 19.0)], tiny, lambda _: None)
    assert words
    assert all(0.5 <= w.start < w.end <= 8.5 or 11.5 <= w.start < w.end <= 19.5 for w in words)
    assert all(0 <= w.conf <= 1 for w in words)
    assert words == speech.recognise(song, [(1.0, 8.0), (12.0, 19.0)], tiny, lambda _: None)


def test_the_real_library_says_that_a_model_is_damaged(tiny: Path, tmp_path: Path) -> None:
    for name in lyricsmodel.FILES:
        (tmp_path / name).write_bytes((tiny / name).read_bytes()[:200])
    with pytest.raises(speech.SpeechError, match="Get it again"):
        speech.load(tmp_path)
