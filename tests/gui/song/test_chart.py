from __future__ import annotations

import itertools
from dataclasses import replace

from performia_desktop import demo
from performia_desktop.gui.song.chart import Reading, Word, as_text, chart, chord_names, headings
from performia_desktop.songmap.model import Chord, Key, Lyric, Meter, Section, SongMap, Tempo


def song(**fields: object) -> SongMap:
    """Eight bars of 4/4 at 120, C for four and G for four."""
    usual = SongMap(
        id="x",
        duration_sec=16.0,
        title="T",
        artist="A",
        meter=Meter(4, 4),
        tempo=Tempo(120.0, ((0.0, 120.0),), 1.0),
        beats=tuple(i * 0.5 for i in range(32)),
        downbeats=tuple(i * 2.0 for i in range(8)),
        key=(Key(0, 16, "C", "major", 1.0),),
        chords=(Chord(0, 8, "C:maj", 1.0), Chord(8, 16, "G:maj", 1.0)),
        sections=(Section(0, 8, "verse", 1.0), Section(8, 16, "chorus", 1.0)),
    )
    return replace(usual, **fields)  # type: ignore[arg-type]


def test_bars_stand_under_their_sections() -> None:
    parts = chart(song())
    assert [(part.heading, [bar.number for bar in part.bars]) for part in parts] == [
        ("Verse", [1, 2, 3, 4]),
        ("Chorus", [5, 6, 7, 8]),
    ]


def test_a_chord_is_written_once_while_it_lasts() -> None:
    assert as_text(chart(song())) == "Verse\n| C | % | % | % |\n\nChorus\n| G | % | % | % |"


def test_a_change_in_the_bar_stands_on_its_beat() -> None:
    chords = (Chord(0, 1.05, "C:maj", 1), Chord(1.05, 16, "A:min7/5", 1))
    first = chart(song(chords=chords))[0].bars[0]
    assert first.chords == ((0, "C"), (2, "Am7/E"))


def test_a_boundary_a_little_off_the_downbeat_does_not_move_the_bar() -> None:
    sections = (Section(0, 7.8, "verse", 1.0), Section(7.8, 16, "chorus", 1.0))
    assert [len(part.bars) for part in chart(song(sections=sections))] == [4, 4]


def test_what_comes_before_the_first_bar_is_a_pickup() -> None:
    parts = chart(song(downbeats=tuple(1.0 + i * 2.0 for i in range(7))))
    assert [bar.number for bar in parts[0].bars][:2] == [0, 1]
    assert parts[0].bars[0].beats == 2


def test_no_chord_is_said() -> None:
    chords = (Chord(0, 8, "C:maj", 1.0), Chord(8, 16, "N", 1.0))
    assert chart(song(chords=chords))[1].bars[0].chords == ((0, "N.C."),)


def test_a_song_without_beats_has_no_chart() -> None:
    silent = song(beats=(), downbeats=(), chords=(), sections=(), key=())
    assert chart(silent) == []
    assert as_text([]) == ""


def test_a_song_without_sections_is_one_part_without_a_heading() -> None:
    (part,) = chart(song(sections=()))
    assert (part.heading, len(part.bars)) == ("", 8)


def test_headings_count_what_comes_again() -> None:
    labels = ("intro", "verse", "chorus", "verse", "pre-chorus", "chorus", "outro")
    sections = tuple(Section(i, i + 1, label, 1.0) for i, label in enumerate(labels))
    assert headings(sections) == ["Intro", "Verse 1", "Chorus 1", "Verse 2", "Pre-chorus", "Chorus 2", "Outro"]


def test_flats_in_a_flat_key() -> None:
    text = as_text(chart(song(key=(Key(0, 16, "Eb", "major", 1.0),), chords=(Chord(0, 16, "Ab:maj/3", 1.0),))))
    assert text.startswith("Verse\n| A♭/C |")


