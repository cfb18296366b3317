"""What is played in the demo song: sections, chords, and what each instrument plays, in beats from 0."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from performia_desktop.songmap import chord as chords

BPM: Final = 112.0
LEAD_IN: Final = 0.25  # seconds of silence before the first bar
RING_OUT: Final = 2.5  # seconds after the last bar

Line = tuple[tuple[float, float, int], ...]  # (beat, length in beats, MIDI number) from the section's start

BEAT = 60.0 / BPM
BAR = 4

# Chords of a section, a bar each; a bar in two halves is "X Y".
_INTRO = ("Eb:maj", "C:min7", "Ab:maj", "Bb:7")
_VERSE_A = ("Eb:maj", "G:min", "Ab:maj", "Bb:7")
_VERSE_B = ("Eb:maj", "C:min7", "Ab:maj F:min7", "Bb:7")
_CHORUS_A = ("Ab:maj", "Bb:maj", "G:min", "C:min")
_CHORUS_B = ("Ab:maj", "Bb:7", "Eb:maj", "Eb:maj")
_OUTRO = ("C:min7", "Ab:maj", "Bb:7", "Eb:maj")

# fmt: off
_VERSE_A_LINE: Line = (
    (0.5, .5, 67), (1, .5, 70), (1.5, 1, 70), (2.5, .5, 68), (3, 1, 67),
    (4, 1.5, 67), (6, .5, 65), (6.5, .5, 67), (7, 1, 70),
    (8.5, .5, 72), (9, .5, 72), (9.5, 1, 70), (10.5, .5, 68), (11, 1, 67),
    (12, 2, 65), (15, .5, 62), (15.5, .5, 63),
)
_VERSE_B_LINE: Line = (
    (0.5, .5, 67), (1, .5, 70), (1.5, 1, 70), (2.5, .5, 72), (3, 1, 70),
    (4, 1.5, 67), (6, .5, 67), (6.5, .5, 70), (7, 1, 72),
    (8, 1, 72), (9, 1, 70), (10, 1, 68), (11, 1, 65),
    (12, 2.5, 62), (15, .5, 70), (15.5, .5, 72),
)
_CHORUS_A_LINE: Line = (
    (0, 1.5, 75), (1.5, .5, 72), (2, 1, 75), (3, 1, 77),
    (4, 1.5, 74), (5.5, .5, 70), (6, 2, 74),
    (8, 1.5, 74), (9.5, .5, 70), (10, 1, 74), (11, 1, 75),
    (12, 2.5, 72), (15, .5, 70), (15.5, .5, 72),
)
_CHORUS_B_LINE: Line = (
    (0, 1.5, 75), (1.5, .5, 72), (2, 1, 75), (3, 1, 77),
    (4, 1, 77), (5, 1, 74), (6, 1, 77), (7, 1, 74),
    (8, 3, 75),
    (12.5, .5, 70), (13, .5, 72), (13.5, 1.5, 70),
)
_OUTRO_LINE: Line = (
    (0, 1.5, 67), (1.5, .5, 70), (2, 2, 72),
    (4, 1.5, 72), (5.5, .5, 70), (6, 2, 68),
    (8, 2, 65), (10, 1, 62), (11, 1, 65),
    (12, 3.5, 63),
)
# fmt: on


def _after(line: Line, beats: float) -> Line:
    return tuple((beat + beats, length, midi) for beat, length, midi in line)


@dataclass(frozen=True, slots=True)
class Part:
    """A section as it is written: its label, its chords bar by bar, its melody."""

    label: str
    bars: tuple[str, ...]
    line: Line = ()


_PARTS: Final = (
    Part("intro", _INTRO),
    Part("verse", _VERSE_A + _VERSE_B, _VERSE_A_LINE + _after(_VERSE_B_LINE, 16)),
    Part("chorus", _CHORUS_A, _CHORUS_A_LINE),
    Part("verse", _VERSE_B, _VERSE_B_LINE),
    Part("chorus", _CHORUS_A + _CHORUS_B, _CHORUS_A_LINE + _after(_CHORUS_B_LINE, 16)),
    Part("outro", _OUTRO, _OUTRO_LINE),
)
BARS: Final = sum(len(part.bars) for part in _PARTS)
DURATION: Final = round(LEAD_IN + BARS * BAR * BEAT + RING_OUT, 3)


def seconds_at(beat: float) -> float:
    return LEAD_IN + beat * BEAT


def laid_out() -> Iterator[tuple[Part, int]]:
    """Yield each section with the beat on which it starts."""
    beat = 0
    for part in _PARTS:
        yield part, beat
        beat += len(part.bars) * BAR


def harmony() -> Iterator[tuple[str, float, float, str]]:
    """Yield (section label, start beat, length in beats, chord label)."""
    for part, start in laid_out():
        for number, bar in enumerate(part.bars):
            labels = bar.split()
            length = BAR / len(labels)
            for index, label in enumerate(labels):
                yield part.label, start + number * BAR + index * length, length, label


# What each instrument plays: (beat, length in beats, MIDI number, loudness)

Event = tuple[float, float, int, float]


def melody() -> list[Event]:
    return [
        (start + beat, length * 0.94, midi, 1.0 if part.label == "chorus" else 0.85)
        for part, start in laid_out()
        for beat, length, midi in part.line
    ]


def bass() -> list[Event]:
    events: list[Event] = []
    for section, start, length, label in harmony():
        name = chords.parse(label)
        assert name is not None
        root = 34 + (name.root_pitch_class - 10) % 12  # from the low B flat up
        fifth = root + 7 if root < 40 else root - 5
        pattern: tuple[tuple[float, float, int], ...]
        if section == "intro":
            pattern = ((0, length, root),)
        elif section == "outro":
            pattern = ((0, min(length, 3.5), root),)
        elif section == "chorus":
            pattern = tuple((step / 2, 0.5, fifth if step == 7 else root) for step in range(int(length * 2)))
        elif length < BAR:
            pattern = ((0, 1.5, root), (1.5, 0.5, root))
        else:
            pattern = ((0, 1.5, root), (1.5, 0.5, root), (2, 1, fifth), (3, 1, root))
        events += [(start + beat, long * 0.9, midi, 1.0 if beat == 0 else 0.8) for beat, long, midi in pattern]
    return events


def voicing(label: str) -> list[int]:
    """Return the chord's notes between B flat 3 and A 4, close together."""
    name = chords.parse(label)
    assert name is not None
    return sorted(58 + (name.root_pitch_class + step - 10) % 12 for step in chords.QUALITIES[name.quality])


