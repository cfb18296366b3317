"""Makes the .deb with dpkg-deb: the bundle in /opt, a command in /usr/bin, and what a desktop wants to know.

The program's data is the user's and lies in the home directory, so installing, upgrading and removing touch none.
"""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from linux import files
from performia_desktop import __version__

PLACE: Final = Path("opt") / files.NAME
_ARCHITECTURES: Final = {"x86_64": "amd64", "aarch64": "arm64"}

_CONTROL: Final = """\
Package: {name}
Version: {version}
Architecture: {architecture}
Maintainer: The Performia Desktop founders <developers@performia.invalid>
Installed-Size: {kib}
Depends: {depends}
Recommends: fonts-dejavu-core | fonts-noto-core | fonts-liberation, shared-mime-info, hicolor-icon-theme
Section: sound
Priority: optional
Description: find the chords, key, tempo, beats and sections of recordings
 Drop songs on a window, get Song Maps: where the beats, bars, key, chords,
 sections, melody and bass of a recording are. Play along with the chart, put
 right what was heard wrong, and take it to other programs.
 .
 Everything happens on this computer: no account, no upload.
"""

_REFRESH: Final = """\
#!/bin/sh
# The desktop's indexes; systems without these tools find the files by themselves.
set -e
{condition}
command -v update-desktop-database >/dev/null && update-desktop-database -q /usr/share/applications || true
command -v gtk-update-icon-cache >/dev/null && gtk-update-icon-cache -q -f -t /usr/share/icons/hicolor || true
exit 0
"""

_COPYRIGHT: Final = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: Performia Desktop
Comment: What is bundled, and under which licences, stands in
 /{place}/_internal/performia_desktop/resources/notices.txt

Files: *
Copyright: The Performia Desktop founders
License: MIT

License: MIT
{licence}
"""


def build(
    folder: Path,
    work: Path,
    target: Path,
    machine: str,
    icons: Mapping[int, Path],
    manual: str,
    *,
    glibc: str,
    version: str = __version__,
    compression: tuple[str, ...] = ("-Zzstd", "-z12"),
) -> Path:
    """Make the package of the bundle in `folder` in the directory `target`; return its path.

    `glibc` is the version of the C library that it needs.
    """
    root = work / "deb"
    shutil.rmtree(root, ignore_errors=True)
    place = root / PLACE
    place.parent.mkdir(parents=True)
    subprocess.run(["cp", "-al", str(folder), str(place)], check=True)  # links: 300 MB need not be copied
    files.install(root / "usr", icons, manual)
    command = root / "usr" / "bin" / files.NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"/{PLACE}/{files.NAME}")
    documents = root / "usr" / "share" / "doc" / files.NAME
    documents.mkdir(parents=True)
    licence = (files.ROOT / "LICENSE").read_text(encoding="utf-8").partition("\n\n")[2]
    indented = "\n".join(f" {line}" if line.strip() else " ." for line in licence.strip().splitlines())
    (documents / "copyright").write_text(_COPYRIGHT.format(place=PLACE, licence=indented), encoding="utf-8")
    architecture = _ARCHITECTURES[machine]
    _control(root, architecture, version, glibc)
    target.mkdir(parents=True, exist_ok=True)
    package = target / f"{files.NAME}_{version}_{architecture}.deb"
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", *compression, "--build", str(root), str(package)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    shutil.rmtree(root)
    return package


def _control(root: Path, architecture: str, version: str, glibc: str) -> None:
    control = root / "DEBIAN"
    paths = [path for path in sorted(root.rglob("*")) if path.is_file() and not path.is_symlink()]
    sums = "".join(f"{_md5(path)}  {path.relative_to(root)}\n" for path in paths)
    size = sum(path.stat().st_size for path in paths)
    control.mkdir()
    depends = ", ".join(" | ".join(names) for names in files.libraries(brought_along=False))
    depends = depends.replace("libc6,", f"libc6 (>= {glibc}),")
    (control / "control").write_text(
        _CONTROL.format(
            name=files.NAME, version=version, architecture=architecture, kib=size // 1024, depends=depends
        ),
        encoding="utf-8",
    )
    (control / "md5sums").write_text(sums, encoding="utf-8")
    for name, condition in (
        ("postinst", '[ "$1" = configure ] || exit 0'),
        ("postrm", '[ "$1" = remove ] || exit 0'),
    ):
        script = control / name
        script.write_text(_REFRESH.format(condition=condition), encoding="utf-8")
        script.chmod(0o755)
    for path in [root, *root.rglob("*")]:
        if not path.is_symlink() and path.is_dir():
            path.chmod(0o755)


def _md5(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "md5").hexdigest()
