"""Words: from where they are found, timed ones first; those without times over the sung parts."""

from __future__ import annotations

import struct
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile

from performia_desktop.analysis import line_net, lrc, lyrics, spread, voice
from performia_desktop.analysis.notes import NoteSpan

LRC = "[00:01.50]First line\n[00:04.00]Second line\n"
PLAIN = "[Verse 1]\nOne two three four\nFive six\n\nChorus:\nSeven eight nine ten eleven twelve\n"


def note(start: float, end: float) -> NoteSpan:
    return NoteSpan(start, end, 60, 0.5)


def parts(lead: list[NoteSpan], silent: tuple[float, float] = (0, 0)) -> voice.Spans:
    """The sung parts of a line that is sung but for a span."""
    times = line_net.times(round(60 * line_net.FPS))
    logits = np.where((times >= silent[0]) & (times < silent[1]), -4, 2).astype(np.float32)
    return voice.sung(lead, logits)


SUNG = [note(2.0 + 0.5 * k, 2.4 + 0.5 * k) for k in range(16)]


@pytest.fixture
def wav(tmp_path: Path) -> Path:
    path = tmp_path / "song.wav"
    soundfile.write(path, np.zeros(2205), 22050)
    return path


def found(path: Path, lead: list[NoteSpan] = SUNG) -> list[tuple[float, str]]:
    return [(span.start, span.text) for span in lyrics.find(path, 12.0, lead, lambda: parts(lead))]


# --- timed


def test_lines_and_words_of_an_lrc_file(wav: Path) -> None:
    wav.with_suffix(".LRC").write_text("[ti:x]\n[offset:+500]\n[00:02.00]<00:02.00>Two <00:02.5>words\n[00:09]end")
    assert found(wav) == [(1.5, "Two"), (2.0, "words"), (8.5, "end")]
    spans = lyrics.find(wav, 12.0, [], list)
    assert {span.source for span in spans} == {"LRC file beside the recording"}
    assert {span.conf for span in spans} == {lrc.TIMED}


def id3(frame: bytes, content: bytes) -> bytes:
    body = frame + struct.pack(">IH", len(content), 0) + content
    size = len(body)
    return b"ID3\x03\x00\x00" + bytes(size >> shift & 0x7F for shift in (21, 14, 7, 0)) + body


def sylt(entries: list[tuple[int, str]], *, form: int = 2, encoding: str = "latin-1", code: int = 0) -> bytes:
    end = b"\0" if code == 0 else b"\0\0"
    head = bytes([code]) + b"eng" + bytes([form, 1]) + end
    return id3(b"SYLT", head + b"".join(t.encode(encoding) + end + struct.pack(">I", ms) for ms, t in entries))


@pytest.mark.parametrize(("code", "encoding"), [(0, "latin-1"), (1, "utf-16")])
def test_synced_lyrics_of_an_id3_tag(tmp_path: Path, code: int, encoding: str) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(sylt([(1500, "Où"), (2250, "es-tu"), (4000, "\nLà")], code=code, encoding=encoding))
    assert found(path) == [(1.5, "Où"), (2.25, "es-tu"), (4.0, "Là")]
    assert lyrics.find(path, 12.0, [], list)[0].source == "synced lyrics in the tags"


def test_synced_lyrics_in_frames_instead_of_milliseconds_are_spread(tmp_path: Path) -> None:
    path = tmp_path / "song.mp3"
    path.write_bytes(sylt([(100, "One two"), (200, "Three four")], form=1))
    assert [start for start, _ in found(path)] != [0.1, 0.2]


@pytest.mark.parametrize("name", ["LYRICS", "SYNCEDLYRICS", "UNSYNCEDLYRICS"])
@pytest.mark.parametrize("kind", ["flac", "ogg"])
def test_lrc_in_vorbis_comments(tmp_path: Path, name: str, kind: str) -> None:
    import av

    path = tmp_path / f"song.{kind}"
    with av.open(path, "w") as out:
        out.metadata[name] = LRC
        stream = out.add_stream("flac" if kind == "flac" else "libopus", rate=48000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4800), np.int16), format="s16", layout="mono")
        frame.sample_rate = 48000
        for part in av.AudioResampler(format=stream.codec_context.format, layout="mono").resample(frame):
            out.mux(stream.encode(part))
        out.mux(stream.encode(None))
    assert found(path) == [(1.5, "First line"), (4.0, "Second line")]


