"""The demo song and its truth: whole, valid, the same every time, and really what is heard."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from performia_desktop import demo
from performia_desktop.demo import score
from performia_desktop.songmap import chord
from performia_desktop.songmap.schema import validate


@pytest.mark.parametrize("seconds", [None, 20.0, 5.0, 0.1])
def test_truth_is_a_valid_song_map(seconds: float | None) -> None:
    validate(json.loads(json.dumps(demo.truth(seconds).to_json())))


def test_truth_has_what_a_song_has() -> None:
    truth = demo.truth()
    assert 60 <= truth.duration_sec <= 75
    assert [section.label for section in truth.sections] == [
        "intro",
        "verse",
        "chorus",
        "verse",
        "chorus",
        "outro",
    ]
    assert truth.main_key == "Eb major"
    assert len(truth.beats) == 4 * len(truth.downbeats) == 128
    labels = {item.label for item in truth.chords}
    assert {"N", "Bb:7", "C:min7", "G:min", "Eb:maj"} <= labels
    names = set(chord.spelling("Eb", "major"))
    assert all(label == "N" or label.split(":")[0] in names for label in labels)
    assert len(truth.melody) > 60
    assert len(truth.bass) > 100


def test_the_same_seed_gives_the_same_sound() -> None:
    first, second = demo.render(6.0), demo.render(6.0)
    assert np.array_equal(first, second)
    assert not np.array_equal(first, demo.render(6.0, seed=1))


def test_a_shortened_song_is_the_beginning_of_the_whole() -> None:
    short, longer = demo.render(4.0), demo.render(6.0)
    head = slice(0, int(3.5 * demo.SAMPLE_RATE))
    # Levelled by their own peaks; otherwise the same samples.
    a, b = short[head, 0], longer[head, 0]
    assert np.corrcoef(a, b)[0, 1] > 0.9999


def test_onsets_stand_on_the_beats() -> None:
    sound = demo.render(12.0).mean(axis=1)
    hop = 441  # 10 ms
    energy = np.sqrt(np.mean(sound[: len(sound) // hop * hop].reshape(-1, hop) ** 2, axis=1))
    rise = np.maximum(np.diff(energy, prepend=0.0), 0.0)
    beats = np.array(demo.truth(12.0).beats)
    frames = np.round(beats * demo.SAMPLE_RATE / hop).astype(int)
    on = np.mean([rise[max(0, frame - 2) : frame + 3].max() for frame in frames])
    off_frames = np.round((beats[:-1] + 0.25 * 60 / score.BPM) * demo.SAMPLE_RATE / hop).astype(int)
    off = np.mean([rise[frame - 2 : frame + 3].max() for frame in off_frames])
    assert on > 3 * off


def test_the_chord_is_what_sounds() -> None:
    """In the first bar, the three strongest pitch classes above the bass are E flat, G and B flat."""
    start, end = (int(time * demo.SAMPLE_RATE) for time in demo.truth().downbeats[:2])
    sound = demo.render(4.0).mean(axis=1)[start:end]
    spectrum = np.abs(np.fft.rfft(sound * np.hanning(len(sound)))) ** 2
    frequency = np.fft.rfftfreq(len(sound), 1 / demo.SAMPLE_RATE)
    heard = (frequency > 200) & (frequency < 1000)
    pitch_class = np.round(69 + 12 * np.log2(frequency[heard] / 440)).astype(int) % 12
    strength = np.bincount(pitch_class, weights=spectrum[heard], minlength=12)
    assert set(np.argsort(strength)[-3:]) == {3, 7, 10}


@pytest.mark.parametrize("name", ["song.flac", "song.wav"])
def test_the_file_holds_the_song_and_its_name(tmp_path: Path, name: str) -> None:
    demo.write(tmp_path / name, seconds=3.0)
    with soundfile.SoundFile(tmp_path / name) as file:
        assert (file.samplerate, file.channels, file.frames) == (44_100, 2, 3 * 44_100)
        assert (file.title, file.artist) == (demo.TITLE, demo.ARTIST)
        peak = np.abs(file.read()).max()
    assert 0.85 < peak < 0.95


def test_a_place_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"song\.flac"):
        demo.write(tmp_path / "missing" / "song.flac", seconds=1.0)
