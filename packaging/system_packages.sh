#!/bin/sh
# Makes sure that the libraries Qt needs, Xvfb, a font and Python's venv module are there.
# Debian and its children: installs what is missing, as root or through sudo. Elsewhere: says what is needed.
# Usage: packaging/system_packages.sh [PYTHON [bundle|smoke]]     SKIP_SYSTEM_PACKAGES=1 goes on without looking.
# With bundle or smoke also what making a bundle, or trying it, takes.
set -eu

python=${1:-python3}
[ -z "${SKIP_SYSTEM_PACKAGES:-}" ] || exit 0
[ "$(uname -s)" = Linux ] || exit 0   # the wheels for macOS and Windows bring everything

# One word each; of names parted by | one is enough, and the first that this release has is installed.
needed="$(sed '/^#/d; /^\[/d; /^$/d' "$(dirname "$0")/libraries.txt")
xvfb
fonts-dejavu-core|fonts-noto-core|fonts-liberation|fonts-liberation2|fonts-ubuntu|fonts-cantarell"
case ${2:-} in
    bundle) needed="$needed binutils zstd dpkg" ;;
    smoke) needed="$needed zstd dpkg mmdebstrap xdotool appstream desktop-file-utils man-db shellcheck" ;;
esac

if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    echo "This is not Debian or Ubuntu, so nothing was installed. Qt needs these libraries (Debian's names):" >&2
    echo "$needed" | tr ' ' '\n' | sed 's/|.*//' | tr '\n' ' ' | fold -s -w 100 | sed 's/^ */  /' >&2
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
