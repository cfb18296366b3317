"""An analysis child that has been taken over by a file: it speaks the protocol, but not the truth.

The song's name says what it does, in words separated by dots; a song with none of them is done properly.

    flood           100 MB on stdout without a line's end
    longline        a line of 10 MB
    notutf8         a line of bytes that are no text
    deep            a line of 100,000 brackets
    huge            numbers that no float holds
    nan             a progress that is not a number
    nowhere         a stage that does not exist
    beyond          a progress of 5, then of -1, then done
    otherdone       Done about another job
    otherfailed     Failed about another job
    twice           Done, and once more for the next song to find
    chatterbox      Done, then garbage for the next song to find
    elsewhere       Done with a map at another place, which is there
    outside         Done with a path out of the data directory
    nomap           Done without a map
    emptymap        Done with an empty map
    brokenmap       Done with half a map
    wrongmap        Done with a map that is JSON, and no more
    deepmap         Done with a map of 100,000 brackets
    othermap        Done with the map of another job
    wildmap         Done with a map whose beats run backwards
    dirmap          Done with a folder in the map's place
    longtitle       Done with a title of half a megabyte
    badhash         Done with a hash that is none
    shout           100 MB on stderr, then done
    quiet           exits with status 0 and says nothing
    closes          closes its stdout and lives on
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "jobs"))

import fake_child
from fake_child import answer, finish, say, song_map

_Task = dict[str, Any]


def raw(data: bytes) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def sleep_for_ever() -> None:
    while True:
        time.sleep(60)


def flood(_task: _Task) -> None:
    for _ in range(100):
        raw(b"x" * (1 << 20))
    sleep_for_ever()


def done_with(task: _Task, content: str, **changes: Any) -> None:
    Path(task["song_map_path"]).write_text(content, encoding="utf-8")
    done(task, **changes)


def done(task: _Task, **changes: Any) -> None:
    fields: _Task = {
        "job_id": task["job_id"],
        "song_map_path": task["song_map_path"],
        "content_hash": "0" * 32,
        "duration_sec": 10.0,
        "title": "Song",
        "artist": None,
        "tempo_bpm": 120.0,
        "key": "C major",
    }
    say("done", **{**fields, **changes})


def elsewhere(task: _Task) -> None:
    other = Path(task["song_map_path"]).with_name("other.json")
    other.write_text(json.dumps(song_map(task["job_id"])), encoding="utf-8")
    done(task, song_map_path=str(other))


def twice(task: _Task) -> None:
    finish(task)
    answer(task)


def chatterbox(task: _Task) -> None:
    finish(task)
    raw(b"tra la la\n")


def beyond(task: _Task) -> None:
    for progress in (5.0, -1.0):
        say("progress", job_id=task["job_id"], progress=progress, stage="beat")
    finish(task)


def dirmap(task: _Task) -> None:
    Path(task["song_map_path"]).mkdir(exist_ok=True)
    done(task)


def closes(_task: _Task) -> None:
    sys.stdout.flush()
    os.close(1)
    sleep_for_ever()


def shout(task: _Task) -> None:
    for _ in range(100):
        os.write(2, b"y" * (1 << 20))
    finish(task)


DEEDS: dict[str, Callable[[_Task], None]] = {
    "flood": flood,
    "longline": lambda _: raw(b'{"type": "' + b"x" * 10_000_000 + b'"}\n'),
    "notutf8": lambda _: raw(b"\xff\xfe\x00\xd8\n"),
    "deep": lambda _: raw(b"[" * 100_000 + b"\n"),
    "huge": lambda task: raw(_line(task, "1e999")),
    "nan": lambda task: raw(_line(task, "NaN")),
    "nowhere": lambda task: say("progress", job_id=task["job_id"], progress=0.5, stage="\x1b[2Jnowhere"),
    "beyond": beyond,
    "otherdone": lambda task: done(task, job_id="ffffffff"),
    "otherfailed": lambda _: say("failed", job_id="ffffffff", code="bug", message="Ha.", details=""),
    "twice": twice,
    "chatterbox": chatterbox,
    "elsewhere": elsewhere,
    "outside": lambda task: done(task, song_map_path="/etc/passwd"),
    "nomap": done,
    "emptymap": lambda task: done_with(task, ""),
    "brokenmap": lambda task: done_with(task, json.dumps(song_map(task["job_id"]))[:300]),
    "wrongmap": lambda task: done_with(task, '{"id": "x", "beats": 7}'),
    "deepmap": lambda task: done_with(task, "[" * 100_000),
    "othermap": lambda task: done_with(task, json.dumps(song_map("ffffffff"))),
    "wildmap": lambda task: done_with(
        task, json.dumps({**song_map(task["job_id"]), "beats": [2.0, 1.0], "downbeats": []})
    ),
    "dirmap": dirmap,
    "longtitle": lambda task: done_with(task, json.dumps(song_map(task["job_id"])), title="x" * 500_000),
    "badhash": lambda task: done_with(task, json.dumps(song_map(task["job_id"])), content_hash="../../x"),
    "shout": shout,
    "quiet": lambda _: os._exit(0),
    "closes": closes,
}


def _line(task: _Task, number: str) -> bytes:
    text = json.dumps({"type": "progress", "job_id": task["job_id"], "progress": 0.5, "stage": "beat"})
    return text.replace("0.5", number).encode() + b"\n"


def analyse(task: _Task) -> None:
    words = Path(task["input_file"]).name.split(".")
    deed = next((DEEDS[word] for word in words if word in DEEDS), None)
    if deed is None:
        fake_child.analyse(task)
        return
    say("progress", job_id=task["job_id"], progress=0.0, stage="decode")
    deed(task)


if __name__ == "__main__":
    fake_child.main(analyse)
