"""Transcribes the leading line as notes, from what the melody network hears (see `line_net`).

A Viterbi path over pitches and silence follows the line; a held pitch is cut where the network hears a note begin
anew. Each note begins at the centre of gravity of that evidence, drawn to a strong onset where there is one, and ends
where `ending` hears it let go.

Pitches are MIDI numbers, times seconds.
"""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Final

import numpy as np
from scipy.ndimage import gaussian_filter1d, uniform_filter1d

from performia_desktop.analysis import ending
from performia_desktop.analysis.features import ONSET_FPS, PITCH_FPS, Features, Tick
from performia_desktop.analysis.halves import F16, single
from performia_desktop.analysis.layers import F32, log_odds, log_softmax
from performia_desktop.analysis.line_net import FPS, LEAD, LineEvidence, times
from performia_desktop.analysis.notes import (
    CLOSEST,
    EARLIER,
    REACH,
    SHORTEST,
    NoteSpan,
    append,
    beginning,
    changes,
    likeliest,
    runs,
)
from performia_desktop.analysis.onset import Floats, onset_curve

_CHANGES: Final = changes(LEAD.count, move=2.0, move_per_semitone=0.02, breathe=1.8)
_SILENCE: Final = (-1.3, -1.1)
"""Added to the evidence for silence in a song whose lead is heard as clearly as usual: a sung lead and a played one,"""
_CLEAR: Final = 1.65
_CLEARER: Final = 0.7
_MOST: Final = 1.0
"""and that much more, within _MOST, per unit of log odds that the clear quarter of its lead lies above _CLEAR. Only a
played lead gets more of it: a voice fades and swells. Only a song that has a lead gets less."""
_REGISTER_SEC: Final = 8.0
_COARSE: Final = 8  # frames at a time
_REGISTER_WIDTH: Final = 4.0  # semitones
_REGISTER_FLOOR: Final = 0.02
"""Share of the lead around that a pitch has at least."""
_LEADS: Final = (0.1, 0.3)
"""Shares of the time that something leads, of a song without a lead and with one."""
_VOICES: Final = (0.5, 0.25)
"""Mean probabilities of a voice, while something leads, of a sung and of a played lead."""
_SURE_ODDS: Final = 4.0
_PHRASE_SEC: Final = 5.0
_PHRASE: Final = 0.7
"""Taken from it per unit of log odds by which somebody leads more around a frame than in the song as a whole."""
_ALONE: Final = 2.0
"""Taken from it where one line is alone."""
_ALONE_SEC: Final = 4.0
_AROUND: Final = 3.0
"""Added to it where there is no beat yet, or none any more: people may be talking."""
_AROUND_SEC: Final = 1.0
_SHARE: Final = (0.4, 0.5)
"""Shares of the strongest note in all that sounds: in company and alone."""
_REPEATED: Final = 0.3
_DRAWN: Final = 0.05
"""Seconds that an onset draws the beginning by, and the strengths (standard deviations) between which it grows."""
_STRONG: Final = (1.5, 4.0)
_SILENT: Final = -90.0  # dB
_BLOCK: Final = 4096


def transcribe(
    features: Features, lead: LineEvidence, beats: Floats, tick: Tick = lambda _: None
) -> list[NoteSpan]:
    """Return the melody's notes, in order and disjoint; `beats` may be none."""
    line = in_register(lead.pitch)
    found = follow(features, lead, line, beats, tick)
    following = [*(note.start for note in found[1:]), math.inf]
    ends = ending.ends(features.bands, line, found)
    return [
        replace(note, end=min(max(end, note.start + SHORTEST), limit))
        for note, end, limit in zip(found, ends, following, strict=False)
    ]


def follow(
    features: Features, lead: LineEvidence, line: F32, beats: Floats, tick: Tick = lambda _: None
) -> list[NoteSpan]:
    """Return the notes of `line`, the lead in its register; they end as the path does (see `ending`)."""
    count = len(line)
    if not count or features.level.max() < _SILENT:
        return []
    silence = _silence(line, _played(lead)) - _ALONE * _alone(features.notes, count)
    if len(beats):
        at = times(count)
        silence[(at < beats[0] - _AROUND_SEC) | (at > beats[-1] + _AROUND_SEC)] += _AROUND
    path = likeliest(line, silence, _CHANGES, tick)
    onset = onset_curve(features, slice(1, 3))
    spans: list[NoteSpan] = []
    for first, last, pitch in runs(path, LEAD.count):
        begins, end = lead.onset[:, pitch], 2 * last
        cuts = [2 * first, *(2 * first + k for k in _repeated(begins[2 * first : end]))]
        conf = float(np.exp(line[first:last, pitch]).mean())
        for a, b in pairwise([*cuts, end]):
            start = _drawn(beginning(begins, a, EARLIER if a == cuts[0] else REACH), onset)
            append(spans, NoteSpan(start, b / PITCH_FPS, LEAD.lowest + pitch, conf))
    return spans


