"""Names of sections, keys and chords as the formats write them: in English, in ASCII where players want that."""

from __future__ import annotations

from performia_desktop.songmap.bars import ordinals
from performia_desktop.songmap.chord import display, spelling
from performia_desktop.songmap.degrees import degree
from performia_desktop.songmap.model import SongMap, active


def headings(song: SongMap) -> list[str]:
    """Return each section's name, numbered where it comes more than once: Verse 1, Verse 2."""
    return [
        f"{section.label.capitalize()} {number}" if number else section.label.capitalize()
        for section, number in zip(song.sections, ordinals(song.sections), strict=True)
    ]


def chord_name(song: SongMap, label: str, time: float, naming: str = "names", accidentals: str = "key") -> str:
    """Return what a musician types for a Harte label at a time of the song: ``A:min7/5`` is Am7/E, ``N`` is empty.

    `naming` may ask for degrees of the key; where there is no key, it is the name all the same.
    """
    index = active(song.key, time)
    if naming != "names" and index is not None:
        return degree(label, song.key[index].tonic, song.key[index].mode, naming)
    key = song.key[index] if index is not None else None
    names = spelling(key.tonic, key.mode, accidentals) if key is not None else None
    return display(label, names).replace("♯", "#").replace("♭", "b")


def key_name(song: SongMap) -> str:
    """Return the main key as chord charts write it: Eb, F#m; empty where there is none."""
    if song.main_key is None:
        return ""
    tonic, _, mode = song.main_key.partition(" ")
    return f"{tonic}m" if mode == "minor" else tonic


def clock(seconds: float) -> str:
    """Return a length in minutes and seconds, rounded as the window shows it: 2:39."""
    minutes, second = divmod(round(seconds), 60)
    return f"{minutes}:{second:02}"


def one_line(text: str) -> str:
    """Return a text without line breaks and control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
