"""Makes what is handed out: the program with everything it needs, as a folder, an archive and a Debian package.

``make bundle`` runs it. It draws the icons, writes the notices and the manual, lets PyInstaller collect the program
(performia.spec, prune.py), and on Linux packs it: build/dist/performia-desktop/, .tar.zst, .deb. On Windows and macOS
the folder or .app is what comes out, and windows/performia.iss and macos/dmg.sh pack it.
"""

from __future__ import annotations

import json
import platform
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
BUILD: Final = ROOT / "build"
MADE: Final = BUILD / "made"
DIST: Final = BUILD / "dist"
FOLDER: Final = DIST / "performia-desktop"

sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "packaging"))

import icons  # noqa: E402
import manpage  # noqa: E402
from linux import deb  # noqa: E402
from windows import version  # noqa: E402

from performia_desktop import __version__, notices  # noqa: E402


def main() -> None:
    pictures = make_parts()
    collect()
    if sys.platform == "linux":
        strip_python()
        report()
        folder, archive, package = FOLDER, pack(), debian_package(pictures)
        print(f"The program:  {folder.relative_to(ROOT)}/performia-desktop ({_mb(_weight(folder))})")
        for made in filter(None, (archive, package)):
            print(f"To hand out:  {made.relative_to(ROOT)} ({_mb(made.stat().st_size)})")
    else:
        report()


def make_parts() -> dict[int, Path]:
    """Write what the spec takes besides the program; return the icon's PNGs by size."""
    MADE.mkdir(parents=True, exist_ok=True)
    licences = ROOT / "packaging" / "licences"
    texts = [notices.computed(), *(path.read_text(encoding="utf-8") for path in sorted(licences.glob("*.txt")))]
    (MADE / "notices.txt").write_text("\n\n".join(texts), encoding="utf-8")
    (MADE / "version.txt").write_text(version.resource(), encoding="utf-8")
    return icons.draw(ROOT / "resources" / "icons" / "performia-desktop.svg", MADE)


def collect() -> None:
    """Let PyInstaller do its work, which it says only when it fails."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "ERROR"]
    command += ["--workpath", str(BUILD / "pyinstaller"), "--distpath", str(DIST)]
    done = subprocess.run(
        [*command, str(ROOT / "packaging" / "performia.spec")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        print(done.stdout[-4000:], done.stderr[-8000:], file=sys.stderr)
        raise SystemExit("PyInstaller could not make the bundle; what it said stands above.")


def strip_python() -> None:
    """Take the debugger's symbols out of Python's library, which some builds have; NumPy's OpenBLAS breaks by it."""
    for library in (FOLDER / "_internal").glob("libpython3*.so*"):
        before = library.stat().st_size
        subprocess.run(["strip", "--strip-unneeded", str(library)], check=True)
        saved = json.loads((BUILD / "saved.json").read_text())
        saved["The debugger's symbols of Python"] = before - library.stat().st_size
        (BUILD / "saved.json").write_text(json.dumps(saved, indent=1))


def report() -> None:
    """Say what each cut saved."""
    saved: dict[str, int] = json.loads((BUILD / "saved.json").read_text())
    for name, size in sorted(saved.items(), key=lambda item: -item[1]):
        print(f"  left out {_mb(size):>8}  {name}")


def pack() -> Path | None:
    """Return the folder as an archive that unpacks to performia-desktop-VERSION, or None without zstd."""
    if shutil.which("zstd") is None:
        print("There is no zstd here, so no archive was made.", file=sys.stderr)
        return None
    target = DIST / f"performia-desktop-{__version__}-linux-{platform.machine()}.tar.zst"
    command = ["tar", "--sort=name", "--owner=0", "--group=0", "--numeric-owner"]
    command += [f"--transform=s,^performia-desktop,performia-desktop-{__version__},", "-C", str(DIST)]
    command += ["-I", "zstd -12 --long=27 -T0", "-cf", str(target), FOLDER.name]
    subprocess.run(command, check=True)
    return target


def debian_package(pictures: dict[int, Path]) -> Path | None:
    if shutil.which("dpkg-deb") is None:
        print("There is no dpkg-deb here, so no Debian package was made.", file=sys.stderr)
        return None
    return deb.build(FOLDER, BUILD, DIST, platform.machine(), pictures, manpage.page(), glibc=oldest_glibc())


def oldest_glibc() -> str:
    """Return the version of the C library that the bundle needs at least."""
    found = {1}
    for path in FOLDER.rglob("*"):
        if path.is_file() and not path.is_symlink() and (".so" in path.name or path.name == FOLDER.name):
            found |= {int(minor) for minor in re.findall(rb"\0GLIBC_2\.(\d+)\0", path.read_bytes())}
    return f"2.{max(found)}"


def _weight(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink())


def _mb(size: int) -> str:
    return f"{size / 1e6:.1f} MB"


if __name__ == "__main__":
    main()
