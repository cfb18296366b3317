"""Analyses one file: the stages in order, their checkpoints, and honest progress.

A stage's share of the progress is its measured share of the time, so that the bar moves evenly. Every stage leaves
its result behind; the map is written last, whole or not at all, and then the checkpoints are removed.
"""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, Final

from performia_desktop import __version__
from performia_desktop.analysis import (
    audio,
    bass,
    beat,
    chord,
    features,
    gate,
    key,
    lrc,
    lyrics,
    melody,
    memory,
    meter,
    outline,
    pulse,
    segment,
    speech,
    voice,
)
from performia_desktop.analysis.assemble import Findings, assemble
from performia_desktop.analysis.checkpoint import Checkpoints
from performia_desktop.analysis.errors import AnalysisError
from performia_desktop.analysis.evidence import Evidence
from performia_desktop.analysis.notes import NoteSpan
from performia_desktop.analysis.progress import Emit, Reporter
from performia_desktop.protocol import STAGES, Analyse, Done
from performia_desktop.songmap import file as songmap_file

VERSIONS: Final = dict.fromkeys(STAGES, 1) | {
    "features": 3,
    "beat": 5,
    "meter": 6,
    "chord": 4,
    "key": 4,
    "melody": 7,
    "bass": 6,
    "segment": 5,
}
"""Raise a stage's number with every change of its results: checkpoints of other versions are not used."""

METHODS: Final = {
    "beat": "SuperFlux onsets and a network (TCN), bar-pointer HMM; level by logistic fit",
    "meter": "accents of harmony, bass and drums and a network (TCN), Viterbi over bars",
    "chord": "NNLS chroma by beats, templates with bass and key, a network, Viterbi over bars",
    "key": "chord functions and chroma profiles, Viterbi; the chords as a whole, log-linear",
    "segment": "cues by bars weighed by a learned network, posterior of a semi-Markov chain, clustering",
    "melody": "learned evidence of the leading pitch, its onsets and ends, Viterbi; silence by how clear the song is",
    "bass": "learned evidence of the bass's pitch and onsets, Viterbi; repeats by the beat and by habit",
    "lyrics": "none found",  # else what the lyrics themselves say
}
_FIELDS: Final = {
    "tempo": "meter",
    "meter": "meter",
    "beats": "beat",
    "downbeats": "meter",
    "key": "key",
    "chords": "chord",
    "sections": "segment",
    "lyrics": "lyrics",
    "performance.melody": "melody",
    "performance.bass": "bass",
}


class Run:
    """One analysis under way: hands out stages, keeps their results, counts their seconds."""

    def __init__(
        self,
        reporter: Reporter,
        checkpoints: Checkpoints,
        decoded: Callable[[audio.Samples], None] = lambda _: None,
    ) -> None:
        """`decoded` is called with the samples, if they had to be decoded."""
        self._reporter = reporter
        self._decoded = decoded
        self._checkpoints = checkpoints
        self._versions: list[int] = []
        self.seconds: dict[str, float] = {}
        self.cpu_seconds: dict[str, float] = {}
        self.resumed: list[str] = []
        self.notes: list[str] = []

    def stage(
        self, name: str, cls: type[Any], make: Callable[[audio.Tick], Any], *, many: bool = False, before: str = ""
    ) -> Any:
        """Return a stage's result (`cls`, or a list of it), from its checkpoint if there is one.

        `before` names a stage that `make` begins with and that leaves nothing of its own.
        """
        self._versions.append(VERSIONS[name])
        began, cpu = time.perf_counter(), time.process_time()
        result = self._checkpoints.load(name, self._versions, cls, many=many)
        if result is not None:
            self.resumed.append(name)
        else:
            self._reporter.begin(before or name)
            result = make(self._reporter.tick)
            self._checkpoints.save(name, self._versions, result)
            memory.give_back()
        self._reporter.end(name)
        self.seconds[name] = time.perf_counter() - began - self.seconds.get(before, 0.0)
        self.cpu_seconds[name] = time.process_time() - cpu - self.cpu_seconds.get(before, 0.0)
        return result

    def listen(self, path: Path, tick: audio.Tick) -> features.Features:
        """Decode a file and compute its features."""
        began, cpu = time.perf_counter(), time.process_time()
        recording = audio.decode(path, tick)
        self.seconds["decode"] = time.perf_counter() - began
        self.cpu_seconds["decode"] = time.process_time() - cpu
        self._reporter.begin("features")
        with closing(recording):
            self._decoded(recording.samples)
            return features.extract(recording.samples, recording.duration_sec, tick)


def run(request: Analyse, emit: Emit) -> Done:
    """Analyse a file and write its Song Map.

    Raises
    ------
    AnalysisError
        The world is in the way; the message is for the user.
    """
    began = time.perf_counter()
    path, target = Path(request.input_file), Path(request.song_map_path)
    reporter = Reporter(request.job_id, emit)
    source = audio.probe(path, lambda fraction: reporter.tick(0.2 * fraction))
    checkpoints = Checkpoints(Path(request.checkpoint_dir), source.content_hash)
    work = Run(
        reporter, checkpoints, lambda samples: outline.keep(samples, request.waveforms, source.content_hash)
    )
    findings = analyse(path, work, request.lyrics_model)
    reporter.begin("write")
    provenance = _provenance(source, work, findings, time.perf_counter() - began)
    song_map = assemble(request.job_id, source, findings, provenance)
    try:
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        songmap_file.write(song_map, target)
    except OSError as error:
        raise _cannot_write(error, target) from error
    checkpoints.remove()
    reporter.end("write")
    return Done(
        request.job_id,
        str(target),
        source.content_hash,
        song_map.duration_sec,
        song_map.title or None,
        song_map.artist or None,
        song_map.tempo.bpm_global,
        song_map.main_key,
    )


