"""Puts the findings of all stages together to a Song Map: rounds, tiles, spells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

import numpy as np

from performia_desktop.analysis.audio import Source
from performia_desktop.analysis.chord import ChordSpan
from performia_desktop.analysis.confidence import calibrated
from performia_desktop.analysis.key import KeySpan
from performia_desktop.analysis.lrc import LyricSpan
from performia_desktop.analysis.meter import Bars
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.analysis.onset import Floats
from performia_desktop.analysis.segment import SectionSpan
from performia_desktop.songmap import chord as names
from performia_desktop.songmap.model import Chord, Key, Lyric, Meter, Note, Section, SongMap, Tempo
from performia_desktop.songmap.pulse import Pulse


@dataclass(frozen=True, slots=True)
class Findings:
    """What the stages found, in their own terms."""

    duration_sec: float
    bars: Bars
    chords: Sequence[ChordSpan]
    keys: Sequence[KeySpan]
    sections: Sequence[SectionSpan]
    melody: Sequence[NoteSpan]
    bass: Sequence[NoteSpan]
    lyrics: Sequence[LyricSpan]
    pulse: Pulse


class _Span(Protocol):
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


_S = TypeVar("_S", bound=_Span)


def assemble(song_id: str, source: Source, findings: Findings, provenance: Mapping[str, Any]) -> SongMap:
    """Return the map: times with 3 decimals inside the song, spans that tile it, chords spelled for the key."""
    duration = round(findings.duration_sec, 3)
    bars = findings.bars
    beats = times(bars.beats, duration)
    known = set(beats)
    downbeats = tuple(t for t in times(bars.downbeats, duration) if t in known)
    curve = tuple((min(duration, round(t, 3)), round(bpm, 2)) for t, bpm in bars.curve)
    tempo = Tempo(None if bars.bpm is None else round(bars.bpm, 2), curve, calibrated("tempo", bars.confidence))
    keys = tuple(
        Key(start, end, names.tonic_name(span.tonic, span.mode), span.mode, calibrated("key", span.conf))
        for start, end, span in tiled(findings.keys, duration)
    )
    chords = tuple(
        Chord(start, end, _label(span, keys), calibrated("chords", span.conf))
        for start, end, span in tiled(findings.chords, duration)
    )
    sections = tuple(
        Section(start, end, span.label, calibrated("sections", span.conf))
        for start, end, span in tiled(findings.sections, duration)
    )
    lyrics = tuple(
        Lyric(start, end, span.text, calibrated("lyrics", span.conf))
        for start, end, span in disjoint(findings.lyrics, duration)
    )
    melody, bass = (
        tuple(
            Note(start, end, span.midi, calibrated(part, span.conf))
            for start, end, span in disjoint(line, duration)
        )
        for part, line in (("melody", findings.melody), ("bass", findings.bass))
    )
    return SongMap(
        id=song_id,
        duration_sec=duration,
        title=source.title,
        artist=source.artist,
        meter=Meter(bars.numerator, bars.denominator),
        tempo=tempo,
        beats=beats,
        downbeats=downbeats,
        key=keys,
        chords=chords,
        sections=sections,
        lyrics=lyrics,
        melody=melody,
        bass=bass,
        provenance={**provenance, **findings.pulse.to_provenance()},
    )


def times(values: Floats, duration: float) -> tuple[float, ...]:
    """Return times with 3 decimals, ascending, inside [0, duration]."""
    rounded = np.unique(np.round(np.asarray(values, np.float64), 3))
    return tuple(float(t) for t in rounded[(rounded >= 0) & (rounded <= duration)])


def tiled(spans: Sequence[_S], duration: float) -> list[tuple[float, float, _S]]:
    """Return (start, end, span) that cover [0, duration] without gap; a span that rounds to nothing is dropped."""
    kept: list[tuple[float, _S]] = []
    for span in spans:
        start = round(span.start, 3) if kept else 0.0
        if kept and start <= kept[-1][0]:
            kept.pop()
            start = kept[-1][0] if kept and start <= kept[-1][0] else start
            if not kept:
                start = 0.0
        if start < duration:
            kept.append((start, span))
    ends = [*(start for start, _ in kept[1:]), duration] if kept else []
    return [(start, end, span) for (start, span), end in zip(kept, ends, strict=True)]


def disjoint(spans: Sequence[_S], duration: float) -> list[tuple[float, float, _S]]:
    """Return (start, end, span) in order and inside the song; an overlap is cut from the earlier span."""
    kept: list[tuple[float, float, _S]] = []
    for span in sorted(spans, key=lambda s: (s.start, s.end)):
        start, end = max(0.0, round(span.start, 3)), min(duration, round(span.end, 3))
        if kept and start < kept[-1][1]:
            before = kept.pop()
            if before[0] < start:
                kept.append((before[0], start, before[2]))
        if end > start:
            kept.append((start, end, span))
    return kept


def _label(span: ChordSpan, keys: Sequence[Key]) -> str:
    if span.root is None:
        return "N"
    middle = (span.start + span.end) / 2
    key = next((k for k in keys if k.start <= middle < k.end), keys[-1] if keys else None)
    spelling = names.spelling(key.tonic, key.mode) if key else names.spelling("C", "major")
    return names.label(span.root, span.quality, spelling, span.bass)
