"""The formats that are text, read back by parsers that did not write them."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path

import jams
import pytest

from performia_desktop.analysis.lrc import parse as parse_lrc
from performia_desktop.export.formats import FORMATS
from performia_desktop.export.options import ExportError, Options
from performia_desktop.songmap.chord import parse, pitch_class
from performia_desktop.songmap.model import SongMap
from performia_desktop.songmap.schema import validate
from tests.export.conftest import SONGS


def text(name: str, song: SongMap, options: Options | None = None) -> str:
    return FORMATS[name].render(song, options or Options()).decode()


@pytest.mark.parametrize("name", [name for name in FORMATS if not name.startswith(("lrc", "musicxml"))])
def test_every_song_can_be_written(name: str, song: SongMap) -> None:
    FORMATS[name].render(song, Options(transpose=-3, capo=2)).decode("utf-8" if name != "midi" else "latin-1")


def test_the_song_map_comes_back_as_it_was(song: SongMap) -> None:
    data = json.loads(text("json", song))
    validate(data)
    assert SongMap.from_json(data) == song


# --- JAMS, by its own library


@pytest.mark.filterwarnings("ignore:Passing a schema to Validator:DeprecationWarning")  # by jams itself
def test_jams_validates_and_has_everything(song: SongMap, tmp_path: Path) -> None:
    path = tmp_path / "song.jams"
    path.write_text(text("jams", song), encoding="utf-8")
    jam = jams.load(str(path), validate=True, strict=True)
    found = {
        annotation.namespace: annotation for annotation in jam.annotations if annotation.namespace != "note_midi"
    }
    assert jam.file_metadata.duration == song.duration_sec
    if song.chords:
        assert [(o.time, o.value) for o in found["chord"]] == [(c.start, c.label) for c in song.chords]
    if song.beats:
        assert [o.time for o in found["beat"]] == list(song.beats)
        assert [o.time for o in found["beat"] if o.value == 1] == list(song.downbeats)
    notes = jam.search(namespace="note_midi")
    assert [[o.value for o in part] for part in notes] == [
        [note.midi for note in part] for part in (song.melody, song.bass) if part
    ]


# --- ChordPro, by a small reader


def chordpro(content: str) -> tuple[dict[str, str], list[tuple[str, list[str]]]]:
    """Return the directives of the head, and (environment, lines) of the body; raises on what is no ChordPro."""
    head: dict[str, str] = {}
    body: list[tuple[str, list[str]]] = []
    inside = ""
    for line in content.splitlines():
        directive = re.fullmatch(r"\{([a-z_]+)(?:: (.*))?\}", line)
        if directive is None:
            assert not re.search(r"[{}]", line), line
            if line:
                assert inside, line
                body[-1][1].append(line)
        elif directive[1].startswith("start_of_"):
            assert not inside
            inside = directive[1].removeprefix("start_of_")
            body.append((inside, []))
        elif directive[1].startswith("end_of_"):
            assert directive[1] == f"end_of_{inside}"
            inside = ""
        else:
            head.setdefault(directive[1], directive[2] or "")
    assert not inside
    return head, body


def test_chordpro_reads_back(song: SongMap) -> None:
    head, body = chordpro(text("chordpro", song))
    assert head["time"] == f"{song.meter.numerator}/{song.meter.denominator}"
    assert len(body) <= max(1, len(song.sections))


def test_a_length_is_rounded_as_in_the_window() -> None:
    assert "{duration: 1:00}" in text("chordpro", replace(SONGS["four"], duration_sec=59.6))
    assert "[length:2:39]" in text("lrc", replace(SONGS["sung"], duration_sec=158.7))


def test_chords_stand_over_the_words_they_are_sung_on() -> None:
    _, body = chordpro(text("chordpro", SONGS["sung"]))
    assert body[0] == ("verse", ["[C]Down by [Am7]the river [F] [Gsus4]", "[Gsus4]Stay"])
    assert body[1][0] == "grid"


def test_where_nobody_sings_there_is_a_grid_of_beats() -> None:
    _, body = chordpro(text("chordpro", SONGS["four"]))
    assert body[0] == ("grid", ["| C . . . | G7/B . . . | C . . . | G7/B . . . |"])


def test_with_a_capo_the_shapes_are_written_and_the_key_of_the_shapes() -> None:
    head, body = chordpro(text("chordpro", SONGS["ritardando"], Options(capo=1)))
    assert (head["capo"], head["key"]) == ("1", "Am")
    assert body[0][1][0].startswith("| Am7 ")


def test_transposed_songs_are_spelled_for_their_key() -> None:
    head, body = chordpro(text("chordpro", SONGS["four"], Options(transpose=3)))
    assert head["key"] == "Eb"
    assert body[0][1][0].startswith("| Eb . . . | Bb7/D . . . |")


def test_chords_are_written_in_flats_or_sharps_alone_if_that_is_wanted() -> None:
    sharps = Options(transpose=3, accidentals="sharps")
    _, body = chordpro(text("chordpro", SONGS["four"], sharps))
    assert body[0][1][0].startswith("| D# . . . | A#7/D . . . |")
    data = json.loads(text("json", SONGS["four"], sharps))
    assert data["chords"][0]["label"].startswith("D#")
    head, body = chordpro(text("chordpro", SONGS["four"], Options(transpose=6, accidentals="flats")))
    assert head["key"] == "Gb"
    assert body[0][1][0].startswith("| Gb . . . | Db7/F . . . |")


# --- LRC, by the reader of the analysis


@pytest.mark.parametrize("name", ["lrc", "lrc-enhanced"])
def test_lrc_reads_back(name: str) -> None:
    song = SONGS["sung"]
    spans = [span for span in parse_lrc(text(name, song), song.duration_sec) if span.text]
    if name == "lrc":
        assert [(span.start, span.text) for span in spans] == [(0.0, "Down by the river"), (4.0, "Stay")]
    else:
        assert [(span.start, span.text) for span in spans] == [(w.start, w.text) for w in song.lyrics]


def test_no_lyrics_is_said_with_a_remedy() -> None:
    with pytest.raises(ExportError, match=r"\.lrc file"):
        text("lrc", SONGS["four"])


def test_brackets_in_a_line_are_no_times() -> None:
    song = SONGS["hostile"]
    spans = [span for span in parse_lrc(text("lrc", song), song.duration_sec) if span.text]
    assert len(spans) == 1
    assert "\n" not in spans[0].text


# --- the Living Chart


def test_living_chart_has_words_with_chords_in_order() -> None:
    chart = json.loads(text("livingchart", SONGS["sung"]))
    assert (chart["title"], chart["key"], chart["bpm"]) == ("Even", "C", 120.0)
    first = chart["sections"][0]["lines"][0]["syllables"]
    assert [(one["text"], one["chord"]) for one in first] == [
        ("Down", "C"),
        ("by", ""),
        ("the", "Am7"),
        ("river", ""),
        ("", "F"),
        ("", "Gsus4"),
    ]
    assert all(set(one) == {"text", "startTime", "duration", "chord"} for one in first)


def test_living_chart_times_ascend_inside_the_song(song: SongMap) -> None:
    chart = json.loads(text("livingchart", song))
    for section in chart["sections"]:
        times = [one["startTime"] for line in section["lines"] for one in line["syllables"]]
        assert times == sorted(times)
        assert all(0 <= time <= song.duration_sec for time in times)


# --- tables


def rows(content: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content)))


def test_audacity_labels(song: SongMap) -> None:
    labels = [line.split("\t") for line in text("audacity", song).splitlines()]
    assert all(len(label) == 3 and float(label[0]) <= float(label[1]) for label in labels)
    regions = [label for label in labels if not label[2].startswith("[")]
    assert [float(label[0]) for label in regions] == [chord.start for chord in song.chords]
    assert len(labels) - len(regions) == len(song.sections)


def test_reaper_regions_are_the_sections(song: SongMap) -> None:
    def seconds(clock: str) -> float:
        minutes, rest = clock.split(":")
        return int(minutes) * 60 + float(rest)

    regions = [row for row in rows(text("reaper", song)) if row["#"].startswith("R")]
    assert [(seconds(r["Start"]), seconds(r["End"])) for r in regions] == [
        (pytest.approx(s.start), pytest.approx(s.end)) for s in song.sections
    ]


def test_sonic_visualiser_regions_are_the_chords(song: SongMap) -> None:
    regions = rows(text("sonicvisualiser", song))
    assert [(float(r["TIME"]), float(r["DURATION"])) for r in regions] == [
        (c.start, pytest.approx(c.end - c.start)) for c in song.chords
    ]


def test_the_table_has_everything_and_no_formulas(song: SongMap) -> None:
    table = rows(text("csv", song))
    kinds = [row["what"] for row in table]
    assert kinds.count("beat") + kinds.count("downbeat") == len(song.beats)
    assert kinds.count("downbeat") == len(song.downbeats)
    for kind, part in (("chord", song.chords), ("section", song.sections), ("melody", song.melody)):
        assert kinds.count(kind) == len(part)
    assert not any(row["value"].startswith(("=", "@")) for row in table)


# --- transposition


@pytest.mark.parametrize("semitones", [-13, -2, 1, 6, 12])
def test_a_transposed_song_is_valid_and_every_pitch_has_moved(semitones: int) -> None:
    song = SONGS["demo"]
    data = json.loads(text("json", song, Options(transpose=semitones)))
    validate(data)
    moved = SongMap.from_json(data)
    for old, new in zip(song.chords, moved.chords, strict=True):
        before, after = parse(old.label), parse(new.label)
        if before is None or after is None:
            assert before is after
            continue
        assert (before.root_pitch_class + semitones) % 12 == after.root_pitch_class
        assert (before.quality, before.bass) == (after.quality, after.bass)
    assert [(note.midi + semitones) for note in song.melody] == [note.midi for note in moved.melody]
    assert pitch_class(moved.key[0].tonic) == (3 + semitones) % 12