def analyse(path: Path, work: Run, lyrics_model: str = "") -> Findings:
    """Run all stages but the writing; `lyrics_model` is the folder of a model for sung words, if there is one."""
    made: features.Features = work.stage(
        "features", features.Features, partial(work.listen, path), before="decode"
    )
    evidence = Evidence(made)
    beats: beat.Beats = work.stage("beat", beat.Beats, partial(beat.track, made, evidence))
    heard = gate.judge(made, beats)
    if not heard.pulse:
        beats = beat.NO_BEATS
    evidence.settle(beats.times)
    bars: meter.Bars = work.stage("meter", meter.Bars, lambda _: meter.bars(made, evidence, beats))

    def spans(name: str, cls: type[Any], make: Callable[[audio.Tick], Any], *, only_if: bool = True) -> Any:
        return work.stage(name, cls, make if only_if else lambda _: [], many=True)

    chords = spans("chord", chord.ChordSpan, partial(_chords, made, bars, evidence), only_if=heard.harmony)
    keys = spans("key", key.KeySpan, lambda _: key.find(made, chords))
    lead = spans("melody", NoteSpan, partial(_melody, made, evidence, bars), only_if=heard.harmony)
    low = spans(
        "bass", NoteSpan, lambda tick: bass.transcribe(evidence.bass, bars.beats, tick), only_if=heard.harmony
    )
    sections = spans(
        "segment",
        segment.SectionSpan,
        lambda _: segment.sections(made, bars.downbeats, chords, lead),
        only_if=heard.music,
    )
    hear = partial(_recognised, path, lyrics_model, work) if lyrics_model else None

    def words_of(tick: audio.Tick) -> list[lrc.LyricSpan]:
        sung = partial(_sung, lead, evidence)
        return lyrics.find(path, made.duration_sec, lead, sung, partial(hear, tick) if hear else None)

    words = spans("lyrics", lrc.LyricSpan, words_of)
    finer = pulse.find(made, bars, chords, sections)
    return Findings(made.duration_sec, bars, chords, keys, sections, lead, low, words, finer)


def _chords(
    made: features.Features, bars: meter.Bars, evidence: Evidence, tick: audio.Tick
) -> list[chord.ChordSpan]:
    """Look twice: the chords of the first look tell the key, which helps the second."""
    if made.duration_sec < chord.SHORTEST_SEC:
        return []
    heard = chord.hear(made, bars, evidence)
    evidence.forget_chords()
    memory.give_back()
    tick(0.5)
    return chord.decide(heard, key.find(made, chord.decide(heard)))


def _melody(made: features.Features, evidence: Evidence, bars: meter.Bars, tick: audio.Tick) -> list[NoteSpan]:
    lead = melody.transcribe(made, evidence.lead, bars.beats, tick)
    evidence.forget_lead()
    return lead


def _sung(lead: list[NoteSpan], evidence: Evidence) -> voice.Spans:
    return voice.sung(lead, evidence.voice) if lead else []


def _recognised(path: Path, model: str, work: Run, tick: audio.Tick, parts: voice.Spans) -> list[lrc.LyricSpan]:
    """Hear words; what is in the way is told in the map, and costs the song nothing else."""
    try:
        return speech.recognise(path, parts, Path(model), tick)
    except speech.SpeechError as error:
        work.notes.append(str(error))
        return []


def _provenance(source: audio.Source, work: Run, findings: Findings, seconds: float) -> dict[str, Any]:
    methods = METHODS | ({"lyrics": findings.lyrics[0].source} if findings.lyrics else {})
    return {
        "program": f"performia-desktop {__version__}",
        "created": datetime.now(UTC).isoformat(timespec="seconds"),
        "content_hash": source.content_hash,
        "wall_sec": round(seconds, 3),
        "fields": {
            field: {"method": methods[stage], "stage": stage, "version": VERSIONS[stage]}
            for field, stage in _FIELDS.items()
        },
        "stages": {
            stage: {"seconds": round(spent, 3), "cpu_sec": round(work.cpu_seconds[stage], 3)}
            for stage, spent in work.seconds.items()
        },
        "resumed": work.resumed,
        **({"notes": work.notes} if work.notes else {}),
    }


def _cannot_write(error: OSError, target: Path) -> AnalysisError:
    details = f"{target}: {error}"
    if error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}:
        return AnalysisError("disk-full", "The disk is full. Free some space and retry.", details)
    return AnalysisError(
        "results",
        f"The results folder {os.fspath(target.parent)} cannot be written. "
        "Allow it, or choose another data folder, and retry.",
        details,
    )
