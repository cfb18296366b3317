"""Tries what `make bundle` made where there is no Python: ``make smoke``, or ``python packaging/smoke_test.py``.

In a minimal system (minimal_root.py), as an ordinary user without network and sound: the archive's program opens its
window, takes a drop of three formats, analyses them, plays, exports, quits, and knows everything at the next start.
Then the Debian package is installed, upgraded over an older one with data, and removed, and the data stays. What
describes the program to a desktop is validated. Pictures and the times are left in build/smoke/.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parent))

import bundle
import manpage
from minimal_root import HOME, MinimalRoot, cache_folder
from screen import Screen, wait

from performia_desktop import __version__, demo

LEFT: Final = bundle.BUILD / "smoke"
DATA: Final = ".local/share/Performia Desktop"
FIRST_SONG_SECONDS: Final = 60.0
"""Six times what is promised: the machine may do other things at the same time. What it took is printed."""
_FORMATS: Final = ("chordpro", "midi", "musicxml", "jams", "csv", "reaper")

_begun = time.monotonic()
_times: dict[str, float] = {}


def say(sentence: str) -> None:
    print(f"{time.monotonic() - _begun:6.1f} s  {sentence}", flush=True)


def require(condition: object, sentence: str) -> None:
    if not condition:
        raise SystemExit(f"smoke test: {sentence}")


def main() -> None:
    shutil.rmtree(LEFT, ignore_errors=True)
    LEFT.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="performia-smoke-") as folder:
        system = MinimalRoot(Path(folder) / "root", cache_folder())
        require(not system.has_python(), f"the system has a Python: {system.has_python()}")
        say("a minimal system, without Python")
        libraries_are_declared(system)
        songs = write_songs(system)
        with closing(Screen()) as screen:
            try:
                archive(system, screen, songs)
                debian(system, screen, Path(folder))
            except BaseException:
                shutil.copytree(system.home / DATA, LEFT / "data", dirs_exist_ok=True)
                raise
    described()
    (LEFT / "times.json").write_text(json.dumps(_times, indent=1), encoding="utf-8")
    for name, seconds in _times.items():
        print(f"{name}: {seconds:.1f} s")
    print("smoke test: all is well")


def libraries_are_declared(system: MinimalRoot) -> None:
    """Every library that a file of the bundle asks for is in the bundle or in the minimal system."""
    unpack(system)
    program = f"{HOME}/performia-desktop-{__version__}"
    each = "while read f; do ldd \"$f\" | sed -n 's/ => not found//p'; done | sort -u"
    listed = system.run("sh", "-c", f"find {program} -name '*.so*' -type f | {each}").stdout.split()
    inside = {path.name for path in (system.home / program.rpartition("/")[2]).rglob("*.so*")}
    missing = sorted(set(listed) - inside)
    require(not missing, f"libraries that nobody declares: {missing}")
    say("every library it asks for is in the bundle or declared")


def unpack(system: MinimalRoot) -> None:
    [made] = bundle.DIST.glob(f"performia-desktop-{__version__}-linux-*.tar.zst")
    subprocess.run(["tar", "--zstd", "-xf", str(made), "-C", str(system.home)], check=True)
    system.own()
    os.sync()  # as an installer does; else the first start waits for the disk to take all this


def write_songs(system: MinimalRoot) -> list[str]:
    """Leave the demo song in the home directory: FLAC, and AAC and ALAC in M4A, each cut differently."""
    import av
    import numpy as np
    import soundfile

    music = system.home / "Music"
    music.mkdir()
    whole = music / "Tin Roof Morning.flac"
    demo.write(whole)
    samples, rate = soundfile.read(whole, dtype="float32", always_2d=True)
    for name, codec, seconds in (("short.m4a", "aac", 30), ("lossless.m4a", "alac", 20)):
        with av.open(str(music / name), "w", format="mp4") as container:
            stream = container.add_stream(codec, rate=rate, layout="stereo" if samples.shape[1] == 2 else "mono")
            assert isinstance(stream, av.AudioStream)
            part = np.ascontiguousarray(samples[: seconds * rate].T)
            frame = av.AudioFrame.from_ndarray(part, format="fltp", layout=stream.layout.name)
            frame.rate = rate
            resampled = av.AudioResampler(stream.format, stream.layout, rate, stream.frame_size or 1024).resample(
                frame
            )
            for packet in (packet for one in [*resampled, None] for packet in stream.encode(one)):
                container.mux(packet)
    system.own()
    return [f"{HOME}/Music/{name}" for name in (whole.name, "short.m4a", "lossless.m4a")]


@contextmanager
def window(system: MinimalRoot, screen: Screen, program: str) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """Open the program's window, place it, and see that it ends well; ended it must be by then."""
    log = (LEFT / "program.log").open("a", encoding="utf-8")
    process = subprocess.Popen(
        system.command([program], display=screen.display), stdout=log, stderr=subprocess.STDOUT, text=True
    )
    try:
        found = screen.window("Performia Desktop")
        screen.place(found, 0, 0, 1100, 640)
        yield found, process
        status = process.wait(60)
        require(status == 0, f"the program ended with {status}")
    except BaseException:
        screen.grab(LEFT / "failed.png")
        raise
    finally:
        process.kill()
        process.wait()
        log.close()
    said = (LEFT / "program.log").read_text(encoding="utf-8")
    require("Traceback" not in said and "Error" not in said, f"the program complained:\n{said}")


