"""Corrections: each does what it says, keeps the map valid, and undoes by not being applied."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performia_desktop import demo
from performia_desktop.songmap import overlay
from performia_desktop.songmap.correct_beats import AddBeat, MoveBeat, RemoveBeat
from performia_desktop.songmap.correct_notes import RemoveNote, SetLyric, SetNote
from performia_desktop.songmap.correct_sections import JoinSections, MoveSection, SplitSection
from performia_desktop.songmap.correction import Correction
from performia_desktop.songmap.corrections import (
    METERS,
    BarOne,
    BeatShift,
    SetChord,
    SetKey,
    SetMeter,
    SetNames,
    SetSection,
    TempoFactor,
    corrected,
    from_json,
    relative,
    to_json,
)
from performia_desktop.songmap.model import SECTION_LABELS, Meter, SongMap, Tempo
from performia_desktop.songmap.pulse import Pulse
from performia_desktop.songmap.schema import validate

SONG = replace(demo.truth(), provenance={"content_hash": "0123456789abcdef0123456789abcdef"})
SILENCE = SongMap("0000000a", 5.0, "", "", Meter(4, 4), Tempo(None, (), 0.0))


def valid(song: SongMap) -> SongMap:
    validate(json.loads(json.dumps(song.to_json())))
    return song


def test_double_and_half_are_each_others_undoing() -> None:
    fast = valid(corrected(SONG, [TempoFactor(2.0)]))
    assert fast.tempo.bpm_global == 224.0
    assert len(fast.beats) == 2 * len(SONG.beats) - 1
    assert set(SONG.downbeats) < set(fast.downbeats)
    assert fast.downbeats[1] == SONG.beats[2]
    slow = valid(corrected(SONG, [TempoFactor(0.5)]))
    assert (slow.beats, slow.downbeats) == (SONG.beats[::2], SONG.downbeats[::2])
    back = corrected(SONG, [TempoFactor(2.0), TempoFactor(0.5)])
    assert (back.beats, back.downbeats, back.tempo.bpm_global) == (SONG.beats, SONG.downbeats, 112.0)


def with_pulse(song: SongMap, late: float, slow_bar: int) -> SongMap:
    """Return the song with offbeats `late` seconds after half-way, and bars of half the tempo from `slow_bar`."""
    offbeats = [round((a + b) / 2 + late, 3) for a, b in pairwise(song.beats)]
    pulse = Pulse(tuple(sorted([*song.beats, *offbeats])), song.downbeats[slow_bar])
    return replace(song, provenance={**song.provenance, **pulse.to_provenance()})


def test_double_puts_the_beats_where_the_onsets_between_are() -> None:
    fast = valid(corrected(with_pulse(SONG, 0.031, 0), [TempoFactor(2.0)]))
    assert fast.beats[::2] == SONG.beats
    between = [(a + b) / 2 for a, b in pairwise(SONG.beats)]
    assert [b - a for a, b in zip(between, fast.beats[1::2], strict=True)] == pytest.approx(
        [0.031] * len(between), abs=0.001
    )
    later = valid(corrected(with_pulse(SONG, 0.031, 0), [BeatShift(0.5)]))
    earlier = valid(corrected(with_pulse(SONG, 0.031, 0), [BeatShift(-0.5)]))
    assert later.beats[:-1] == fast.beats[1::2] == earlier.beats[1:]


@pytest.mark.parametrize("slow_bar", [0, 1, 2, 3])
def test_half_keeps_the_bars_that_are_bars_of_the_slow_tempo(slow_bar: int) -> None:
    song = with_pulse(SONG, 0.0, slow_bar)
    slow = valid(corrected(song, [TempoFactor(0.5)]))
    assert slow.downbeats == SONG.downbeats[slow_bar % 2 :: 2]
    assert slow.beats == SONG.beats[::2]
    assert slow.tempo.bpm_global == 56.0
    there_and_back = corrected(song, [TempoFactor(0.5), TempoFactor(2.0)])
    assert there_and_back.beats == SONG.beats[: len(there_and_back.beats)]
    assert len(there_and_back.beats) >= len(SONG.beats) - 1
    back = corrected(song, [TempoFactor(2.0), TempoFactor(0.5)])
    assert (back.beats, back.downbeats) == (SONG.beats, SONG.downbeats)


def test_half_begins_anew_after_a_bar_with_a_beat_too_many() -> None:
    """Were the beats after it counted on, all would be on the weak ones."""
    extra = SONG.beats[12] - 0.3
    beats = tuple(sorted([*SONG.beats, round(extra, 3)]))
    slow = valid(corrected(replace(SONG, beats=beats), [TempoFactor(0.5)]))
    assert set(SONG.beats[16::2]) <= set(slow.beats)
    assert set(slow.beats[8:]).isdisjoint(SONG.beats[17::2])
    assert slow.downbeats == SONG.downbeats[::2]


def test_half_of_a_waltz_alternates_through_its_odd_bars() -> None:
    waltz = corrected(SONG, [SetMeter(3, 4)])
    slow = valid(corrected(waltz, [TempoFactor(0.5)]))
    assert (slow.beats, slow.downbeats) == (SONG.beats[::2], SONG.beats[::6])


def test_a_shift_by_half_a_beat_puts_the_beats_between() -> None:
    later = valid(corrected(SONG, [BeatShift(0.5)]))
    assert later.beats[3] == pytest.approx((SONG.beats[3] + SONG.beats[4]) / 2, abs=0.001)
    assert len(later.downbeats) == len(SONG.downbeats)


@pytest.mark.parametrize("beat", [0, 1, 2, 3, 5])
def test_bar_one_here_moves_all_bars(beat: int) -> None:
    moved = valid(corrected(SONG, [BarOne(SONG.beats[beat] + 0.1)]))
    assert SONG.beats[beat] in moved.downbeats
    assert moved.downbeats == SONG.beats[beat % 4 :: 4]


def test_another_meter_groups_the_beats_anew() -> None:
    waltz = valid(corrected(SONG, [SetMeter(3, 4)]))
    assert waltz.downbeats == SONG.beats[::3]
    assert valid(corrected(SONG, [SetMeter(6, 8)])).downbeats == SONG.beats[::2]


def test_another_key_spells_its_chords() -> None:
    song = corrected(SONG, [SetKey(10.0, "D#", "minor")])
    assert valid(song).main_key == "D# minor"
    assert not any("b" in chord.label.partition(":")[0] for chord in song.chords)
    assert song.key[0].conf == 1.0


def test_a_chord_cuts_into_its_neighbours() -> None:
    first, second = SONG.chords[1], SONG.chords[2]
    middle = round((first.start + first.end) / 2, 3)
    song = valid(corrected(SONG, [SetChord(middle, second.end, "F:min7")]))
    assert [(c.start, c.end, c.label) for c in song.chords[1:3]] == [
        (first.start, middle, first.label),
        (middle, second.end, "F:min7"),
    ]
    whole = valid(corrected(SONG, [SetChord(0.0, 1e6, "N")]))
    assert [(c.start, c.end, c.label) for c in whole.chords] == [(0.0, SONG.duration_sec, "N")]


def test_a_section_is_renamed_alone_or_with_its_repeats() -> None:
    verse = next(section for section in SONG.sections if section.label == "verse")
    one = corrected(SONG, [SetSection(verse.start, "bridge")])
    assert [s.label for s in one.sections].count("bridge") == 1
    all_ = valid(corrected(SONG, [SetSection(verse.start, "bridge", repeats=True)]))
    assert [s.label for s in all_.sections].count("bridge") == 2


def test_a_beat_is_added_moved_and_taken_away() -> None:
    middle = round((SONG.beats[5] + SONG.beats[6]) / 2, 3)
    added = valid(corrected(SONG, [AddBeat(middle)]))
    assert sorted({*added.beats} - {*SONG.beats}) == [middle]
    assert corrected(SONG, [AddBeat(SONG.beats[5] + 0.01)]).beats == SONG.beats
    moved = valid(corrected(SONG, [MoveBeat(SONG.beats[8] + 0.03, SONG.beats[8] + 0.05)]))
    assert moved.beats[8] == pytest.approx(SONG.beats[8] + 0.05, abs=0.001)
    assert moved.beats[8] in moved.downbeats
    far = valid(corrected(SONG, [MoveBeat(SONG.beats[8], 60.0)]))
    assert far.beats[8] == pytest.approx(SONG.beats[9] - 0.05, abs=0.001)
    fewer = valid(corrected(SONG, [RemoveBeat(SONG.beats[8])]))
    assert len(fewer.beats) == len(SONG.beats) - 1
    assert fewer.downbeats[2] == SONG.beats[9]
    assert corrected(SONG, [RemoveBeat(SONG.beats[8] + 0.2)]).beats == SONG.beats


def test_a_section_begins_elsewhere_is_split_and_joined() -> None:
    second = SONG.sections[1]
    moved = valid(corrected(SONG, [MoveSection(second.start + 1.0, second.start - 2.0)]))
    assert moved.sections[0].end == moved.sections[1].start == round(second.start - 2.0, 3)
    assert valid(corrected(SONG, [MoveSection(second.start, 1000.0)])).sections[1].end == second.end
    middle = (second.start + second.end) / 2
    split = valid(corrected(SONG, [SplitSection(middle, "bridge")]))
    assert [s.label for s in split.sections[1:3]] == [second.label, "bridge"]
    joined = valid(corrected(split, [JoinSections(middle)]))
    assert [(s.start, s.label) for s in joined.sections] == [(s.start, s.label) for s in SONG.sections]
    assert corrected(SONG, [JoinSections(0.0)]) == replace(SONG, provenance={**SONG.provenance, "corrections": 1})


def test_notes_give_way_to_what_is_put_there() -> None:
    first, second = SONG.melody[3], SONG.melody[4]
    put = SetNote("melody", first.start, second.end, 72)
    song = valid(corrected(SONG, [put]))
    assert len(song.melody) == len(SONG.melody) - 1
    assert (song.melody[3].midi, song.melody[3].conf) == (72, 1.0)
    gone = valid(corrected(SONG, [RemoveNote("bass", (SONG.bass[0].start + SONG.bass[0].end) / 2)]))
    assert gone.bass == SONG.bass[1:]
    assert gone.melody == SONG.melody


def test_words_are_changed_added_and_taken_away() -> None:
    said = valid(corrected(SONG, [SetLyric(10.0, 12.0, " one "), SetLyric(12.5, 14.0, "two")]))
    assert [lyric.text for lyric in said.lyrics] == ["one", "two"]
    other = valid(corrected(said, [SetLyric(10.0, 12.0, "three")]))
    assert [lyric.text for lyric in other.lyrics] == ["three", "two"]
    assert [lyric.text for lyric in corrected(said, [SetLyric(10.0, 12.0, "")]).lyrics] == ["two"]


def test_the_relative_key() -> None:
    assert relative("Eb", "major") == ("C", "minor")
    assert relative("C", "minor") == ("Eb", "major")


# --- whatever is put right, the map stays a map

times = st.floats(0, 80, allow_nan=False)
corrections = st.one_of(
    st.builds(TempoFactor, st.sampled_from([0.5, 2.0])),
    st.builds(BeatShift, st.sampled_from([-1.0, -0.5, -0.25, 0.25, 0.5, 1.0])),
    st.builds(BarOne, times),
    st.sampled_from(METERS).map(lambda meter: SetMeter(*meter)),
    st.builds(SetKey, times, st.sampled_from(["C", "F#", "Bb"]), st.sampled_from(["major", "minor"])),
    st.builds(
        lambda a, b, name: SetChord(a, a + b, name), times, st.floats(0.1, 9), st.sampled_from(["N", "A:7/3"])
    ),
    st.builds(SetSection, times, st.sampled_from(SECTION_LABELS), st.booleans()),
    st.builds(SetNames, st.text(max_size=5), st.text(max_size=5)),
    st.builds(AddBeat, times),
    st.builds(MoveBeat, times, times),
    st.builds(RemoveBeat, times),
    st.builds(MoveSection, times, times),
    st.builds(SplitSection, times, st.sampled_from(SECTION_LABELS)),
    st.builds(JoinSections, times),
    st.builds(
        lambda part, a, b, midi: SetNote(part, a, a + b, midi),
        st.sampled_from(["melody", "bass"]),
        times,
        st.floats(0.04, 3),
        st.integers(20, 100),
    ),
    st.builds(RemoveNote, st.sampled_from(["melody", "bass"]), times),
    st.builds(lambda a, b, text: SetLyric(a, a + b, text), times, st.floats(0.04, 5), st.text(max_size=5)),
)


@settings(max_examples=150, deadline=None, derandomize=True, database=None)
@given(made=st.lists(corrections, max_size=8), song=st.sampled_from([SONG, SILENCE, with_pulse(SONG, 0.02, 1)]))
def test_any_corrections_leave_a_valid_map_and_survive_a_file(made: list[Correction], song: SongMap) -> None:
    right = valid(corrected(song, made))
    again = [from_json(json.loads(json.dumps(to_json(correction)))) for correction in made]
    assert again == made
    assert corrected(song, again) == right
    assert right.duration_sec == song.duration_sec


# --- the file


def test_corrections_are_kept_by_the_audios_content(tmp_path: Path) -> None:
    path = overlay.place(tmp_path / "corrections", SONG)
    assert path is not None
    made: list[Correction] = [TempoFactor(0.5), SetNames("A", "B")]
    overlay.save(path, made)
    assert overlay.load(path) == made
    analysed_again = replace(SONG, id="ffffffff")
    assert overlay.laid_over(tmp_path / "corrections", analysed_again) == corrected(analysed_again, made)
    overlay.save(path, [])
    assert not path.exists()
    assert overlay.laid_over(tmp_path / "corrections", SONG) is SONG


@pytest.mark.parametrize("content_hash", [None, "", "../../etc/passwd", "ABC", 7])
def test_a_map_of_an_unknown_recording_has_no_place(tmp_path: Path, content_hash: object) -> None:
    assert overlay.place(tmp_path, replace(SONG, provenance={"content_hash": content_hash})) is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        '{"version": 1}',
        '{"version": 1, "corrections": [{"kind": "tempo", "factor": 3.0}]}',
        '{"version": 1, "corrections": [{"kind": "tempo", "factor": "x"}]}',
        '{"version": 1, "corrections": [{"kind": "chord", "start": 0, "end": 1, "label": "<b>"}]}',
        '{"version": 1, "corrections": [{"kind": "nothing"}]}',
        '{"version": 2, "corrections": [{"kind": "beat-added", "time": "x"}]}',
        '{"version": 2, "corrections": [{"kind": "beat-removed", "time": "x"}]}',
        '{"version": 2, "corrections": [{"kind": "bar-one", "time": NaN}]}',
        '{"version": 2, "corrections": [{"kind": "note", "part": "drums", "start": 0, "end": 1, "midi": 60}]}',
        '{"version": 2, "corrections": [{"kind": "lyric", "start": 0, "end": 1, "text": 7}]}',
        '{"version": 1, "corrections": [null]}',
        "[" * 100_000,
    ],
)
def test_a_damaged_file_is_said_and_left_alone(tmp_path: Path, content: str) -> None:
    path = tmp_path / "x.corrections.json"
    path.write_text(content)
    with pytest.raises(overlay.UnreadableCorrections, match="Move the file away"):
        overlay.load(path)
    assert path.read_text() == content


def test_a_newer_file_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.corrections.json"
    path.write_text('{"version": 3, "corrections": []}')
    with pytest.raises(overlay.UnreadableCorrections, match="newer version"):
        overlay.load(path)
