#!/bin/sh
# Packs "Performia Desktop.app" as a disk image with a link to Applications. Usage: packaging/macos/dmg.sh VERSION
# Written for macOS and not tried there (see packaging/README.md).
set -eu

version=${1:?Say which version it is: packaging/macos/dmg.sh 1.0.0}
cd "$(dirname "$0")/../.."
app="build/dist/Performia Desktop.app"
image="build/dist/performia-desktop-$version-macos-$(uname -m).dmg"
[ -d "$app" ] || { echo "There is no $app; make bundle makes it." >&2; exit 1; }

stage=$(mktemp -d)
trap 'rm -rf "$stage"' EXIT
cp -R "$app" "$stage/"
ln -s /Applications "$stage/Applications"
rm -f "$image"
hdiutil create -volname "Performia Desktop" -srcfolder "$stage" -fs HFS+ -format ULFO "$image"
[ -z "${IDENTITY:-}" ] || codesign --sign "$IDENTITY" --timestamp "$image"
echo "$image"
