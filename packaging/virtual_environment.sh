#!/bin/sh
# Makes the virtual environment .venv with a Python that the program supports, unless a good one is there.
# Usage: packaging/virtual_environment.sh PYTHON
set -eu

python=$1
supported='import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))'
if .venv/bin/python -c "$supported" 2>/dev/null && .venv/bin/python -c 'import pip' 2>/dev/null; then
    exit 0
fi
if ! "$python" -c "$supported" 2>/dev/null; then
    echo "Performia Desktop needs Python 3.11, 3.12 or 3.13, and $python is $("$python" -V 2>&1)." >&2
    echo "Install one of them, then say: make PYTHON=python3.13" >&2
    exit 1
fi
"$python" -m venv --clear .venv
