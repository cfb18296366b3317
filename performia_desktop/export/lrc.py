"""LRC: lyrics with the time of each line; the enhanced kind also has the time of each word."""

from __future__ import annotations

from performia_desktop.export.lines import Line, lines
from performia_desktop.export.options import ExportError, Options
from performia_desktop.export.words import clock, one_line
from performia_desktop.songmap.model import SongMap


def render(song: SongMap, _options: Options) -> str:
    """Raises ExportError where there are no lyrics."""
    return _render(song, enhanced=False)


def render_enhanced(song: SongMap, _options: Options) -> str:
    """Raises ExportError where there are no lyrics."""
    return _render(song, enhanced=True)


def _render(song: SongMap, *, enhanced: bool) -> str:
    sung = lines(song)
    if not sung:
        raise ExportError(
            "This song has no lyrics. Put an .lrc file of the same name beside the audio and analyse it again."
        )
    out = [f"[{tag}:{_safe(text)}]" for tag, text in (("ti", song.title), ("ar", song.artist)) if text]
    out.append(f"[length:{clock(song.duration_sec)}]")
    for line, following in zip(sung, [*sung[1:], None], strict=True):
        out.append(f"[{_stamp(line.start)}]{_words(line) if enhanced else _safe(line.text)}")
        end = line.words[-1].end
        if following is None or following.start - end > 1.0:
            out.append(f"[{_stamp(end)}]")  # an empty line clears the screen
    return "\n".join(out) + "\n"


def _words(line: Line) -> str:
    return " ".join(f"<{_stamp(word.start)}>{_safe(word.text)}" for word in line.words)


def _stamp(seconds: float) -> str:
    hundredths = round(seconds * 100)
    return f"{hundredths // 6000:02}:{hundredths // 100 % 60:02}.{hundredths % 100:02}"


def _safe(text: str) -> str:
    return one_line(text).translate(str.maketrans("[]<>", "()()"))
