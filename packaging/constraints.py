"""Writes constraints.txt: the exact version of every package in the environments named, joined by markers.

``python packaging/constraints.py [PYTHON ...]`` reads the environment it runs in and those of the other
interpreters given (virtual environments of other Python versions with ``.[dev,bundle]`` installed). A package that
all of them have in one version is one line; otherwise each version says for which Python it is.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

HEADER = """\
# The exact versions that this program is built and tested with, on Python 3.11 to 3.13.
# Written by `make constraints`; pip install -c constraints.txt performia-desktop
"""
LEAVE_OUT = {"pip", "setuptools", "wheel", "performia-desktop"}


def packages(python: str) -> tuple[str, dict[str, str]]:
    """Return an environment's Python version ("3.11") and its packages' versions."""
    version = subprocess.run(
        [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.strip()
    listed = subprocess.run(
        [python, "-m", "pip", "list", "--format=json", "--exclude-editable"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    found = {item["name"].lower().replace("_", "-"): item["version"] for item in json.loads(listed)}
    return version, {name: version for name, version in found.items() if name not in LEAVE_OUT}


def lines(environments: dict[str, dict[str, str]]) -> list[str]:
    result = []
    for name in sorted(set().union(*environments.values())):
        versions = {python: found[name] for python, found in sorted(environments.items()) if name in found}
        if len(versions) == len(environments) and len(set(versions.values())) == 1:
            result.append(f"{name}=={next(iter(versions.values()))}")
            continue
        for wanted in sorted(set(versions.values())):
            pythons = [
                f"python_version == '{python}'" for python, version in versions.items() if version == wanted
            ]
            result.append(f"{name}=={wanted}; {' or '.join(pythons)}")
    return result


def main() -> None:
    environments = dict(packages(python) for python in [sys.executable, *sys.argv[1:]])
    target = Path(__file__).resolve().parent.parent / "constraints.txt"
    target.write_text(HEADER + "\n".join(lines(environments)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
