"""Feeds damaged recordings to the real analysis child, and counts what comes of them.

Every number is one file: its format, and what is done to it, follow from the number alone. From a shell:

    python -m tests.security.fuzz --first 0 --count 10000 --seconds 480
    python -m tests.security.fuzz --first 17 --count 1 --keep /tmp/x    the one file, and what came of it

"""

from __future__ import annotations

import argparse
import collections
import random
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import psutil

from performia_desktop.jobs.child import Child, default_command
from performia_desktop.protocol import Analyse, Done, Failed, Progress, ProtocolError
from performia_desktop.songmap.file import check
from tests.security import recordings

MEMORY = 1 << 30
SMALL_CONSTANT = 2.0
"""Seconds of the processor that a file may take beyond twice its length."""
_HUNG = 60.0  # seconds on the clock, on however busy a machine
_NUMBERS = (
    0,
    1,
    2,
    0x7F,
    0x80,
    0xFF,
    0x7FFF,
    0x8000,
    0xFFFF,
    0x7FFFFFFF,
    0x80000000,
    0xFFFFFFFF,
    2**63,
    2**64 - 1,
)

Mutation = Callable[[random.Random, bytearray], bytearray]


@dataclass
class Result:
    """What came of one file: "complete", a code of protocol.FAILURE_CODES, "crashed: SIGSEGV", ..."""

    number: int
    format: str
    outcome: str
    length: float
    cpu: float
    details: str = ""
    handles: int = 0
    """Files that the child has open afterwards; 0 where it has ended."""

    @property
    def bad(self) -> str:
        """Why it must not be so, empty if it may."""
        if self.outcome.partition(":")[0] in {"bug", "hung", "crashed", "nonsense", "missing", "permission"}:
            return self.outcome
        if self.cpu > 2 * self.length + SMALL_CONSTANT:
            return f"{self.cpu:.1f} s of processor for {self.length:.1f} s of sound"
        return ""


@dataclass
class Tally:
    """Results by format and outcome."""

    counts: dict[str, collections.Counter[str]] = field(default_factory=dict)
    bad: list[Result] = field(default_factory=list)
    files: int = 0
    slowest: float = 0.0
    handles: list[int] = field(default_factory=list)

    def add(self, result: Result) -> None:
        self.files += 1
        self.slowest = max(self.slowest, result.cpu)
        if result.handles:
            self.handles.append(result.handles)
        self.counts.setdefault(result.format, collections.Counter())[result.outcome] += 1
        if result.bad:
            self.bad.append(result)

    def table(self) -> str:
        outcomes = sorted({outcome for counter in self.counts.values() for outcome in counter})
        lines = ["format".ljust(11) + "".join(outcome.rjust(max(10, len(outcome) + 2)) for outcome in outcomes)]
        total: collections.Counter[str] = collections.Counter()
        for name, counter in sorted(self.counts.items()):
            total.update(counter)
            lines.append(_row(name, counter, outcomes))
        return "\n".join([*lines, _row("all", total, outcomes), f"slowest: {self.slowest:.2f} s of processor"])


def _row(name: str, counter: collections.Counter[str], outcomes: list[str]) -> str:
    return name.ljust(11) + "".join(str(counter[o] or "-").rjust(max(10, len(o) + 2)) for o in outcomes)


# ---------------------------------------------------------------- what is done to a file


def _head(data: bytearray) -> int:
    return min(len(data), 512)


def _bytes(rng: random.Random, data: bytearray) -> bytearray:
    """Set a few bytes of the header to anything."""
    for _ in range(rng.randint(1, 8)):
        data[rng.randrange(_head(data))] = rng.choice((rng.randrange(256), 0, 0xFF, 0x7F, 0x80))
    return data


def _bits(rng: random.Random, data: bytearray) -> bytearray:
    """Flip bits anywhere."""
    for _ in range(rng.choice((1, 4, 32, 256))):
        data[rng.randrange(len(data))] ^= 1 << rng.randrange(8)
    return data


