"""Recognises sung words with a Whisper model (Radford et al., ICML 2023) through faster-whisper, where there is one.

Whisper invents words where nobody sings; so it only hears the sung parts, what it doubts itself is dropped, and so
is a word outside of the singing. Nothing is random: no temperature, no memory of what was said before.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, Final

import numpy as np
import soxr

from performia_desktop import lyricsmodel
from performia_desktop.analysis import audio
from performia_desktop.analysis.lrc import LyricSpan
from performia_desktop.analysis.voice import Spans, joined

_RATE: Final = 16000
_AROUND_SEC: Final = 0.5
"""A lead's first note often begins after its consonant; words that far outside still count as sung."""
_PIECE_SEC: Final = 120.0
_NO_SPEECH: Final = 0.6
_DOUBTED: Final = -1.2  # mean log probability of a segment's tokens


class SpeechError(Exception):
    """Words cannot be recognised; `str()` is a sentence for the user."""


def recognise(path: Path, parts: Spans, folder: Path, tick: audio.Tick) -> list[LyricSpan]:
    """Return the words that are sung in `parts` of a recording, each with its own probability as confidence.

    Raises
    ------
    SpeechError
        The package is not installed, or the folder holds no model that it can use.
    AnalysisError
        The recording cannot be read any more.
    """
    if not parts:
        return []
    model = load(folder)
    source = f"speech recognition with the model {folder.name!r}"
    words: list[LyricSpan] = []
    total = sum(end - start for start, end in parts)
    done = 0.0
    with closing(audio.decode(path, lambda f: tick(0.05 * f))) as recording:
        for start, end in _pieces(parts, recording.duration_sec):
            samples = recording.samples[int(start * audio.SAMPLE_RATE) : int(end * audio.SAMPLE_RATE)]
            sound = soxr.resample(np.asarray(samples), audio.SAMPLE_RATE, _RATE)
            for said in _transcribed(model, sound):
                words += _kept(said, start, parts, source)
                tick(0.05 + 0.95 * min(1.0, (done + float(said.end)) / (total + 2 * _AROUND_SEC * len(parts))))
            done += end - start
    return _disjoint(words)


def load(folder: Path) -> Any:
    """Return the model in a folder. Raises SpeechError."""
    if why := lyricsmodel.problem(folder):
        raise SpeechError(why)
    from faster_whisper import WhisperModel

    if bars := sys.modules.get("tqdm"):
        bars.tqdm.monitor_interval = 0  # no thread to watch over progress bars that nobody sees
    try:
        return WhisperModel(str(folder), device="cpu", compute_type="int8", cpu_threads=1, local_files_only=True)
    except Exception as error:  # whatever its libraries raise for a model that is none
        raise SpeechError(
            f"The model in {folder} cannot be loaded ({error}). Get it again, or choose another one."
        ) from error


def _transcribed(model: Any, sound: audio.Samples) -> Iterator[Any]:
    segments, _ = model.transcribe(
        sound,
        beam_size=1,
        temperature=0.0,
        condition_on_previous_text=False,
        word_timestamps=True,
        vad_filter=False,  # made for talk; singing over a band is not that
    )
    yield from segments


def _kept(segment: Any, offset: float, parts: Spans, source: str) -> list[LyricSpan]:
    """Return a segment's words that are likely and sung."""
    if segment.no_speech_prob > _NO_SPEECH or segment.avg_logprob < _DOUBTED:
        return []
    spans = []
    for word in segment.words or []:
        start, end = offset + float(word.start), offset + float(word.end)
        text = " ".join(word.word.split())
        if text and end > start and _is_sung((start + end) / 2, parts):
            spans.append(LyricSpan(start, end, text, float(word.probability), source))
    return spans


def _is_sung(time: float, parts: Spans) -> bool:
    return any(start - _AROUND_SEC <= time <= end + _AROUND_SEC for start, end in parts)


def _pieces(parts: Spans, duration_sec: float) -> Iterator[tuple[float, float]]:
    """Yield the parts with their surroundings, none longer than the memory should hold."""
    around = ((max(0.0, a - _AROUND_SEC), min(duration_sec, b + _AROUND_SEC)) for a, b in parts)
    for start, end in joined(around, 1e-3):
        count = max(1, int(np.ceil((end - start) / _PIECE_SEC)))
        edges = np.linspace(start, end, count + 1)
        yield from zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True)


def _disjoint(words: list[LyricSpan]) -> list[LyricSpan]:
    """Return words in order without those that begin before the one before has ended."""
    kept: list[LyricSpan] = []
    for word in sorted(words, key=lambda w: (w.start, w.end)):
        if not kept or word.start >= kept[-1].end - 1e-6:
            kept.append(word)
    return kept
