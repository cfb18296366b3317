"""The songs that recordings at hand lack, in a few symbols each: meters, feels, tempi, bands with players missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

Tempo = tuple[tuple[float, float], ...]
"""(bar, BPM) points between which the tempo goes in a straight line; two at the same bar are a jump."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some bars of a song: `chords` are one to a bar, ``A+B`` for two in one; `drums` names a pattern."""

    label: str
    chords: str
    drums: str
    sung: bool = True

    @property
    def bars(self) -> list[list[str]]:
        return [bar.split("+") for bar in self.chords.split()]


@dataclass(frozen=True, slots=True)
class Case:
    """A song to be played.

    Attributes
    ----------
    meter : numerator and denominator; a denominator of 8 has beats of three parts
    keys : (part's index, tonic, mode) from where it holds
    band : players among drums, bass, chords, voice
    swing : share of a beat after which the offbeat comes
    pickup : beats before the first bar line, sung alone
    """

    name: str
    meter: tuple[int, int]
    tempo: Tempo
    parts: tuple[Part, ...]
    keys: tuple[tuple[int, str, str], ...]
    band: tuple[str, ...] = ("drums", "bass", "chords", "voice")
    bass: str = "roots"
    comp: str = "struck"
    swing: float = 0.5
    pickup: int = 0
    lead_in: float = 0.4
    seed: int = field(default=1)


def _parts(drums: str, *rows: tuple[str, str]) -> tuple[Part, ...]:
    return tuple(Part(label, chords, drums, label not in {"intro", "outro"}) for label, chords in rows)


_WALTZ: Final = _parts(
    "waltz",
    ("intro", "D:maj B:min E:min A:7"),
    ("verse", "D:maj F#:min G:maj D:maj E:min A:7 D:maj A:7"),
    ("chorus", "G:maj A:7 F#:min B:min G:maj A:7 D:maj D:maj"),
    ("verse", "D:maj F#:min G:maj D:maj E:min A:7 D:maj A:7"),
)
_SIX: Final = _parts(
    "six",
    ("verse", "A:min G:maj F:maj E:min A:min G:maj F:maj G:maj"),
    ("chorus", "C:maj G:maj A:min F:maj C:maj G:maj F:maj E:7"),
    ("verse", "A:min G:maj F:maj E:min A:min G:maj A:min A:min"),
)
_BLUES: Final = "E:7 A:7 E:7 E:7 A:7 A:7 E:7 E:7 B:7 A:7 E:7 B:7"
_POP_VERSE: Final = "G:maj E:min C:maj D:maj G:maj E:min A:min+C:maj D:maj"
_POP_CHORUS: Final = "C:maj D:maj B:min E:min C:maj D:maj G:maj G:maj"

CASES: Final[tuple[Case, ...]] = (
    Case("waltz", (3, 4), ((0, 152),), _WALTZ, ((0, "D", "major"),), bass="one", comp="waltz"),
    Case("six-eight", (6, 8), ((0, 58),), _SIX, ((0, "A", "minor"),), bass="beats", comp="arpeggio"),
    Case(
        "twelve-eight",
        (12, 8),
        ((0, 68),),
        _parts("twelve", ("verse", _BLUES)),
        ((0, "E", "major"),),
        bass="beats",
        comp="thirds",
    ),
    Case(
        "swing",
        (4, 4),
        ((0, 152),),
        _parts(
            "swing",
            ("intro", "D:min7 G:7 C:maj7 A:7"),
            ("verse", "D:min7 G:7 C:maj7 A:min7 D:min7 G:7 C:maj7 C:maj7"),
            ("chorus", "F:maj7 F:min6 C:maj7 A:7 D:min7 G:7 C:maj7 A:7"),
        ),
        ((0, "C", "major"),),
        bass="walk",
        comp="charleston",
        swing=0.66,
    ),
    Case(
        "ballad-70",
        (4, 4),
        ((0, 70),),
        _parts(
            "ballad", ("verse", "F:maj D:min Bb:maj C:maj F:maj D:min"), ("chorus", "Bb:maj C:maj A:min D:min")
        ),
        ((0, "F", "major"),),
        comp="eighths",
    ),
    Case(
        "punk-180",
        (4, 4),
        ((0, 180),),
        _parts(
            "punk",
            ("intro", "A:maj A:maj D:maj E:maj"),
            ("verse", "A:maj A:maj D:maj E:maj A:maj A:maj D:maj E:maj"),
            ("chorus", "F#:min D:maj A:maj E:maj F#:min D:maj E:maj E:maj"),
            ("verse", "A:maj A:maj D:maj E:maj A:maj A:maj D:maj E:maj"),
        ),
        ((0, "A", "major"),),
        bass="eighths",
        comp="eighths",
    ),
    Case(
        "half-time",
        (4, 4),
        ((0, 138),),
        (
            Part("verse", _POP_VERSE, "rock"),
            Part("bridge", "E:min C:maj E:min C:maj E:min C:maj A:min D:maj", "half"),
            Part("chorus", _POP_CHORUS, "rock"),
        ),
        ((0, "G", "major"),),
    ),
    Case(
        "tempo-change",
        (4, 4),
        ((0, 96), (10, 96), (10, 124)),
        _parts("rock", ("verse", f"{_POP_VERSE} C:maj D:maj"), ("chorus", _POP_CHORUS)),
        ((0, "G", "major"),),
    ),
    Case(
        "ritardando",
        (4, 4),
        ((0, 112), (12, 112), (18, 66)),
        _parts("rock", ("verse", _POP_VERSE), ("chorus", _POP_CHORUS), ("outro", "C:maj G:maj")),
        ((0, "G", "major"),),
    ),
    Case(
        "pickup",
        (4, 4),
        ((0, 118),),
        _parts("rock", ("verse", _POP_VERSE), ("chorus", _POP_CHORUS)),
        ((0, "G", "major"),),
        pickup=2,
        lead_in=0.15,
    ),
    Case(
        "a-cappella",
        (4, 4),
        ((0, 92),),
        _parts(
            "none", ("verse", "C:maj F:maj G:maj C:maj A:min F:maj"), ("verse", "D:min G:maj C:maj F:maj C:maj")
        ),
        ((0, "C", "major"),),
        band=("voice",),
    ),
    Case(
        "solo-bass",
        (4, 4),
        ((0, 104),),
        _parts(
            "none", ("verse", "E:min E:min A:min B:min E:min G:maj A:min B:min"), ("verse", "E:min C:maj A:min")
        ),
        ((0, "E", "minor"),),
        band=("bass",),
        bass="groove",
    ),
    Case(
        "drums-only",
        (4, 4),
        ((0, 122),),
        _parts("rock", ("verse", "N N N N N N N N"), ("chorus", "N N N N N N N N")),
        (),
        band=("drums",),
    ),
    Case(
        "modulation",
        (4, 4),
        ((0, 126),),
        _parts(
            "rock",
            ("verse", "D:maj B:min G:maj A:maj D:maj B:min G:maj A:maj"),
            ("chorus", "G:maj A:maj F#:min B:min E:min A:7 D:maj B:7"),
            ("chorus", "A:maj B:maj G#:min C#:min F#:min B:7 E:maj E:maj"),
        ),
        ((0, "D", "major"), (2, "E", "major")),
    ),
    Case(
        "no-drums",
        (4, 4),
        ((0, 100),),
        _parts("none", ("verse", _POP_VERSE), ("chorus", _POP_CHORUS)),
        ((0, "G", "major"),),
        band=("bass", "chords", "voice"),
        comp="arpeggio",
    ),
)


def case(name: str) -> Case:
    return next(one for one in CASES if one.name == name)
