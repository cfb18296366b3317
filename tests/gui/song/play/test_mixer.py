"""What is heard, looked at sample by sample."""

from __future__ import annotations

import numpy as np
import pytest

from performia_desktop.gui.song.play.mixer import Mixer, Pcm, click

RATE = 44_100
BEAT = 0.5


def ramp(seconds: float = 10.0) -> Pcm:
    """Return a song whose every frame says which one it is: left and right together are its number."""
    number = np.arange(round(seconds * RATE))
    return np.stack([number % 30_000, number // 30_000], axis=1).astype(np.int16)


def numbers(pcm: Pcm) -> np.ndarray:
    """Return which frames of the ramp these are; what is mixed is off by one at most."""
    left = np.rint(pcm[:, 0] * (32768 / 32767)).astype(np.int64)
    right = np.rint(pcm[:, 1] * (32768 / 32767)).astype(np.int64)
    return left + 30_000 * right


def render(mixer: Mixer, count: int, block: int = 1000) -> np.ndarray:
    """Return `count` frames, asked for in blocks."""
    pieces, left = [], count
    while left > 0:
        piece = mixer.render(min(block, left))
        if not len(piece):
            break
        pieces.append(piece)
        left -= len(piece)
    return np.concatenate(pieces)


def with_beats(pcm: Pcm, seconds: float = 10.0) -> Mixer:
    mixer = Mixer(pcm, RATE)
    beats = np.arange(0.25, seconds, BEAT)
    mixer.set_beats(beats.tolist(), beats[::4].tolist())
    return mixer


def onsets(out: np.ndarray) -> np.ndarray:
    """Return the frames in which a tick begins, in silence: its first sample is zero, the next is not."""
    loud = np.flatnonzero(np.abs(out[:, 0].astype(int)) > 300)
    first = loud[np.diff(loud, prepend=-RATE) > 0.1 * RATE]
    return first - 1


def test_at_its_own_speed_every_sample_is_the_songs() -> None:
    song = ramp()
    mixer = Mixer(song, RATE)
    mixer.seek(1.0)
    out = render(mixer, 2 * RATE, 777)
    assert np.abs(out.astype(int) - song[RATE : 3 * RATE]).max() <= 1
    assert mixer.position == pytest.approx(3.0)


def test_a_loop_goes_round_without_a_sample_lost_or_gained() -> None:
    mixer = Mixer(ramp(), RATE)
    mixer.loop = (2.0, 3.0)
    mixer.seek(2.5)
    out = numbers(render(mixer, 4 * RATE, 1111))
    seam = round(0.005 * RATE)
    wanted = 2 * RATE + (np.arange(4 * RATE) + RATE // 2) % RATE
    in_seam = ((np.arange(4 * RATE) + RATE // 2) % RATE < seam) & (np.arange(4 * RATE) >= RATE // 2)
    assert (np.abs(out - wanted)[~in_seam] <= 1).all()
    assert in_seam.sum() == 4 * seam


def test_the_seam_of_a_loop_makes_no_jump() -> None:
    t = np.arange(10 * RATE) / RATE
    tone = np.rint(20_000 * np.sin(2 * np.pi * 220.3 * t)).astype(np.int16)
    mixer = Mixer(np.stack([tone, tone], axis=1), RATE)
    mixer.loop = (2.0, 3.0)
    mixer.seek(2.0)
    out = render(mixer, 3 * RATE)[:, 0].astype(int)
    biggest = np.abs(np.diff(tone.astype(int))).max()
    assert np.abs(np.diff(out)).max() < 1.5 * biggest


def test_ticks_are_on_the_sample_of_their_beat() -> None:
    mixer = with_beats(np.zeros((10 * RATE, 2), np.int16))
    mixer.click_volume = 1.0
    out = render(mixer, 5 * RATE, 900)
    wanted = np.round((np.arange(10) * BEAT + 0.25) * RATE).astype(int)
    assert onsets(out).tolist() == wanted.tolist()
    one, other = wanted[0], wanted[1]
    accent = np.rint(click(RATE, accent=True) * 32767)
    plain = np.rint(click(RATE, accent=False) * 32767)
    assert np.abs(out[one : one + len(accent), 0] - accent).max() <= 1
    assert np.abs(out[other : other + len(plain), 0] - plain).max() <= 1
    assert np.abs(accent).max() > 1.3 * np.abs(plain).max()


def test_ticks_and_song_are_added_at_their_volumes() -> None:
    song = np.full((RATE, 2), 1000, np.int16)
    mixer = with_beats(song, 1.0)
    mixer.song_volume, mixer.click_volume = 0.5, 0.25
    out = render(mixer, RATE)
    at = round(0.25 * RATE)
    assert np.abs(out[:at] - 500).max() <= 1
    tick = click(RATE, accent=True) * 32767 * 0.25
    assert np.abs(out[at : at + len(tick), 0] - 500 - tick).max() <= 2


def test_in_a_loop_every_round_has_its_ticks() -> None:
    mixer = with_beats(np.zeros((10 * RATE, 2), np.int16))
    mixer.click_volume = 1.0
    mixer.loop = (2.25, 4.25)
    mixer.seek(2.25)
    out = render(mixer, 8 * RATE)
    assert onsets(out).tolist() == [round(n * BEAT * RATE) for n in range(16)]


@pytest.mark.parametrize("speed", [0.5, 0.7, 1.0])
def test_a_bar_is_counted_in_and_the_song_begins_on_its_beat(speed: float) -> None:
    mixer = with_beats(ramp())
    mixer.speed = speed
    mixer.click_volume = 0.0
    mixer.seek(2.25)
    mixer.count_in(4)
    step = round(BEAT * RATE / speed)
    lead = render(mixer, 4 * step)
    assert onsets(lead).tolist() == [n * step for n in range(4)]
    assert mixer.position == pytest.approx(2.25)
    assert mixer.song_position(step) == pytest.approx(2.25)
    after = render(mixer, RATE)
    assert mixer.song_position(mixer.frames_out) == pytest.approx(2.25 + speed, abs=0.001)
    if speed == 1.0:
        begin = round(2.25 * RATE)
        assert (np.abs(numbers(after[2000:]) - begin - np.arange(2000, RATE)) <= 1).all()


def test_what_lies_before_the_first_beat_is_part_of_the_count_in() -> None:
    mixer = with_beats(np.zeros((10 * RATE, 2), np.int16))
    mixer.click_volume = 1.0
    mixer.count_in(4)
    out = render(mixer, 4 * RATE)
    step = round(BEAT * RATE)
    assert onsets(out)[:6].tolist() == [n * step for n in range(6)]


@pytest.mark.parametrize("speed", [0.5, 0.6, 0.8])
def test_slower_keeps_pitch_and_level(speed: float) -> None:
    t = np.arange(6 * RATE) / RATE
    tone = np.rint(12_000 * (np.sin(2 * np.pi * 440 * t) + 0.5 * np.sin(2 * np.pi * 1319 * t))).astype(np.int16)
    mixer = Mixer(np.stack([tone, tone], axis=1), RATE)
    mixer.speed = speed
    out = render(mixer, 4 * RATE)[RATE:, 0].astype(float)
    spectrum = np.abs(np.fft.rfft(out * np.hanning(len(out))))
    peaks = np.fft.rfftfreq(len(out), 1 / RATE)
    assert peaks[np.argmax(spectrum)] == pytest.approx(440, abs=0.5)
    high = np.where(peaks > 1000, spectrum, 0)
    assert peaks[np.argmax(high)] == pytest.approx(1319, abs=0.5)
    assert np.sqrt((out**2).mean()) == pytest.approx(np.sqrt((tone.astype(float) ** 2).mean()), rel=0.05)
    level = np.sqrt((out[: RATE * 3 // 441 * 441].reshape(-1, 441) ** 2).mean(axis=1))
    assert level.std() / level.mean() < 0.1


@pytest.mark.parametrize("speed", [0.5, 0.7])
def test_slower_strokes_come_when_the_ticks_do(speed: float) -> None:
    """The song is clicks itself: what the stretch makes of them stands where the metronome ticks."""
    pcm = np.zeros((10 * RATE, 2), np.int16)
    rng = np.random.default_rng(7)
    for time in np.arange(0.25, 9.5, BEAT):
        at = round(time * RATE)
        burst = rng.normal(size=1500) * np.exp(-np.arange(1500) / 300)
        pcm[at : at + 1500] += np.rint(6000 * burst).astype(np.int16)[:, None]
    mixer = Mixer(pcm, RATE)
    mixer.speed = speed
    out = np.abs(render(mixer, round(8 * RATE / speed))[:, 0].astype(float))
    off = []
    for time in np.arange(0.75, 7.5, BEAT):
        at = round(time * RATE / speed)
        window = out[at - 4000 : at + 4000]
        off.append((np.argmax(np.convolve(window, np.ones(200), "same")) - 4000) / RATE)
    assert np.abs(off).max() < 0.015


def test_slow_loops_do_not_drift() -> None:
    mixer = with_beats(ramp())
    mixer.speed = 0.5
    mixer.loop = (2.25, 3.25)
    mixer.seek(2.25)
    render(mixer, 20 * RATE)
    assert mixer.position == pytest.approx(2.25, abs=0.001) or mixer.position == pytest.approx(3.25, abs=0.001)
    center = mixer._center / RATE
    ahead = (center - mixer.position) % 1.0
    assert min(ahead, 1 - ahead) < 0.1


def test_the_end_of_the_song_is_the_end_of_the_stream() -> None:
    mixer = Mixer(ramp(1.0), RATE)
    out = render(mixer, 5 * RATE)
    assert len(out) == RATE
    assert mixer.ended
    assert len(mixer.render(100)) == 0
    mixer.seek(0.5)
    assert len(render(mixer, RATE)) == RATE // 2


def test_what_is_heard_is_known_by_the_frame() -> None:
    mixer = Mixer(ramp(), RATE)
    mixer.loop = (1.0, 2.0)
    mixer.seek(1.5)
    out = numbers(render(mixer, 2 * RATE))
    for frame in (0, 100, RATE // 2 - 1, RATE // 2 + 1000, 2 * RATE - 5):
        assert mixer.song_position(frame) == pytest.approx(out[frame] / RATE, abs=0.0001)
    mixer.seek(5.0)
    assert mixer.song_position(mixer.frames_out - 4000) == pytest.approx(5.0)