def _number(rng: random.Random, data: bytearray) -> bytearray:
    """Put a number that programs stumble over into the header."""
    for _ in range(rng.randint(1, 2)):
        size = rng.choice((2, 4, 4, 8))
        value = (rng.choice(_NUMBERS) + rng.choice((0, 0, 1, -1))) % 2 ** (8 * size)
        at = rng.randrange(_head(data))
        data[at : at + size] = value.to_bytes(size, rng.choice(("little", "big")))
    return data


def _cut(rng: random.Random, data: bytearray) -> bytearray:
    return data[: rng.randint(1, len(data))]


def _behead(rng: random.Random, data: bytearray) -> bytearray:
    return data[rng.randint(1, _head(data)) :]


def _hole(rng: random.Random, data: bytearray) -> bytearray:
    """Zero, remove, repeat or scramble a piece."""
    at = rng.randrange(len(data))
    size = min(len(data) - at, rng.choice((16, 256, 4096)))
    piece = data[at : at + size]
    data[at : at + size] = rng.choice((bytes(size), b"", piece * rng.choice((2, 50)), rng.randbytes(size)))
    return data


def _splice(rng: random.Random, data: bytearray) -> bytearray:
    """Put the body of another format behind this one's header."""
    other = recording(rng.choice(recordings.FORMATS))
    at = rng.randrange(_head(data))
    return data[:at] + other[rng.randrange(len(other)) :]


def _chain(rng: random.Random, data: bytearray) -> bytearray:
    """Put another file, or garbage, behind this one, or before it."""
    other = rng.choice((bytes(data), recording(rng.choice(recordings.FORMATS)), rng.randbytes(5000)))
    return data + other if rng.random() < 0.7 else bytearray(other) + data


def _shuffle(rng: random.Random, data: bytearray) -> bytearray:
    """Exchange pieces."""
    size = rng.choice((64, 1024))
    pieces = [data[at : at + size] for at in range(0, len(data), size)]
    for _ in range(rng.randint(1, 4)):
        a, b = rng.randrange(len(pieces)), rng.randrange(len(pieces))
        pieces[a], pieces[b] = pieces[b], pieces[a]
    return bytearray(b"".join(pieces))


MUTATIONS: tuple[Mutation, ...] = (_bytes, _bits, _number, _cut, _behead, _hole, _splice, _chain, _shuffle)
_WEIGHTS = (5, 3, 5, 1, 1, 2, 1, 1, 1)


@cache
def _crc_table() -> list[int]:
    table = []
    for byte in range(256):
        value = byte << 24
        for _ in range(8):
            value = (value << 1 ^ (0x04C11DB7 if value & 0x80000000 else 0)) & 0xFFFFFFFF
        table.append(value)
    return table


def _seal_ogg(data: bytearray) -> bytearray:
    """Make the checksums of Ogg pages right again, as somebody who wants to reach the decoder would."""
    table, at = _crc_table(), data.find(b"OggS")
    while at >= 0 and at + 27 <= len(data):
        segments = data[at + 26]
        end = min(len(data), at + 27 + segments + sum(data[at + 27 : at + 27 + segments]))
        data[at + 22 : at + 26] = bytes(4)
        crc = 0
        for byte in data[at:end]:
            crc = (crc << 8 ^ table[crc >> 24 ^ byte]) & 0xFFFFFFFF
        data[at + 22 : at + 26] = crc.to_bytes(4, "little")
        at = data.find(b"OggS", end)
    return data


@cache
def recording(name: str) -> bytes:
    return recordings.make(name)


def hostile(number: int) -> tuple[str, bytes]:
    """Return the format and the content of a file."""
    rng = random.Random(number)
    name = recordings.FORMATS[number % len(recordings.FORMATS)]
    data = bytearray(recording(name))
    for mutation in rng.choices(MUTATIONS, _WEIGHTS, k=rng.choice((1, 1, 2))):
        data = mutation(rng, data) or bytearray(b"\0")
    if data.startswith(b"OggS") and rng.random() < 0.7:
        data = _seal_ogg(data)
    return name, bytes(data)


# ---------------------------------------------------------------- the child


