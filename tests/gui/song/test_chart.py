from __future__ import annotations

from dataclasses import replace

from performia_desktop import demo
from performia_desktop.gui.song.chart import as_text, chart, headings
from performia_desktop.songmap.model import Chord, Key, Meter, Section, SongMap, Tempo


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