def archive(system: MinimalRoot, screen: Screen, songs: list[str]) -> None:
    """Try the unpacked archive with hands and eyes."""
    program = f"{HOME}/performia-desktop-{__version__}/performia-desktop"
    started = time.monotonic()
    with window(system, screen, program) as (main_window, _):
        _times["start of the window, the first time"] = time.monotonic() - started
        wait((system.home / DATA / "jobs.db").exists, "a database")
        say("the window is open")
        time.sleep(2)
        screen.grab(LEFT / "empty.png")
        dropped = screen.drag(songs, (500, 320))
        say("three songs are dropped")
        first = Path(songs[0]).name
        wait(lambda: jobs(system).get(first) == "complete", "a first song", pause=0.05, seconds=FIRST_SONG_SECONDS)
        _times["first song after a fresh install"] = time.monotonic() - dropped
        wait(lambda: list(jobs(system).values()) == ["complete"] * 3, f"three songs done: {jobs(system)}")
        say("all three are complete: FLAC, AAC, ALAC")
        screen.grab(LEFT / "songs.png")
        play(screen)
        export(system, program)
        screen.press(main_window, "ctrl+q")
    say("it quit")
    started = time.monotonic()
    with window(system, screen, program) as (main_window, _):
        _times["start of the window, again"] = time.monotonic() - started
        time.sleep(2)
        screen.grab(LEFT / "again.png")
        require(sorted(jobs(system).values()) == ["complete"] * 3, "a song was forgotten")
        screen.press(main_window, "ctrl+q")
    say("started again, it knows its songs")


def play(screen: Screen) -> None:
    """Open a song's window and see the picture move while it plays, and only then; there is no sound device."""
    screen.double_click(100, 133)  # the first row
    song = screen.window(demo.TITLE)
    screen.place(song, 0, 0, 1000, 700)
    pictures = LEFT / "song.png", LEFT / "song-later.png"

    def moves() -> bool:
        before = screen.grab(pictures[0])
        time.sleep(1)
        return before != screen.grab(pictures[1])

    time.sleep(1)
    wait(lambda: not moves(), "a song window that stands still", 30)
    screen.press(song, "space")
    wait(moves, "a song window that moves with the music", 20)
    wait(moves, "a song window that moves with the music", 5)
    shutil.copy(pictures[1], LEFT / "song-playing.png")
    screen.press(song, "space")
    wait(lambda: not moves(), "an end to the music", 20)
    screen.press(song, "ctrl+w")
    say("it plays without a sound device")


def export(system: MinimalRoot, program: str) -> None:
    """Write a song in several formats, through the window that is open."""
    listed: list[dict[str, Any]] = json.loads(system.run(program, "jobs", "--json").stdout)["jobs"]
    for kind in _FORMATS:
        (system.home / "out" / kind).mkdir(parents=True)
    system.own()
    names = [job["job_id"] for job in listed]
    for kind in _FORMATS:
        system.run(program, "export", *names, "--format", kind, "--output", f"{HOME}/out/{kind}/")
    written = [path for path in (system.home / "out").rglob("*") if path.is_file() and path.stat().st_size]
    require(len(written) >= 3 * len(_FORMATS), f"only {len(written)} exported files")
    say(f"{len(written)} files are exported")