class Feeder:
    """One child at a time, kept warm from file to file; a new one where it ends."""

    def __init__(self, folder: Path, command: list[str] | None = None) -> None:
        self._folder = folder
        self._command = command or default_command(MEMORY)
        self._child: Child | None = None
        self._process: psutil.Process | None = None

    def close(self) -> None:
        if self._child is not None:
            self._child.kill()
            self._child.finish()
            self._child = None

    def feed(self, number: int, name: str, content: bytes) -> Result:
        """Analyse a file and say what came of it."""
        path = self._folder / f"{number}.{recordings.suffix(name)}"
        path.write_bytes(content)
        try:
            return self.feed_file(number, name, path)
        finally:
            path.unlink()

    def feed_file(self, number: int, name: str, path: Path) -> Result:
        if self._child is None:
            self._child = Child(self._command)
            self._process = psutil.Process(self._child.pid)
            next(self._child.messages())  # ready: the imports are not the file's
        child = self._child
        before = self._cpu()
        target = self._folder / f"{number}.json"
        task = Analyse(f"{number:08x}", str(path), str(target), str(self._folder / f"{number}.parts"))
        timer = threading.Timer(_HUNG, child.kill)
        began = time.monotonic()
        timer.start()
        answer: Done | Failed | None = None
        trouble = ""
        try:
            child.send(task)
            for message in child.messages():
                if isinstance(message, Done | Failed):
                    answer = message
                    break
                if not isinstance(message, Progress) or message.job_id != task.job_id:
                    trouble = f"nonsense: {message!r:.200}"
                    break
        except ProtocolError as error:
            trouble = f"nonsense: {error!r:.200}"
        except OSError:
            pass
        finally:
            timer.cancel()
            timer.join()
        cpu = self._cpu() - before
        if answer is None:
            ending = child.finish()
            self._child = None
            late = time.monotonic() - began >= _HUNG
            code = "hung" if late else ending.reason[0]
            outcome = trouble or (f"crashed: {ending.what}" if code == "crashed" else code)
            return Result(number, name, outcome, recordings.SECONDS, cpu, ending.details)
        if isinstance(answer, Failed):
            if answer.code in {"memory", "bug"}:
                self.close()
            details = answer.message + "\n" + answer.details
            return Result(number, name, answer.code, recordings.SECONDS, cpu, details, self._handles())
        check(target, task.job_id)
        target.unlink()
        return Result(
            number, name, "complete", max(recordings.SECONDS, answer.duration_sec), cpu, "", self._handles()
        )

    def _handles(self) -> int:
        if self._child is None or self._process is None:
            return 0
        return self._process.num_fds() if psutil.POSIX else self._process.num_handles()

    def _cpu(self) -> float:
        try:
            times = self._process.cpu_times() if self._process is not None else None
        except psutil.NoSuchProcess:
            return 0.0
        return times.user + times.system if times else 0.0


def run(folder: Path, first: int, count: int, seconds: float = float("inf"), children: int = 1) -> Tally:
    """Feed files number `first` and on, `count` of them or as many as there is time for."""
    tally = Tally()
    numbers = iter(range(first, first + count))
    lock = threading.Lock()
    end = time.monotonic() + seconds
    for name in recordings.FORMATS:  # FFmpeg's encoders, one after the other
        recording(name)

    def work() -> None:
        feeder = Feeder(folder)
        try:
            while time.monotonic() < end:
                with lock:
                    number = next(numbers, None)
                if number is None:
                    break
                result = feeder.feed(number, *hostile(number))
                with lock:
                    tally.add(result)
        finally:
            feeder.close()

    threads = [threading.Thread(target=work, name=f"feeder {n}") for n in range(children)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return tally


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.security.fuzz")
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--children", type=int, default=1)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    if options.keep:
        options.keep.write_bytes(hostile(options.first)[1])
    with tempfile.TemporaryDirectory() as folder:
        began = time.monotonic()
        tally = run(Path(folder), options.first, options.count, options.seconds, options.children)
    print(tally.table())
    print(f"{tally.files} files in {time.monotonic() - began:.0f} s")
    for result in tally.bad:
        print(f"\n--- {result.number} ({result.format}): {result.bad}\n{result.details[-3000:]}")
    return 1 if tally.bad else 0


if __name__ == "__main__":
    sys.exit(main())