def keys() -> list[Event]:
    events: list[Event] = []
    for section, start, length, label in harmony():
        notes = voicing(label)
        if section == "intro":
            order = [*notes, *notes[-2:0:-1]]
            events += [
                (start + step / 2, 0.9, order[step % len(order)], 0.9 if step % 2 == 0 else 0.65)
                for step in range(int(length * 2))
            ]
            events += [(start, length, midi, 0.35) for midi in notes]
            continue
        rhythm: tuple[tuple[float, float, float], ...] = ((0, 1.3, 1.0), (1.5, 0.6, 0.7), (2.5, 1.3, 0.85))
        if section == "chorus":
            rhythm = ((0, 1.4, 1.0), (1, 0.4, 0.55), (1.5, 1.4, 0.8), (3, 0.9, 0.75))
        elif section == "outro":
            rhythm = ((0, length, 1.0),)
        events += [
            (start + beat, min(long, length - beat), midi, loud * 0.8)
            for beat, long, loud in rhythm
            if beat < length
            for midi in notes
        ]
    return events


def drums() -> list[tuple[float, str, float]]:
    """Return (beat, drum, loudness)."""
    hits: list[tuple[float, str, float]] = []
    for part, start in laid_out():
        last = start + (len(part.bars) - 1) * BAR
        if part.label in {"chorus", "outro"} or start == BAR * 4:
            hits.append((start, "crash", 0.8))
        for bar in range(start, last + 1, BAR):
            fill = bar == last and part.label in {"verse", "chorus"}
            if part.label == "outro" and bar == last:
                hits += [(bar, "kick", 1.0), (bar, "crash", 0.6)]
                continue
            if part.label == "intro":
                hits += [(bar + step / 2, "hat", 0.6 if step % 2 == 0 else 0.35) for step in range(8)]
                hits += [(bar, "kick", 0.8), (bar + 3, "snare", 0.25)]
                continue
            kicks = (0, 1.5, 2, 3.5) if part.label == "chorus" else (0, 2.5)
            hits += [(bar + beat, "kick", 1.0) for beat in kicks]
            hits += [(bar + beat, "snare", 0.95) for beat in ((1,) if fill else (1, 3))]
            hits += [(bar + step / 2, "hat", 0.7 if step % 2 == 0 else 0.42) for step in range(6 if fill else 8)]
            if fill:
                hits += [(bar + 3 + step / 4, "snare", 0.55 + 0.12 * step) for step in range(4)]
    return hits
