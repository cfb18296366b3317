#!/bin/sh
# Makes sure that the libraries Qt needs, Xvfb, a font and Python's venv module are there.
# Debian and its children: installs what is missing, as root or through sudo. Elsewhere: says what is needed.
# Usage: packaging/system_packages.sh [PYTHON]        SKIP_SYSTEM_PACKAGES=1 goes on without looking.
set -eu

python=${1:-python3}
[ -z "${SKIP_SYSTEM_PACKAGES:-}" ] || exit 0
[ "$(uname -s)" = Linux ] || exit 0   # the wheels for macOS and Windows bring everything

# One line each; of names parted by | one is enough, and the first that this release has is installed.
needed="
libglib2.0-0|libglib2.0-0t64
libgl1
libegl1
libdbus-1-3
libfontconfig1
libxkbcommon0
libxkbcommon-x11-0
libx11-xcb1
libxcb-cursor0
libxcb-icccm4
libxcb-image0
libxcb-keysyms1
libxcb-randr0
libxcb-render-util0
libxcb-shape0
libxcb-shm0
libxcb-sync1
libxcb-xfixes0
libxcb-xkb1
libpulse0
xvfb
fonts-dejavu-core|fonts-noto-core|fonts-liberation|fonts-liberation2|fonts-ubuntu|fonts-cantarell
"

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo "This is not Debian or Ubuntu, so nothing was installed. Qt needs these libraries (Debian's names):" >&2
    echo "$needed" | sed 's/|.*//' | tr '\n' ' ' | fold -s -w 100 | sed 's/^ */  /' >&2
    echo >&2
    exit 0
fi

if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    needed="$needed $version|python3-venv"
fi

installed=" $(dpkg-query -W -f '${db:Status-Status} ${Package}\n' | sed -n 's/^installed //p' | tr '\n' ' ')"
missing=
for choice in $needed; do
    found=
    for name in $(echo "$choice" | tr '|' ' '); do
        case $installed in *" $name "*) found=yes ;; esac
    done
    [ -n "$found" ] || missing="$missing $choice"
done
[ -n "$missing" ] || exit 0

root=
if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null 2>&1; then
        root=sudo
    else
        echo "These system packages are missing:$missing" >&2
        echo "Ask somebody with root to run 'apt-get install' for them (one name of each a|b), then run make again." >&2
        echo "SKIP_SYSTEM_PACKAGES=1 make ... goes on without them." >&2
        exit 1
    fi
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
fail() {
    tail -n 15 "$log" >&2
    echo "apt-get could not $1. Look at its message above, then run make again." >&2
    echo "SKIP_SYSTEM_PACKAGES=1 make ... goes on without these packages." >&2
    exit 1
}
quietly() { $root env DEBIAN_FRONTEND=noninteractive apt-get -q -y -o DPkg::Lock::Timeout=120 "$@" >"$log" 2>&1; }

quietly update || fail "refresh its package lists"
names=
for choice in $missing; do
    picked=
    for name in $(echo "$choice" | tr '|' ' '); do
        if [ -z "$picked" ] && apt-cache policy "$name" 2>/dev/null | grep -q '^  Candidate: [^(]'; then
            picked=$name
        fi
    done
    names="$names ${picked:-${choice##*|}}"
done
echo "Installing system packages:$names"
# shellcheck disable=SC2086
quietly install --no-install-recommends $names || fail "install them"
