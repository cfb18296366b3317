"""A system with nothing but Debian's essential packages and the libraries that packaging/libraries.txt declares.

No Python, no network, no sound. It is made by mmdebstrap, kept as an archive until the list of libraries changes, and
entered by chroot in a mount namespace of its own, so that nothing stays mounted. Needs root.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from linux import files

USER: Final = 1000
HOME: Final = "/home/player"
_ENTER: Final = """
set -e
root=$1; shift
mount -t proc proc "$root/proc"
mount -t tmpfs tmpfs "$root/dev"
for device in null zero full random urandom; do
    touch "$root/dev/$device"
    mount --bind "/dev/$device" "$root/dev/$device"
done
ln -s /proc/self/fd "$root/dev/fd"
mkdir -m 1777 "$root/dev/shm"
if [ -d /tmp/.X11-unix ]; then
    mkdir -p "$root/tmp/.X11-unix"
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
fi
exec chroot "$root" "$@"
"""


class MinimalRoot:
    """One fresh system in `folder`, with an ordinary user."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        archive = _archive(cache)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        subprocess.run(["tar", "-xf", str(archive), "-C", str(folder)], check=True)
        self.home = folder / HOME.lstrip("/")
        self.home.mkdir(parents=True, mode=0o700)
        with (folder / "etc" / "passwd").open("a", encoding="utf-8") as passwd:
            passwd.write(f"player:x:{USER}:{USER}:Player:{HOME}:/bin/sh\n")
        self.own()

    def own(self) -> None:
        """Give everything in the home directory to the user."""
        subprocess.run(["chown", "-R", f"{USER}:{USER}", str(self.home)], check=True)

    def has_python(self) -> list[str]:
        """Return the paths of anything that is a Python (gdb's helpers for one are not)."""
        found = [
            path
            for folder in ("usr/bin", "usr/local/bin", "bin")
            for path in (self.folder / folder).glob("python*")
        ]
        found += list((self.folder / "usr" / "lib").rglob("libpython*"))
        return [str(path) for path in found]

    def command(self, program: Sequence[str], *, root: bool = False, display: str = "") -> list[str]:
        """Return the command line that runs a program inside, as the user unless `root`."""
        environment = [f"HOME={'/root' if root else HOME}", "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LANG=C.UTF-8"]
        environment += [f"DISPLAY={display}"] if display else []
        environment += ["DEBIAN_FRONTEND=noninteractive"] if root else []
        become = [] if root else ["setpriv", f"--reuid={USER}", f"--regid={USER}", "--clear-groups"]
        where = [] if root else ["--", "sh", "-c", f'cd {HOME} && exec "$@"', "sh"]
        inside = ["env", "-i", *environment, *become, *where, *program]
        return ["unshare", "--mount", "--net", "--", "sh", "-c", _ENTER, "sh", str(self.folder), *inside]

    def run(self, *program: str, root: bool = False, check: bool = True) -> subprocess.CompletedProcess[str]:
        """Run a program inside to its end."""
        done = subprocess.run(
            self.command(program, root=root), capture_output=True, text=True, check=False, timeout=300
        )
        if check and done.returncode:
            raise SystemExit(f"{' '.join(program)}: exit status {done.returncode}\n{done.stdout}\n{done.stderr}")
        return done


def _archive(cache: Path) -> Path:
    """Return the system as an archive, made now if it is not there."""
    if os.geteuid() != 0:
        raise SystemExit(
            "The smoke test makes a system of its own and enters it by chroot, which takes root: sudo make smoke"
        )
    names = [choice[0] for choice in files.libraries(brought_along=False)] + ["fonts-dejavu-core"]
    release = _release()
    key = hashlib.sha256(" ".join([release, *names]).encode()).hexdigest()[:12]
    target = cache / f"minimal-root-{release}-{key}.tar.zst"
    if target.exists():
        return target
    cache.mkdir(parents=True, exist_ok=True)
    for older in cache.glob("minimal-root-*"):
        older.unlink()
    unfinished = cache / f"unfinished-{os.getpid()}.tar.zst"
    command = ["mmdebstrap", "--variant=essential", "--mode=root", f"--include={','.join(names)}"]
    command += ["--dpkgopt=path-exclude=/usr/share/doc/*", "--dpkgopt=path-exclude=/usr/share/locale/*"]
    for _ in range(2):  # a mirror may be out of reach for a moment
        done = subprocess.run([*command, release, str(unfinished)], capture_output=True, text=True, check=False)
        if done.returncode == 0:
            unfinished.replace(target)
            return target
    print(done.stderr[-4000:], file=sys.stderr)
    raise SystemExit("mmdebstrap could not make the minimal system; what it said stands above.")


def cache_folder() -> Path:
    """Return where the archive is kept: with the user's caches, so that a new checkout need not fetch it again."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "performia-desktop-build"


def _release() -> str:
    """Return this system's release, e.g. bookworm: the bundle needs a C library as new as ours."""
    for line in Path("/etc/os-release").read_text(encoding="utf-8").splitlines():
        name, _, value = line.partition("=")
        if name == "VERSION_CODENAME":
            return value.strip('"')
    raise SystemExit("This system does not say which release it is, so none like it can be made.")
