"""Songs of the public pools, read from plain clones of their repositories.

- POP909 (music-x-lab/POP909-Dataset, MIT): the melody, bridge and piano tracks;
- POP909-CL (AndyWeasley2004/POP909-CL-Dataset, MIT): the same on a corrected grid, with meter, keys and chords;
- hierarchical-structure-analysis (Dsqvival, MIT): people's phrase labels for POP909;
- McGill Billboard (boomerr1/The-McGill-Billboard-Project, CC0): chords and form of 890 pop singles, without notes.

Songs that are used to measure the program are never read: RESERVED songs do not come out of `load`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Final

import mido

from training import harmony
from training.song import Meter, Note, Song, Span, merged

_MEASURED: Final = """
    pop909 016 019 033 510 513 516 533 543 595 611 619 622 649 653 654 656 659 717 770 784 809 834 866 900 903
    pop909 582 584 683 691 695 711 723 733 817 826 854 856 891 901 902 909
    billboard 0039 0072 0403 0406 0480 0658 0699 0790 0834 0928
    billboard 0040 0092 0120 0133 0708 0785 0915 1018 1154 1169
"""
RESERVED: Final = frozenset(
    f"{line.split()[0]}-{number}" for line in _MEASURED.strip().splitlines() for number in line.split()[1:]
)
"""Songs that the program is measured with, and those that networks are compared on."""
_MISALIGNED: Final = frozenset({"518", "620"})  # says POP909-CL's own README
_GRID: Final = 24  # POP909-CL's steps per quarter


def load(folder: Path) -> list[Song]:
    """Return all usable, unreserved songs of the clones pop909, pop909-cl, structure and billboard in `folder`."""
    songs = [*_pop909(folder), *_billboard(folder)]
    for song in songs:
        assert song.name not in RESERVED, f"{song.name} is reserved for measuring"
    return songs


# ---------------------------------------------------------------- POP909


def _pop909(folder: Path) -> Iterator[Song]:
    for path in sorted((folder / "pop909-cl" / "POP909_processed").glob("*.mid")):
        number = path.stem.strip()
        if f"pop909-{number}" in RESERVED or number in _MISALIGNED:
            continue
        original = folder / "pop909" / "POP909" / number / f"{number}.mid"
        labels = folder / "structure" / "POP909" / number
        song = _pop909_song(number, mido.MidiFile(path), mido.MidiFile(original), labels)
        if song is not None:
            yield song


def _notes(track: mido.MidiTrack, ticks: int) -> list[Note]:
    """Return a track's notes with positions in quarters."""
    sounding: dict[int, tuple[int, int]] = {}
    notes: list[Note] = []
    now = 0
    for message in track:
        now += message.time
        if message.type not in {"note_on", "note_off"}:
            continue
        if message.note in sounding:
            start, velocity = sounding.pop(message.note)
            if now > start:
                notes.append(Note(start / ticks, now / ticks, message.note, velocity))
        if message.type == "note_on" and message.velocity:
            sounding[message.note] = (now, message.velocity)
    return sorted(notes, key=lambda n: (n.start, n.pitch))


def _offset(these: list[Note], others: list[Note]) -> float | None:
    """Return how much later `others` lie than `these`, in quarters, by vote of notes of equal pitch."""
    starts: dict[int, list[float]] = {}
    for note in others:
        starts.setdefault(note.pitch, []).append(note.start)
    votes = Counter(
        round((start - note.start) * 12)
        for note in these[:200]
        for start in starts.get(note.pitch, ())
        if start < 400
    )
    if not votes:
        return None
    best, count = votes.most_common(1)[0]
    near = count + votes[best - 1] + votes[best + 1]
    return best / 12 if near > 0.5 * len(these[:200]) else None


