"""MusicXML, read back by a parser of the test's own: every bar is full, every chord and note in its place."""

from __future__ import annotations

import itertools
import xml.etree.ElementTree as ET
from fractions import Fraction

import pytest

from performia_desktop.export.formats import FORMATS
from performia_desktop.export.options import ExportError, Options
from performia_desktop.songmap.model import SongMap
from tests.export.conftest import HOSTILE, SONGS

STEPS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}


def score(song: SongMap) -> ET.Element:
    return ET.fromstring(FORMATS["musicxml"].render(song, Options()))


def number(element: ET.Element, path: str, default: int = 0) -> int:
    return int(element.findtext(path, str(default)))


def midi(note: ET.Element) -> int:
    step = STEPS[note.findtext("pitch/step", "")]
    return 12 * (number(note, "pitch/octave") + 1) + step + number(note, "pitch/alter")


@pytest.mark.parametrize("name", [name for name in SONGS if name != "silence"])
def test_every_bar_is_as_long_as_its_beats(name: str) -> None:
    song = SONGS[name]
    root = score(song)
    measures = root.findall("part/measure")
    edges = [*song.downbeats, song.duration_sec]
    counts = [sum(a - 1e-6 <= beat < b - 1e-6 for beat in song.beats) for a, b in itertools.pairwise(edges)]
    if song.beats[0] < song.downbeats[0]:
        counts.insert(0, sum(beat < song.downbeats[0] for beat in song.beats))
        assert measures[0].get("number") == "0"
        assert measures[0].get("implicit") == "yes"
    per_beat = Fraction(song.meter.numerator * 16, song.meter.denominator * max(counts[:-1]))
    lengths = [sum(number(note, "duration") for note in measure.findall("note")) for measure in measures]
    assert lengths == [count * per_beat for count in counts]


def test_notes_come_back_whole_across_bar_lines() -> None:
    for name in ("four", "six", "pickup", "demo"):
        song = SONGS[name]
        heard: list[int] = []
        tied = False
        for note in score(song).iter("note"):
            ties = {tie.get("type") for tie in note.findall("tie")}
            if note.find("rest") is None:
                assert ("stop" in ties) == tied
                if not tied:
                    heard.append(midi(note))
                tied = "start" in ties
            else:
                assert not tied
        assert not tied
        assert heard == [note.midi for note in song.melody if note.start < song.beats[-1] + 1]


def test_key_meter_tempo_and_section_names() -> None:
    root = score(SONGS["ritardando"])
    assert number(root, ".//key/fifths") == -5
    assert root.findtext(".//key/mode") == "minor"
    assert [mark.text for mark in root.iter("rehearsal")] == ["Outro"]
    six = score(SONGS["six"])
    assert (six.findtext(".//time/beats"), six.findtext(".//time/beat-type")) == ("6", "8")
    sound = six.find(".//sound")
    assert sound is not None
    assert float(sound.get("tempo", "")) == 150.0  # quarters, of 100 dotted ones a minute


def test_chords_stand_where_they_change() -> None:
    root = score(SONGS["sung"])
    found = []
    for measure in root.findall("part/measure"):
        for harmony in measure.findall("harmony"):
            root_name = harmony.findtext("root/root-step", "")
            offset = number(harmony, "offset")
            found.append((measure.get("number"), offset, root_name, harmony.findtext("kind")))
    assert found == [
        ("1", 0, "C", "major"),
        ("1", 8, "A", "minor-seventh"),
        ("2", 4, "F", "major"),
        ("2", 12, "G", "suspended-fourth"),
    ]
    second = score(SONGS["four"]).findall("part/measure")[1].find("harmony")
    assert second is not None
    assert second.findtext("bass/bass-step") == "B"


def test_any_title_is_text() -> None:
    assert score(SONGS["hostile"]).findtext("work/work-title") == " ".join(HOSTILE.split())


def test_without_beats_there_is_no_score() -> None:
    with pytest.raises(ExportError, match="No beats"):
        score(SONGS["silence"])
