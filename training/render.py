"""Makes a performance sound: SoundFonts through FluidSynth, the rest by `synth`, mixed to mono at 22.05 kHz."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from random import Random
from typing import Final

import mido
import numpy as np
import soundfile
from numpy.typing import NDArray

from training import synth
from training.arrange import Performance, Track

F32 = NDArray[np.float32]

SOUNDFONTS: Final = (
    Path("/usr/share/sounds/sf2/FluidR3_GM.sf2"),
    Path("/usr/share/sounds/sf3/MuseScore_General_Lite.sf3"),
)
"""Debian's fluid-soundfont-gm and musescore-general-soundfont-small, both MIT."""
_DRUMS: Final = {
    "kick": 36, "snare": 38, "ghost": 38, "hat": 42, "open": 46, "ride": 51, "crash": 49, "rim": 37, "clap": 39,
    "tom1": 48, "tom2": 45, "tom3": 41, "shaker": 70, "tamb": 54, "cowbell": 56,
}  # fmt: skip
_OWN: Final = {
    "drums": synth.drums,
    "synth": synth.synth,
    "sub": synth.sub,
    "guitar": synth.guitar,
    "voice": synth.voice,
    "choir": synth.choir,
}
_TICKS: Final = 480  # at 120 BPM: 960 a second


def render(performance: Performance, rng: Random) -> F32:
    """Return the mix, its peak at 1."""
    size = int(performance.duration * synth.RATE)
    noise = np.random.default_rng(rng.randrange(1 << 30))
    mix = _fluid([t for t in performance.tracks if t.instrument in {"gm", "kit"}], rng, size)
    for track in performance.tracks:
        if track.instrument in _OWN:
            buffer = np.zeros(size, np.float32)
            _OWN[track.instrument](buffer, track.events, noise)
            level = (
                float(np.sqrt(np.mean(buffer[np.abs(buffer) > 1e-4] ** 2)))
                if np.any(np.abs(buffer) > 1e-4)
                else 1.0
            )
            aim = 0.10 if track.instrument == "drums" else 0.08
            mix += buffer * np.float32(aim / level * 10 ** (track.gain / 20))
    peak = float(np.abs(mix).max())
    return mix / np.float32(peak) if peak > 1e-6 else mix


def _fluid(tracks: list[Track], rng: Random, size: int) -> F32:
    """Play General MIDI tracks; one SoundFont for the whole song, as a listener's player would."""
    mix = np.zeros(size, np.float32)
    if not tracks:
        return mix
    with tempfile.TemporaryDirectory() as folder:
        midi, wave = Path(folder) / "song.mid", Path(folder) / "song.wav"
        _midi(tracks, rng).save(midi)
        options = [
            f"synth.reverb.active={rng.choice([0, 0, 1])}",
            f"synth.chorus.active={rng.choice([0, 0, 1])}",
            "synth.polyphony=160",
            "synth.dynamic-sample-loading=1",
        ]
        command = ["fluidsynth", "-ni", "-q", "-g", "0.4", "-r", str(synth.RATE)]
        for option in options:
            command += ["-o", option]
        command += ["-F", str(wave), str(rng.choice(SOUNDFONTS)), str(midi)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        sound, _ = soundfile.read(wave, dtype="float32", frames=size)
    mono = sound.mean(axis=1)
    mix[: len(mono)] = mono
    return mix


def _midi(tracks: list[Track], rng: Random) -> mido.MidiFile:
    file = mido.MidiFile(ticks_per_beat=_TICKS)
    channels = [c for c in range(16) if c != 9]
    for track in tracks:
        channel = 9 if track.instrument == "kit" else channels.pop(0)
        volume = int(min(127, max(20, 90 * 10 ** (track.gain / 40))))
        timed: list[tuple[float, int, mido.Message]] = [
            (0.0, 0, mido.Message("program_change", channel=channel, program=track.program)),
            (0.0, 0, mido.Message("control_change", channel=channel, control=7, value=volume)),
            (0.0, 0, mido.Message("control_change", channel=channel, control=91, value=rng.randint(0, 80))),
        ]
        for event in track.events:
            note = _DRUMS[event.pitch] if isinstance(event.pitch, str) else event.pitch
            note = min(127, max(0, note))
            on = mido.Message("note_on", channel=channel, note=note, velocity=event.velocity)
            timed.append((event.start, 2, on))
            timed.append((event.end, 1, mido.Message("note_off", channel=channel, note=note)))
        if track is tracks[0]:
            timed.append(
                (max(e.end for e in track.events) + 3.0, 3, mido.Message("note_off", channel=channel, note=0))
            )
        out = mido.MidiTrack()
        now = 0
        for seconds, _, message in sorted(timed, key=lambda t: t[:2]):
            tick = round(seconds * 2 * _TICKS)
            out.append(message.copy(time=max(0, tick - now)))
            now = max(now, tick)
        file.tracks.append(out)
    return file