def test_the_demo_songs_truth_reads_as_it_was_written() -> None:
    text = as_text(chart(demo.truth()))
    assert text.startswith("Intro\n| E♭ | Cm7 | A♭ | B♭7 |\n\nVerse 1\n| E♭ | Gm | A♭ | B♭7 |")
    assert "| A♭ Fm7 |" in text


def lyric(start: float, end: float, text: str) -> Lyric:
    return Lyric(start, end, text, 1.0)


def test_degrees_and_shapes_under_a_capo() -> None:
    chords = (Chord(0, 8, "Eb:maj", 1.0), Chord(8, 16, "C:min7", 1.0))
    flat = song(key=(Key(0, 16, "Eb", "major", 1.0),), chords=chords)
    assert as_text(chart(flat, Reading("roman"))).startswith("Verse\n| I | %")
    assert "| 6-⁷ |" in as_text(chart(flat, Reading("nashville", transpose=2, capo=3)))
    assert as_text(chart(flat, Reading(capo=3))).startswith("Verse\n| C |")
    assert as_text(chart(flat, Reading(transpose=-1, capo=2))).startswith("Verse\n| C |")
    assert chord_names(flat, Reading("roman", capo=3)) == {"C": "C:maj", "Am7": "A:min7"}


def test_a_chord_is_said_again_where_a_section_begins() -> None:
    held = song(chords=(Chord(0, 16, "C:maj", 1.0),))
    assert as_text(chart(held)) == "Verse\n| C | % | % | % |\n\nChorus\n| C | % | % | % |"


def test_chords_stand_over_the_words_they_come_on() -> None:
    chords = (Chord(0, 3, "C:maj", 1.0), Chord(3, 16, "A:min", 1.0))
    words = (lyric(0.0, 3.6, "Down by the river"), lyric(4.2, 6.0, "so long"))
    verse = chart(song(chords=chords, lyrics=words))[0]
    assert [row.sung for row in verse.rows] == [True, True]
    first, second = verse.rows
    assert [cell.bar.number for cell in first.cells] == [1, 2]
    assert first.cells[0].words == (Word("C", "Down"), Word("", "by"), Word("", "the"))
    assert first.cells[1].words == (Word("Am", ""), Word("", "river")) or first.cells[1].words[0].chord == "Am"
    assert second.cells[0].words[0] == Word("Am", "so"), "a line begins with the chord it begins on"
    assert [cell.bar.number for cell in second.cells] == [3, 4]
    assert as_text([verse]).splitlines()[1:3] == ["C           Am", "Down by the river"]


def test_what_is_not_sung_in_a_sung_section_stands_in_bars() -> None:
    words = (lyric(0.0, 1.5, "La la"),)
    verse, chorus = chart(song(lyrics=words))
    assert [(row.sung, len(row.cells)) for row in verse.rows] == [(True, 1), (False, 3)]
    assert [(row.sung, len(row.cells)) for row in chorus.rows] == [(False, 4)]
    assert [bar.number for bar in verse.bars] == [1, 2, 3, 4]


def test_a_line_that_begins_within_a_bar_takes_only_its_part_of_it() -> None:
    words = (lyric(0.0, 1.0, "One two"), lyric(1.5, 3.0, "and three"))
    first, second = chart(song(lyrics=words))[0].rows[:2]
    assert (first.cells[-1].start, first.cells[-1].end) == (0.0, 1.5)
    assert (second.cells[0].start, second.cells[0].bar.number) == (1.5, 1)


def test_every_moment_of_a_bar_is_on_the_chart_once() -> None:
    words = (lyric(0.2, 3.0, "One two three four"), lyric(3.5, 7.0, "five six seven"), lyric(9.0, 9.5, "end"))
    cells = [cell for part in chart(song(lyrics=words)) for row in part.rows for cell in row.cells]
    assert cells[0].start == 0.0
    assert cells[-1].end == 16.0
    assert all(a.end == b.start for a, b in itertools.pairwise(cells))
