"""What is built holds what it needs, and what is pinned fits what is asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PINS = [
    line
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
]


def test_every_pin_is_one_exact_version_from_nowhere_in_particular() -> None:
    for line in PINS:
        assert re.fullmatch(r"[a-z0-9-]+==[0-9][\w.]*(; python_version == '3\.1[123]'( or .*)?)?", line), line


def test_everything_asked_for_is_pinned() -> None:
    extras = [line for group in PROJECT["optional-dependencies"].values() for line in group]
    names = {re.split(r"[^\w-]", line)[0].lower() for line in [*PROJECT["dependencies"], *extras]}
    pinned = {line.split("==")[0] for line in PINS}
    assert names - {"performia-desktop"} <= pinned


def test_pyside_stays_below_the_version_that_loses_none_on_old_pythons() -> None:
    old = [line for line in PROJECT["dependencies"] if line.startswith("PySide6") and "< '3.12'" in line]
    assert len(old) == 2
    assert all("<6.12" in line for line in old)
    [pin] = [line for line in PINS if line.startswith("pyside6-essentials")]
    assert pin.startswith("pyside6-essentials==6.11.")


def test_commands_are_declared_for_terminals_and_for_windows() -> None:
    assert PROJECT["scripts"] == {"performia-desktop": "performia_desktop.cli:main"}
    assert PROJECT["gui-scripts"] == {"performia-desktop-window": "performia_desktop.cli:main"}


def test_scripts_are_sound_shell() -> None:
    for script in [*(ROOT / "packaging").rglob("*.sh"), ROOT / ".ci" / "run"]:
        assert os.access(script, os.X_OK)
        subprocess.run(["bash", "-n", str(script)], check=True)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "wheel",
            "-q",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(folder),
            str(ROOT),
        ],
        check=True,
    )
    [path] = folder.glob("*.whl")
    return path


@pytest.mark.slow
def test_the_wheel_holds_the_program_and_its_resources(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    resources = {
        f"performia_desktop/resources/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }
    assert "performia_desktop/resources/song_map.schema.json" in resources
    assert resources <= names
    assert not [name for name in names if name.startswith(("tests/", "packaging/"))]
    assert {"performia_desktop/py.typed", "performia_desktop/cli/__init__.py"} <= names


@pytest.mark.slow
def test_installed_away_from_the_checkout_it_finds_its_resources(wheel: Path, tmp_path: Path) -> None:
    """The libraries come from this environment by a .pth file, so that nothing is downloaded."""
    home = tmp_path / "venv"
    venv.create(home, with_pip=False)
    python = home / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = subprocess.run(
        [python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    subprocess.run(
        [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--target", site, str(wheel)], check=True
    )
    ours = Path(PROJECT_LIBRARIES)
    (Path(site) / "libraries.pth").write_text(f"{ours}\n", encoding="utf-8")
    script = (
        "import performia_desktop\n"
        "from performia_desktop import demo\n"
        "from performia_desktop.assets import resource\n"
        "from performia_desktop.songmap.schema import validate\n"
        "import json\n"
        "validate(json.loads(json.dumps(demo.truth(5.0).to_json())))\n"
        "print(performia_desktop.__file__)\n"
        "print(resource('song_map.schema.json'))\n"
    )
    out = subprocess.run([python, "-c", script], cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    package, schema = map(Path, out.split("\n")[:2])
    assert package.is_relative_to(home)
    assert schema.is_relative_to(home)
    program = home / ("Scripts" if os.name == "nt" else "bin") / "performia-desktop"
    if not program.exists():  # --target puts scripts beside the packages
        program = Path(site) / "bin" / "performia-desktop"
    assert program.exists()


PROJECT_LIBRARIES = Path(pytest.__file__).resolve().parent.parent