def jobs(system: MinimalRoot) -> dict[str, str]:
    """Return the status of every song, by its file's name, from the database itself."""
    place = system.home / DATA / "jobs.db"
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as database:
            rows = database.execute("SELECT input_file, status FROM jobs").fetchall()
    except sqlite3.OperationalError:
        return {}
    return {Path(file).name: status for file, status in rows}


def debian(system: MinimalRoot, screen: Screen, work: Path) -> None:
    """Install an older package, make data with it, upgrade, look, remove, and look for the data."""
    [package] = bundle.DIST.glob(f"performia-desktop_{__version__}_*.deb")
    older = older_package(package, work)
    require(
        subprocess.run(["dpkg", "--compare-versions", "0.0.1", "lt", __version__], check=False).returncode == 0,
        "?",
    )
    for file in (older, package):
        shutil.copy(file, system.folder / "root" / file.name)
    system.run("dpkg", "-i", f"/root/{older.name}", root=True)
    done = system.run("performia-desktop", "analyze", f"{HOME}/Music/short.m4a", "--again", "--json")
    require(json.loads(done.stdout)["jobs"][0]["status"] == "complete", done.stdout)
    before = jobs_table(system)
    say("the older Debian package is installed, and has analysed a song")
    system.run("dpkg", "-i", f"/root/{package.name}", root=True)
    require(__version__ in system.run("performia-desktop", "--version").stdout, "it is not the new version")
    require(jobs_table(system) == before, "the upgrade changed the jobs")
    with window(system, screen, "performia-desktop") as (main_window, _):
        time.sleep(2)
        screen.grab(LEFT / "package.png")
        screen.press(main_window, "ctrl+q")
    for path in ("usr/share/applications/performia-desktop.desktop", "usr/share/man/man1/performia-desktop.1.gz"):
        require((system.folder / path).is_file(), f"/{path} is not there")
    say("upgraded, it has the data of the older one")
    system.run("dpkg", "--purge", "performia-desktop", root=True)
    require(not (system.folder / "opt" / "performia-desktop").exists(), "/opt/performia-desktop is left behind")
    require(not list((system.folder / "usr" / "share").rglob("*performia*")), "files are left in /usr/share")
    require((system.home / DATA / "jobs.db").is_file(), "the user's data is gone")
    require(jobs_table(system) == before, "the user's jobs are changed")
    say("removed, it leaves the user's data alone")


def older_package(package: Path, work: Path) -> Path:
    """Return the package as if it were version 0.0.1 (the same files, packed quickly)."""
    root = work / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(root)], check=True)
    control = root / "DEBIAN" / "control"
    control.write_text(control.read_text(encoding="utf-8").replace(f"Version: {__version__}", "Version: 0.0.1"))
    target = work / "older.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Znone", "--build", str(root), str(target)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(root)
    return target


def jobs_table(system: MinimalRoot) -> list[Any]:
    with closing(sqlite3.connect(f"file:{system.home / DATA / 'jobs.db'}?mode=ro", uri=True)) as database:
        return database.execute(
            "SELECT job_id, status, input_file, song_map_path FROM jobs ORDER BY job_id"
        ).fetchall()


def described() -> None:
    """Validate what a desktop reads about the program, its manual, and the shell scripts, those for macOS too."""
    from linux import files

    with tempfile.TemporaryDirectory() as folder:
        files.install(Path(folder), bundle.make_parts(), manpage.page())
        share = Path(folder) / "share"
        for command in (
            [
                "appstreamcli",
                "validate",
                "--no-net",
                str(share / "metainfo" / "org.performia.desktop.metainfo.xml"),
            ],
            ["shellcheck", *map(str, sorted((bundle.ROOT / "packaging").rglob("*.sh")))],
            ["desktop-file-validate", str(share / "applications" / "performia-desktop.desktop")],
            ["man", "--warnings", "-l", "-Tutf8", "-Z", str(share / "man" / "man1" / "performia-desktop.1.gz")],
        ):
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            complaints = done.stderr if command[0] == "man" else ""
            require(done.returncode == 0 and not complaints, f"{command[0]}:\n{done.stdout}\n{done.stderr}")
    say("metainfo, desktop entry, manual and scripts are valid")


if __name__ == "__main__":
    main()
