"""The analysis of a four-minute song: CPU time beside plain librosa's, memory, the child's start, every stage.

The song is the demo four times, so everything that the analysis does has something to do. CPU time and memory are
the operating system's own figures of a whole child (wait4, VmHWM); what the start costs is measured on a child that
starts and ends, and taken off. One core, one song at a time.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import soundfile

from performia_desktop import demo
from performia_desktop.jobs.child import default_command
from performia_desktop.protocol import Analyse, Done, Failed, Ready, decode, encode

Row = dict[str, Any]

_SECONDS = 240
_MIB = 1 << 20


@dataclass(frozen=True)
class Cost:
    """What a child cost: until ready (s), CPU in all (s), most memory at once (bytes)."""

    ready_sec: float
    cpu_sec: float
    memory: int


def run(quick: bool) -> list[Row]:
    """Measure and return the rows of the table; `quick` takes a minute of the song and fewer rounds."""
    if not Path("/proc/self/status").exists():
        return []  # other systems tell it in other ways
    seconds = 60 if quick else _SECONDS
    with tempfile.TemporaryDirectory(prefix="performia-bench-") as name:
        folder = Path(name)
        song = folder / "song.wav"
        _write_song(song, seconds)
        _child(folder, None)  # the disk's cache, and the compiled modules
        starts = [_child(folder, None)[0] for _ in range(3 if quick else 7)]
        runs = [_child(folder, song) for _ in range(1 if quick else 3)]
        plain = _plain_librosa(song)
    start = statistics.median(cost.cpu_sec for cost in starts)
    cpu = min(cost.cpu_sec for cost, _ in runs) - start
    ratio = plain / cpu
    rows = [
        _row("CPU s / min of audio, one core", cpu * 60 / seconds, plain * 60 / seconds)
        | {"ratio": ratio, "goal": ">= 8", "ok": ratio >= 8},
        _row("most memory at once, MiB", max(cost.memory for cost, _ in runs) / _MIB)
        | {"goal": "<= 400", "ok": max(cost.memory for cost, _ in runs) <= 400 * _MIB},
        _row("start of a child until ready, s", statistics.median(cost.ready_sec for cost in starts)),
        _row("start of a child, CPU s", start),
    ]
    stages = [stages for _, stages in runs]
    rows += [
        _row(f"stage {name}, CPU s / min", min(one[name] for one in stages) * 60 / seconds) for name in stages[0]
    ]
    return rows


def _row(what: str, ours: float, plain: float | None = None) -> Row:
    return {"area": "analysis", "what": what, "ours": ours, "plain_librosa": plain}


def _write_song(path: Path, seconds: int) -> None:
    once = demo.render()
    times = -(-seconds * demo.SAMPLE_RATE // len(once))
    samples = np.tile(once, (times, *[1] * (once.ndim - 1)))[: seconds * demo.SAMPLE_RATE]
    soundfile.write(path, samples, demo.SAMPLE_RATE, subtype="PCM_16")


def _child(folder: Path, song: Path | None) -> tuple[Cost, dict[str, float]]:
    """Start a child, have it analyse the song if there is one, end it; return its cost, and CPU seconds by stage."""
    begin = time.perf_counter()
    process = subprocess.Popen(
        default_command(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdin is not None
    assert process.stdout is not None
    if not isinstance(decode(process.stdout.readline().decode()), Ready):
        raise RuntimeError("the analysis did not start")
    ready = time.perf_counter() - begin
    stages: dict[str, float] = {}
    if song is not None:
        target = folder / "song.json"
        process.stdin.write(encode(Analyse("bench", str(song), str(target), str(folder / "steps"))).encode())
        process.stdin.flush()
        for line in process.stdout:
            message = decode(line.decode())
            if isinstance(message, Failed):
                raise RuntimeError(f"{message.message}\n{message.details}")
            if isinstance(message, Done):
                break
        provenance = json.loads(target.read_text("utf-8"))["provenance"]
        stages = {name: stage["cpu_sec"] for name, stage in provenance["stages"].items()}
    memory = _most_memory(process.pid)
    process.stdin.close()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stdout.close()
    return Cost(ready, usage.ru_utime + usage.ru_stime, memory), stages


def _most_memory(pid: int) -> int:
    """Return the most that was resident at once; not ru_maxrss, which begins with what the parent had at the fork."""
    lines = Path(f"/proc/{pid}/status").read_text("ascii", "replace").splitlines()
    return 1024 * next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:"))


def _plain_librosa(song: Path) -> float:
    """Return the CPU seconds of the yardstick."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.plain_librosa", str(song)], capture_output=True, text=True, check=True
    )
    return float(json.loads(done.stdout)["cpu_sec"])
