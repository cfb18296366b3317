"""The Song Map: where the beats, bars, key, chords, sections, words and notes of a recording are.

Times are seconds from the start of the decoded audio, rounded to 3 decimals; pitches are MIDI numbers; `conf` is
0-1 and means a probability: of the things marked 0.8, about 80 % are right.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Final, Protocol, TypeVar

SCHEMA_VERSION: Final = 1

SECTION_LABELS: Final = (
    "intro",
    "verse",
    "pre-chorus",
    "chorus",
    "bridge",
    "solo",
    "interlude",
    "outro",
)


@dataclass(frozen=True, slots=True)
class Meter:
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True)
class Tempo:
    """`bpm_global` is None, and `curve` empty, where there is no beat; `curve` holds (time, bpm)."""

    bpm_global: float | None
    curve: tuple[tuple[float, float], ...]
    confidence: float


@dataclass(frozen=True, slots=True)
class Key:
    start: float
    end: float
    tonic: str
    mode: str
    conf: float


@dataclass(frozen=True, slots=True)
class Chord:
    """`label` is Harte syntax, spelled for the key: ``A:min7``, ``G:maj/3``, ``N``."""

    start: float
    end: float
    label: str
    conf: float


@dataclass(frozen=True, slots=True)
class Section:
    """`label` is one of SECTION_LABELS; sections that repeat share it."""

    start: float
    end: float
    label: str
    conf: float


@dataclass(frozen=True, slots=True)
class Lyric:
    start: float
    end: float
    text: str
    conf: float


@dataclass(frozen=True, slots=True)
class Note:
    start: float
    end: float
    midi: int
    conf: float


@dataclass(frozen=True, slots=True)
class SongMap:
    """One song, all fields always present; empty tuples where nothing was found."""

    id: str
    duration_sec: float
    title: str
    artist: str
    meter: Meter
    tempo: Tempo
    beats: tuple[float, ...] = ()
    downbeats: tuple[float, ...] = ()
    key: tuple[Key, ...] = ()
    chords: tuple[Chord, ...] = ()
    sections: tuple[Section, ...] = ()
    lyrics: tuple[Lyric, ...] = ()
    melody: tuple[Note, ...] = ()
    bass: tuple[Note, ...] = ()
    provenance: Mapping[str, Any] = field(default_factory=dict)

    @property
    def main_key(self) -> str | None:
        """The key that sounds longest, as ``"Eb major"``; None where there is none."""
        total: dict[str, float] = {}
        for span in self.key:
            name = f"{span.tonic} {span.mode}"
            total[name] = total.get(name, 0.0) + span.end - span.start
        return max(total, key=lambda name: total[name]) if total else None

    def to_json(self) -> dict[str, Any]:
        """Return the map as JSON data, in the schema's field order."""
        data = asdict(self)
        performance = {"melody": data.pop("melody"), "bass": data.pop("bass")}
        provenance = data.pop("provenance")
        return {
            "schema_version": SCHEMA_VERSION,
            **data,
            "performance": performance,
            "provenance": dict(provenance),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> SongMap:
        """Build a map from JSON data that `validate` has accepted."""
        return cls(
            id=data["id"],
            duration_sec=data["duration_sec"],
            title=data.get("title") or "",
            artist=data.get("artist") or "",
            meter=Meter(data["meter"]["numerator"], data["meter"]["denominator"]),
            tempo=Tempo(
                data["tempo"]["bpm_global"],
                tuple((t, bpm) for t, bpm in data["tempo"]["curve"]),
                data["tempo"]["confidence"],
            ),
            beats=tuple(data["beats"]),
            downbeats=tuple(data["downbeats"]),
            key=_items(Key, data["key"]),
            chords=_items(Chord, data["chords"]),
            sections=_items(Section, data["sections"]),
            lyrics=_items(Lyric, data["lyrics"]),
            melody=_items(Note, data["performance"]["melody"]),
            bass=_items(Note, data["performance"]["bass"]),
            provenance=data["provenance"],
        )


class _Span(Protocol):
    @property
    def start(self) -> float: ...
    @property
    def end(self) -> float: ...


_T = TypeVar("_T")


def _items(cls: type[_T], rows: Sequence[Mapping[str, Any]]) -> tuple[_T, ...]:
    names = cls.__slots__  # type: ignore[attr-defined]
    return tuple(cls(**{name: row[name] for name in names}) for row in rows)


def active(spans: Sequence[_Span], time: float) -> int | None:
    """Return the index of the span that holds `time`, None where none does; spans are ordered and disjoint."""
    low, high = 0, len(spans)
    while low < high:
        middle = (low + high) // 2
        if spans[middle].start <= time:
            low = middle + 1
        else:
            high = middle
    return low - 1 if low and time < spans[low - 1].end else None