def test_lrc_in_an_mp4_tag(tmp_path: Path) -> None:
    def atom(name: bytes, content: bytes) -> bytes:
        return struct.pack(">I", 8 + len(content)) + name + content

    text = atom(b"\xa9lyr", atom(b"data", struct.pack(">II", 1, 0) + LRC.encode()))
    meta = atom(b"meta", b"\0\0\0\0" + atom(b"ilst", text))
    path = tmp_path / "song.m4a"
    path.write_bytes(atom(b"ftyp", b"M4A \0\0\0\0") + atom(b"moov", atom(b"udta", meta)))
    assert found(path) == [(1.5, "First line"), (4.0, "Second line")]


def test_times_go_before_words_alone(wav: Path) -> None:
    wav.with_suffix(".txt").write_text(PLAIN)
    assert found(wav)[0][1] == "One two three four"
    wav.with_suffix(".lrc").write_text(LRC)
    assert found(wav) == [(1.5, "First line"), (4.0, "Second line")]


@pytest.mark.parametrize("seed", range(30))
def test_damaged_tags_do_no_harm(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    data = bytearray(sylt([(1500, "Où"), (2250, "es-tu")], code=1, encoding="utf-16"))
    for at in rng.integers(3, len(data), 4):
        data[at] = rng.integers(256)
    path = tmp_path / "song.mp3"
    path.write_bytes(bytes(data[: rng.integers(8, len(data) + 1)]))
    for span in lyrics.find(path, 12.0, SUNG, lambda: parts(SUNG)):
        assert 0 <= span.start < span.end <= 12.0


# --- without times


def test_lines_take_their_share_of_the_sung_time(wav: Path) -> None:
    wav.with_suffix(".txt").write_bytes(PLAIN.encode("utf-16"))
    spans = lyrics.find(wav, 12.0, SUNG, lambda: parts(SUNG))
    assert [span.text for span in spans] == PLAIN.splitlines()[1:3] + PLAIN.splitlines()[5:]
    assert spans[0].start == 2.0
    assert spans[-1].end <= 10.0 + voice.BREATH
    lengths = [span.end - span.start for span in spans]
    assert lengths[2] > lengths[0] > lengths[1]
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert all(span.conf < 0.5 and "spread" in span.source for span in spans)


def test_nothing_is_spread_where_nobody_sings(wav: Path) -> None:
    wav.with_suffix(".txt").write_text(PLAIN)
    assert found(wav, lead=[]) == []


@pytest.mark.parametrize("text", ["", "\n\n", "x" * 5000, "row\n" * 2000])
def test_a_text_that_cannot_be_lyrics_is_left_out(wav: Path, text: str) -> None:
    wav.with_suffix(".txt").write_text(text)
    assert found(wav) == []


def test_a_line_begins_where_a_phrase_does() -> None:
    lead = [note(1.0, 4.0), note(5.2, 9.0)]
    spans = spread.over(["la la la la", "la la la la"], parts(lead), lead, "x")
    assert [span.start for span in spans] == [1.0, 5.2]


def test_a_lead_that_is_no_voice_is_not_sung() -> None:
    lead = [note(k * 1.0, k + 0.9) for k in range(40)]
    assert parts(lead) == [(0.0, 39.9)]
    (start, end), (after, last) = parts(lead, silent=(10.0, 25.0))
    assert (start, last) == (0.0, 39.9)
    assert 9 <= end <= 12
    assert 23 <= after <= 26
    assert parts([note(3.0, 3.2)]) == []
    assert parts([]) == []


@pytest.mark.parametrize(("line", "count"), [("Ground control to Major Tom", 7), ("我爱你", 3), ("Tschüss", 1)])
def test_syllables(line: str, count: int) -> None:
    assert abs(spread.syllables(line) - count) <= 1
