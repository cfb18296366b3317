"""How near a Song Map is to the truth, by the field's own measures (mir_eval), 0-1."""

from __future__ import annotations

from collections.abc import Sequence

import mir_eval
import numpy as np
from numpy.typing import NDArray

from performia_desktop.songmap.model import Note, SongMap

_TEMPO = 0.04
_HOP = 0.01


def scores(truth: SongMap, found: SongMap) -> dict[str, float]:
    """Return tempo, beats (F), steadily (CMLt), downbeats (F), meter, key (MIREX weights over time), chords (majmin),
    melody (raw pitch accuracy), voicing (melody's overall accuracy), bass (onset and pitch F): what the truth knows."""
    out: dict[str, float] = {}
    if truth.tempo.bpm_global is not None:
        wrong = abs((found.tempo.bpm_global or 0.0) / truth.tempo.bpm_global - 1)
        out["tempo"] = float(wrong <= _TEMPO)
    if truth.beats:
        beats, mine = (_trimmed(song.beats) for song in (truth, found))
        out["beats"] = mir_eval.beat.f_measure(beats, mine) if len(mine) else 0.0
        out["steadily"] = mir_eval.beat.continuity(beats, mine)[1] if len(mine) > 1 else 0.0
        lines, my_lines = (_trimmed(song.downbeats) for song in (truth, found))
        out["downbeats"] = mir_eval.beat.f_measure(lines, my_lines) if len(my_lines) else 0.0
        out["meter"] = float(found.meter == truth.meter and bool(len(mine)))
    if truth.key:
        out["key"] = _key(truth, found)
    if truth.chords:
        out["chords"] = _chords(truth, found)
    if truth.melody:
        both = [_pitch_track(song.melody, truth.duration_sec) for song in (truth, found)]
        melody = mir_eval.melody.evaluate(*both[0], *both[1])
        out["melody"], out["voicing"] = melody["Raw Pitch Accuracy"], melody["Overall Accuracy"]
    if truth.bass:
        out["bass"] = _notes(truth.bass, found.bass)
    return out


def _trimmed(times: Sequence[float]) -> NDArray[np.float64]:
    return mir_eval.beat.trim_beats(np.array(times, float))


def _key(truth: SongMap, found: SongMap) -> float:
    def at(song: SongMap, time: float) -> str:
        span = next((k for k in song.key if k.start <= time < k.end), song.key[-1])
        return f"{span.tonic} {span.mode}"

    if not found.key:
        return 0.0
    times = np.arange(0.25, truth.duration_sec, 0.5)
    return float(np.mean([mir_eval.key.weighted_score(at(truth, t), at(found, t)) for t in times]))


def _chords(truth: SongMap, found: SongMap) -> float:
    if not found.chords:
        return 0.0
    (spans, labels), (mine, my_labels) = (
        (np.array([[c.start, c.end] for c in song.chords]), [c.label for c in song.chords])
        for song in (truth, found)
    )
    return float(mir_eval.chord.evaluate(spans, labels, mine, my_labels)["majmin"])


def _pitch_track(notes: Sequence[Note], seconds: float) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    times = np.arange(0, seconds, _HOP)
    hertz = np.zeros(len(times))
    for note in notes:
        hertz[round(note.start / _HOP) : round(note.end / _HOP)] = 440 * 2 ** ((note.midi - 69) / 12)
    return times, hertz


def _notes(truth: Sequence[Note], found: Sequence[Note]) -> float:
    if not found:
        return 0.0
    (spans, pitches), (mine, my_pitches) = (
        (np.array([[n.start, n.end] for n in notes]), 440 * 2 ** ((np.array([n.midi for n in notes]) - 69) / 12))
        for notes in (truth, found)
    )
    return float(
        mir_eval.transcription.precision_recall_f1_overlap(spans, pitches, mine, my_pitches, offset_ratio=None)[2]
    )
