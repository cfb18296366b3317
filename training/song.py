"""A song as symbols: positions in beats, so that tempo, feel and sound can be chosen afterwards."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from training import harmony


@dataclass(frozen=True, slots=True)
class Note:
    """A note from `start` to `end` in beats; MIDI pitch and velocity."""

    start: float
    end: float
    pitch: int
    velocity: int


@dataclass(frozen=True, slots=True)
class Span:
    """A labelled stretch, in beats: a chord (Harte), a section, or a key such as `Eb minor`."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True)
class Meter:
    """Beats in a bar and into how many parts a beat falls: (4, 2) is 4/4, (2, 3) is 6/8, (4, 3) is 12/8."""

    beats: int
    division: int = 2


@dataclass(frozen=True, slots=True)
class Song:
    """What is known of a song before it sounds.

    Attributes
    ----------
    name : unique; everything made of one song stays on one side of the train / held-out split
    pool : pop909, billboard, composed or scores
    length : beats; bar lines are the multiples of `meter.beats`
    bpm : beats per minute of the original
    chords, sections, keys : without gaps where they are known
    parts : melody, bridge, piano (POP909), melody (composed), or those of the score
    pace : stretches in another tempo, their labels are its ratio to `bpm`; of those that overlap both count
    """

    name: str
    pool: str
    meter: Meter
    length: float
    bpm: float
    chords: list[Span]
    sections: list[Span]
    keys: list[Span]
    parts: dict[str, list[Note]] = field(default_factory=dict)
    pace: list[Span] = field(default_factory=list)

    def window(self, first_bar: int, bars: int) -> Song:
        """Cut `bars` bars out; positions count from there. Notes that began before are left out."""
        begin = first_bar * self.meter.beats
        end = min(self.length, begin + bars * self.meter.beats)

        def spans(items: list[Span]) -> list[Span]:
            return [
                Span(max(s.start, begin) - begin, min(s.end, end) - begin, s.label)
                for s in items
                if s.start < end - 1e-6 and s.end > begin + 1e-6
            ]

        def notes(items: list[Note]) -> list[Note]:
            return [
                Note(max(0.0, n.start - begin), min(n.end, end) - begin, n.pitch, n.velocity)
                for n in items
                if begin - 0.02 <= n.start < end - 1e-6
            ]

        return replace(
            self,
            length=end - begin,
            chords=spans(self.chords),
            sections=spans(self.sections),
            keys=spans(self.keys),
            parts={k: notes(v) for k, v in self.parts.items()},
            pace=spans(self.pace),
        )

    def transposed(self, semitones: int) -> Song:
        def chord(span: Span) -> Span:
            parsed = harmony.parse(span.label)
            return replace(span, label=parsed.transposed(semitones).label) if parsed else span

        def key(span: Span) -> Span:
            tonic, mode = span.label.split()
            return replace(span, label=f"{harmony.NAMES[(harmony.pitch_class(tonic) + semitones) % 12]} {mode}")

        return replace(
            self,
            chords=[chord(s) for s in self.chords],
            keys=[key(s) for s in self.keys],
            parts={
                k: [replace(n, pitch=min(120, max(12, n.pitch + semitones))) for n in v]
                for k, v in self.parts.items()
            },
        )


def merged(spans: list[Span]) -> list[Span]:
    """Join neighbours that carry the same label."""
    out: list[Span] = []
    for span in spans:
        if out and out[-1].label == span.label and abs(out[-1].end - span.start) < 1e-6:
            out[-1] = replace(out[-1], end=span.end)
        else:
            out.append(span)
    return out
