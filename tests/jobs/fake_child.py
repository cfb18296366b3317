"""An analysis child that analyses nothing: a real process that speaks the protocol and does as the song is named.

It answers each song according to the words in its file's name, separated by dots; one without any of these gets a
progress message for each stage, a tiny valid map and Done.

    wait            waits after the first progress until a file `<input>.go` exists, then is done
    sleep50         50 ms before each progress
    fail-damaged    Failed with that code
    crash           exits with status 3 and a word on stderr
    silent          exits with status 0 and says nothing
    segfault        a real one
    memory          a MemoryError that nobody catches
    hang            says nothing any more
    stubborn        says nothing any more, and ignores SIGABRT
    garbage         prints what is no message
    endless         prints a line without an end
    foreign         reports on somebody else's job
    talkative       writes 64 MB to stderr, then is done
    chatty          sends 20,000 progress messages, then is done
    nomap           says Done without a map
    half            leaves half a map beside its place and waits for ever
    once            is killed the first time, done the second (remembers in the checkpoint folder)

Every song taken is noted as a line in the file that PERFORMIA_FAKE_CHILD_LOG names: pid, job id, checkpoints found.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

STAGES = ("decode", "features", "beat", "meter", "chord", "key", "melody", "bass", "segment", "lyrics", "write")


def say(kind: str, **fields: Any) -> None:
    sys.stdout.write(json.dumps({"type": kind, **fields}) + "\n")
    sys.stdout.flush()


def song_map(job_id: str) -> dict[str, Any]:
    whole = {"start": 0.0, "end": 10.0, "conf": 0.5}
    return {
        "schema_version": 1,
        "id": job_id,
        "duration_sec": 10.0,
        "title": "Song",
        "artist": "",
        "meter": {"numerator": 4, "denominator": 4},
        "tempo": {"bpm_global": 120.0, "curve": [[0.0, 120.0]], "confidence": 0.5},
        "beats": [0.5, 1.0],
        "downbeats": [0.5],
        "key": [{**whole, "tonic": "C", "mode": "major"}],
        "chords": [{**whole, "label": "C:maj"}],
        "sections": [{**whole, "label": "verse"}],
        "lyrics": [],
        "performance": {"melody": [], "bass": []},
        "provenance": {},
    }


def note(line: str) -> None:
    log = os.environ.get("PERFORMIA_FAKE_CHILD_LOG")
    if log:
        descriptor = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        os.write(descriptor, (line + "\n").encode())
        os.close(descriptor)


def finish(task: dict[str, Any]) -> None:
    target = Path(task["song_map_path"])
    temporary = target.with_name(f".{target.name}.{os.getpid():08x}.tmp")
    temporary.write_text(json.dumps(song_map(task["job_id"])), encoding="utf-8")
    temporary.replace(target)
    note(f"done {os.getpid()} {task['job_id']}")
    answer(task)


def answer(task: dict[str, Any]) -> None:
    say(
        "done",
        job_id=task["job_id"],
        song_map_path=task["song_map_path"],
        content_hash=hashlib.blake2b(Path(task["input_file"]).read_bytes(), digest_size=16).hexdigest(),
        duration_sec=10.0,
        title="Song",
        artist=None,
        tempo_bpm=120.0,
        key="C major",
    )


def analyse(task: dict[str, Any]) -> None:
    words = Path(task["input_file"]).name.split(".")
    checkpoints = Path(task["checkpoint_dir"])
    found = sorted(path.name for path in checkpoints.iterdir()) if checkpoints.is_dir() else []
    note(f"took {os.getpid()} {task['job_id']} {','.join(found)}")
    pause = next((int(word[5:]) / 1000 for word in words if word.startswith("sleep")), 0.0)
    checkpoints.mkdir(parents=True, exist_ok=True)
    for number, stage in enumerate(STAGES):
        if pause:
            time.sleep(pause)
        say("progress", job_id=task["job_id"], progress=number / len(STAGES), stage=stage)
        (checkpoints / f"{number:02}-{stage}").touch()
        if number == 1:
            misbehave(task, words)
    if "nomap" in words:
        answer(task)
        return
    failure = next((word[5:] for word in words if word.startswith("fail-")), None)
    if failure is not None:
        say(
            "failed",
            job_id=task["job_id"],
            code=failure,
            message="It is damaged. Copy it again.",
            details="byte 7",
        )
        return
    finish(task)


def misbehave(task: dict[str, Any], words: list[str]) -> None:  # noqa: PLR0912
    if "wait" in words:
        while not Path(task["input_file"] + ".go").exists():
            time.sleep(0.01)
    if "crash" in words:
        sys.stderr.write("the last words\n")
        sys.stderr.flush()
        os._exit(3)
    if "silent" in words:
        os._exit(0)
    if "segfault" in words:
        faulthandler._sigsegv()  # type: ignore[attr-defined]
    if "memory" in words:
        raise MemoryError
    if "stubborn" in words:
        faulthandler.disable()
        signal.signal(signal.SIGABRT, signal.SIG_IGN)
    if {"hang", "stubborn", "half"} & set(words):
        if "half" in words:
            target = Path(task["song_map_path"])
            target.with_name(f".{target.name}.0badf00d.tmp").write_text("{", encoding="utf-8")
        while True:
            time.sleep(60)
    if "garbage" in words:
        sys.stdout.write("Hello, I am a native library\n")
        sys.stdout.flush()
        time.sleep(60)
    if "endless" in words:
        while True:
            sys.stdout.write("x" * 65536)
    if "foreign" in words:
        say("progress", job_id="somebody", progress=0.5, stage="beat")
        time.sleep(60)
    if "talkative" in words:
        for _ in range(1024):
            sys.stderr.write("y" * 65536)
            say("progress", job_id=task["job_id"], progress=1 / 11, stage="features")
        sys.stderr.flush()
    if "chatty" in words:
        for step in range(20_000):
            say("progress", job_id=task["job_id"], progress=(1 + step / 20_000) / 11, stage="features")
    if "once" in words:
        memory = Path(task["input_file"] + ".once")
        if not memory.exists():
            memory.touch()
            os.kill(os.getpid(), signal.SIGKILL)


def main(perform: Callable[[dict[str, Any]], None] = analyse) -> None:
    faulthandler.enable()
    lines: list[str] = []
    arrived = threading.Condition()

    def listen() -> None:
        for line in sys.stdin:
            with arrived:
                lines.append(line)
                arrived.notify()
        os._exit(0)

    threading.Thread(target=listen, daemon=True).start()
    time.sleep(float(os.environ.get("PERFORMIA_FAKE_CHILD_WARM_UP", "0")))
    say("ready", pid=os.getpid())
    while True:
        with arrived:
            arrived.wait_for(lambda: lines)
            line = lines.pop(0)
        perform(json.loads(line))


if __name__ == "__main__":
    main()
