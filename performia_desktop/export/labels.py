"""Plain tables of times and labels: for Audacity, Reaper, Sonic Visualiser and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Final

from performia_desktop.export.options import Options
from performia_desktop.export.words import chord_name, headings, one_line
from performia_desktop.songmap.model import SongMap

_FORMULA: Final = ("=", "+", "-", "@")


def audacity(song: SongMap, _options: Options) -> str:
    """A label track: chords as regions, sections as points where they begin."""
    rows = [(chord.start, chord.end, chord_name(song, chord.label, chord.start)) for chord in song.chords]
    rows += [(s.start, s.start, f"[{name}]") for s, name in zip(song.sections, headings(song), strict=True)]
    return "".join(f"{a:.6f}\t{b:.6f}\t{name or 'N.C.'}\n" for a, b, name in sorted(rows, key=lambda row: row[:2]))


def reaper(song: SongMap, _options: Options) -> str:
    """Reaper's marker list: sections as regions, chord changes as markers."""
    rows = [
        (f"R{number}", name, _clock(s.start), _clock(s.end), _clock(s.end - s.start))
        for number, (s, name) in enumerate(zip(song.sections, headings(song), strict=True), start=1)
    ]
    rows += [
        (f"M{number}", chord_name(song, chord.label, chord.start) or "N.C.", _clock(chord.start), "", "")
        for number, chord in enumerate(song.chords, start=1)
    ]
    return _csv(("#", "Name", "Start", "End", "Length"), rows)


def sonic_visualiser(song: SongMap, _options: Options) -> str:
    """A region layer of the chords, as Sonic Visualiser exports and imports one."""
    rows = [
        (f"{c.start:.3f}", "0", f"{c.end - c.start:.3f}", chord_name(song, c.label, c.start) or "N")
        for c in song.chords
    ]
    return _csv(("TIME", "VALUE", "DURATION", "LABEL"), rows)


def plain(song: SongMap, _options: Options) -> str:
    """Everything in one table: what it is, start, end, value, confidence."""
    return _csv(("what", "start", "end", "value", "confidence"), _everything(song))


def _everything(song: SongMap) -> Iterator[tuple[str, str, str, str, str]]:
    def row(what: str, start: float, end: float | None, value: str, conf: float | None) -> tuple[str, ...]:
        stop = "" if end is None else f"{end:.3f}"
        return what, f"{start:.3f}", stop, value, "" if conf is None else f"{conf:g}"

    downbeats = set(song.downbeats)
    rows = [row("tempo", time, None, f"{bpm:g}", song.tempo.confidence) for time, bpm in song.tempo.curve]
    rows += [row("downbeat" if t in downbeats else "beat", t, None, "", None) for t in song.beats]
    rows += [row("key", k.start, k.end, f"{k.tonic} {k.mode}", k.conf) for k in song.key]
    rows += [row("chord", c.start, c.end, c.label, c.conf) for c in song.chords]
    rows += [row("section", s.start, s.end, s.label, s.conf) for s in song.sections]
    rows += [row("lyric", w.start, w.end, _harmless(one_line(w.text)), w.conf) for w in song.lyrics]
    for what, notes in (("melody", song.melody), ("bass", song.bass)):
        rows += [row(what, n.start, n.end, str(n.midi), n.conf) for n in notes]
    for one in rows:
        what, start, end, value, conf = one
        yield what, start, end, value, conf


def _harmless(text: str) -> str:
    """Return a text that a spreadsheet does not take for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _clock(seconds: float) -> str:
    milliseconds = round(seconds * 1000)
    return f"{milliseconds // 60_000}:{milliseconds // 1000 % 60:02}.{milliseconds % 1000:03}"


def _csv(heading: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(heading)
    writer.writerows(rows)
    return out.getvalue()