def in_register(lead: F32) -> F32:
    """Return log-probabilities (F, count + 1) that know where the lead lies around each frame.

    Pitches where it is not heard within some seconds are an accompaniment's more often. Whether anything leads stays
    as likely as it was.
    """
    count = len(lead)
    if not count:
        return lead
    sums = np.add.reduceat(np.exp(lead[:, : LEAD.count]), np.arange(0, count, _COARSE), axis=0)
    around = gaussian_filter1d(sums, _REGISTER_SEC * FPS / _COARSE, axis=0, truncate=3)
    around /= around.sum(axis=1, keepdims=True) + np.float32(_COARSE * 1e-3)
    around = np.log(gaussian_filter1d(around, _REGISTER_WIDTH, axis=1) + np.float32(_REGISTER_FLOOR))
    moved = lead.copy()
    for at in range(0, count, _BLOCK):  # a multiple of _COARSE; for the sake of memory
        pitch = moved[at : at + _BLOCK, : LEAD.count]
        together = pitch[:, :1] - log_softmax(pitch)[:, :1]
        pitch += np.repeat(around[at // _COARSE : (at + _BLOCK) // _COARSE], _COARSE, axis=0)[: len(pitch)]
        pitch[:] = log_softmax(pitch) + together
    return moved


def _played(lead: LineEvidence) -> float:
    """Return 0-1: whether the song's lead is an instrument rather than a voice."""
    leading = lead.pitch[:, : LEAD.count].max(axis=1) > lead.pitch[:, LEAD.count]
    if not leading.any():
        return 0.0
    sung, played = _VOICES
    voice = float((1 / (1 + np.exp(-lead.voice[leading]))).mean())
    return float(np.clip((voice - sung) / (played - sung), 0, 1))


def _between(values: tuple[float, float], share: float) -> float:
    return values[0] + share * (values[1] - values[0])


def _silence(lead: F32, played: float) -> F32:
    """Return what is added to the evidence for silence, (F,), knowing the whole song.

    Where a song's lead is clear, what is faint is something else; where it never is, faint is all there is. And who
    pauses for a breath is more likely to go on than who has been silent for long.
    """
    none, best = lead[:, LEAD.count], lead[:, : LEAD.count].max(axis=1)
    leading = best > none
    song = _between(_SILENCE, played)
    if leading.any():
        clear = _CLEARER * (float(log_odds(np.quantile(best[leading], [0.75]))[0]) - _CLEAR)
        low, high = _LEADS
        some = float(np.clip((leading.mean() - low) / (high - low), 0, 1))
        song += float(np.clip(clear, -some * _MOST, played * _MOST))
    sings = np.clip(-log_odds(none), -_SURE_ODDS, _SURE_ODDS)
    around = gaussian_filter1d(sings, _PHRASE_SEC * FPS, mode="nearest") - sings.mean()
    silence: F32 = (song - _PHRASE * around).astype(np.float32)
    return silence


def _alone(notes: F16, count: int) -> F32:
    """Return 0-1 for each of `count` frames: whether nothing but one note sounds for some seconds.

    A line that is alone leads, however low it lies.
    """
    size = min(len(notes), 2 * count) // 2 * 2
    total, strongest = np.zeros(count, np.float32), np.zeros(count, np.float32)
    for at in range(0, size, 2 * _BLOCK):
        pairs = single(notes[at : min(size, at + 2 * _BLOCK)]).reshape(-1, 2, notes.shape[1]).mean(axis=1)
        place = slice(at // 2, at // 2 + len(pairs))
        total[place], strongest[place] = pairs.sum(axis=1), pairs.max(axis=1)
    width = round(_ALONE_SEC * FPS)
    share = uniform_filter1d(strongest, width) / (uniform_filter1d(total, width) + 1e-4)
    company, solitude = _SHARE
    alone: F32 = np.clip((share - company) / (solitude - company), 0, 1).astype(np.float32)
    return alone


def _repeated(begins: F32) -> list[int]:
    """Return the frames at which a held pitch is sung or struck again."""
    found = [0]
    for k in np.flatnonzero(begins > math.log(_REPEATED / (1 - _REPEATED))).tolist():
        apart = k - found[-1] >= CLOSEST + (len(found) == 1)
        if apart and k < len(begins) - 2 and begins[k] >= begins[k - 1 : k + 2].max():
            found.append(k)
    return found[1:]


def _drawn(time: float, onset: Floats) -> float:
    """Return the time of a strong onset near `time`, or `time`."""
    reach = 2 * _DRAWN * ONSET_FPS
    first = max(0, int(time * ONSET_FPS - reach))
    near = onset[first : int(time * ONSET_FPS + reach) + 1]
    weak, strong = _STRONG
    pull = np.clip((near - weak) / (strong - weak), 0, 1)
    if not pull.any():
        return max(0.0, time)
    at = (first + np.arange(len(near))) / ONSET_FPS
    return float(at[(pull - 0.5 * ((at - time) / _DRAWN) ** 2).argmax()])