def _pop909_song(number: str, grid: mido.MidiFile, original: mido.MidiFile, labels: Path) -> Song | None:
    if len(grid.tracks) < 3:
        return None
    meta, score, chord_track = grid.tracks[:3]
    meters = [(m.numerator, m.denominator) for m in meta if m.type == "time_signature"]
    # POP909-CL writes the same tempo into every song; the original has the real one, on the same quarters
    tempos = [m.tempo for m in original.tracks[0] if m.type == "set_tempo"]
    if len(meters) != 1 or not tempos:
        return None
    numerator, denominator = meters[0]
    compound = denominator == 8 and numerator in {6, 12}
    quarters = 1.5 if compound else 4 / denominator  # of a beat
    meter = Meter(numerator // 3, 3) if compound else Meter(numerator)
    bpm = mido.tempo2bpm(tempos[0]) / quarters
    if meter.beats not in {2, 3, 4} or not 50 <= bpm <= 210:
        return None
    tracks = {t.name: _notes(t, original.ticks_per_beat) for t in original.tracks}
    notes = _notes(score, grid.ticks_per_beat)
    parts = _split(notes, tracks)
    if parts is None:
        return None
    if not _on_grid([n.start / quarters for n in [*parts["piano"], *parts["bridge"]]]):
        return None
    length = max(n.end for n in notes)
    bars = int(length / (meter.beats * quarters))
    in_beats = {
        k: [Note(n.start / quarters, n.end / quarters, n.pitch, n.velocity) for n in v] for k, v in parts.items()
    }
    end = float(bars * meter.beats)
    return Song(
        f"pop909-{number}",
        "pop909",
        meter,
        end,
        bpm,
        _chord_spans(_notes(chord_track, grid.ticks_per_beat), quarters, end),
        _phrases(labels, parts["melody"], meter, quarters, end),
        _key_spans(meta, grid.ticks_per_beat * quarters, end),
        in_beats,
    )


def _on_grid(starts: list[float]) -> bool:
    """Tell whether notes begin on the beats; in some songs the whole grid is a fraction of a beat off."""
    votes = Counter(round(start % 1 * 12) % 12 for start in starts)
    return bool(votes) and votes[0] >= (0.6 if votes.most_common(1)[0][0] == 6 else 1.0) * max(votes.values())


def _split(notes: list[Note], tracks: dict[str, list[Note]]) -> dict[str, list[Note]] | None:
    """Tell melody and bridge from piano by the original's tracks; None if they cannot be matched."""
    melody = tracks.get("MELODY") or []
    offset = _offset(melody, notes) if melody else None
    if offset is None:
        return None
    free: dict[int, list[int]] = {}
    for k, note in enumerate(notes):
        free.setdefault(note.pitch, []).append(k)
    parts: dict[str, list[Note]] = {}
    used: set[int] = set()
    for part, track in (("melody", melody), ("bridge", tracks.get("BRIDGE") or [])):
        mine = []
        for note in track:
            near = [k for k in free.get(note.pitch, ()) if abs(notes[k].start - note.start - offset) < 0.15]
            near = [k for k in near if k not in used]
            if near:
                k = min(near, key=lambda k: abs(notes[k].start - note.start - offset))
                used.add(k)
                mine.append(notes[k])
        parts[part] = mine
    parts["piano"] = [n for k, n in enumerate(notes) if k not in used]
    return parts if len(parts["melody"]) > 0.8 * len(melody) else None


def _chord_spans(notes: list[Note], quarters: float, end: float) -> list[Span]:
    starts: dict[float, list[Note]] = {}
    for note in notes:
        starts.setdefault(round(note.start * _GRID) / _GRID / quarters, []).append(note)
    times = sorted(starts)
    spans: list[Span] = []
    at = 0.0
    for start, following in zip(times, [*times[1:], end], strict=True):
        stop = min(end, following, max(n.end for n in starts[start]) / quarters)
        if stop <= start:
            continue
        if start > at + 1e-6:
            spans.append(Span(at, start, "N"))
        chord = harmony.name([n.pitch for n in starts[start]])
        spans.append(Span(start, stop, chord.label if chord else "X"))
        at = stop
    if at < end - 1e-6:
        spans.append(Span(at, end, "N"))
    return merged(spans)


def _key_spans(meta: mido.MidiTrack, ticks: float, end: float) -> list[Span]:
    changes: list[tuple[float, str]] = []
    now = 0
    for message in meta:
        now += message.time
        if message.type == "key_signature":
            minor = message.key.endswith("m")
            tonic = harmony.NAMES[harmony.pitch_class(message.key.rstrip("m"))]
            changes.append((now / ticks, f"{tonic} {'minor' if minor else 'major'}"))
    stops = [*(start for start, _ in changes[1:]), end]
    return [Span(a, min(b, end), label) for (a, label), b in zip(changes, stops, strict=False) if a < min(b, end)]


def _phrases(labels: Path, melody: list[Note], meter: Meter, quarters: float, end: float) -> list[Span]:
    """Return people's phrases, placed by matching the melody that comes with them."""
    text = labels / "human_label1.txt"
    tune = labels / "melody.txt"
    if not text.exists() or not tune.exists():
        return []
    theirs: list[Note] = []
    at = 0.0
    for line in tune.read_text("utf-8").splitlines():
        pitch, sixteenths = map(int, line.split()[:2])
        if pitch:
            theirs.append(Note(at, at + sixteenths / 4, pitch, 80))
        at += sixteenths / 4
    offset = _offset(theirs, melody) if theirs else None
    if offset is None:
        return []
    bar = meter.beats * quarters
    start = round(offset / bar) * meter.beats
    spans = []
    for letter, bars in re.findall(r"([A-Za-z])(\d+)", text.read_text("utf-8")):
        stop = start + int(bars) * meter.beats
        if stop > 0 and start < end:
            spans.append(Span(float(max(0, start)), float(min(end, stop)), letter))
        start = stop
    return spans


# ---------------------------------------------------------------- Billboard


def _billboard(folder: Path) -> Iterator[Song]:
    for path in sorted((folder / "billboard" / "billboard-2.0-salami_chords").glob("*/salami_chords.txt")):
        number = path.parent.name
        if f"billboard-{number}" in RESERVED:
            continue
        song = _billboard_song(number, path.read_text("utf-8"))
        if song is not None:
            yield song


_METERS: Final = {"4/4": Meter(4), "3/4": Meter(3), "2/4": Meter(2), "6/8": Meter(2, 3), "12/8": Meter(4, 3)}


def _billboard_song(number: str, text: str) -> Song | None:
    """Return the chords and form; None where the meter changes or a bar cannot be read."""
    head = re.findall(r"^# (metre|tonic): (\S+)", text, re.M)
    meters = [v for k, v in head if k == "metre"]
    if len(meters) != 1 or meters[0] not in _METERS:
        return None
    meter = _METERS[meters[0]]
    chords: list[Span] = []
    sections: list[Span] = []
    lines = [line.split("\t", 1) for line in text.splitlines() if re.match(r"[\d.]+\t", line)]
    at = 0.0
    durations: list[float] = []
    for (time, line), (following, _) in pairwise(lines):
        body = re.search(r"\|(.*)\|", line)
        if body is None:
            continue
        bars = [b.split() for b in body[1].split("|")]
        repeats = re.search(r"x(\d+)", line[line.rindex("|") :])
        bars *= int(repeats[1]) if repeats else 1
        section = re.match(r"([A-Z]'*), ([a-z -]+),", line)
        if section:
            sections.append(Span(at, at, section[2].strip()))
        for bar in bars:
            filled: list[str] = []
            for token in bar:
                filled.append(filled[-1] if token == "." and filled else token)
            if not filled or any(not re.fullmatch(r"[A-GNX][^\s|*&]*", t) for t in filled):
                return None
            step = meter.beats / len(filled)
            chords += [
                Span(at + k * step, at + (k + 1) * step, t if t in {"N", "X"} or harmony.parse(t) else "X")
                for k, t in enumerate(filled)
            ]
            at += meter.beats
        durations.append((float(following) - float(time)) / len(bars))
    if at < 40 * meter.beats or not sections:
        return None
    stops = [s.start for s in sections[1:]] + [at]
    sections = [Span(s.start, stop, s.label) for s, stop in zip(sections, stops, strict=True)]
    bpm = 60 * meter.beats / sorted(durations)[len(durations) // 2]
    chords = merged(chords)
    key = _tonic_key([v for k, v in head if k == "tonic"], chords, at)
    return Song(f"billboard-{number}", "billboard", meter, at, min(210.0, max(50.0, bpm)), chords, sections, key)


def _tonic_key(tonics: list[str], chords: list[Span], end: float) -> list[Span]:
    """Return the annotated tonic with the mode that its own chord mostly has."""
    if len(tonics) != 1 or tonics[0] == "?":
        return []
    tonic = harmony.pitch_class(tonics[0])
    weight = Counter[str]()
    for span in chords:
        chord = harmony.parse(span.label)
        if chord and chord.root == tonic:
            weight["major" if 4 in chord.intervals else "minor" if 3 in chord.intervals else "?"] += (
                span.end - span.start
            )
    if not weight["major"] + weight["minor"]:
        return []
    mode = "major" if weight["major"] >= weight["minor"] else "minor"
    return [Span(0.0, end, f"{harmony.NAMES[tonic]} {mode}")]
