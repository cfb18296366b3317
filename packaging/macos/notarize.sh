#!/bin/sh
# Signs "Performia Desktop.app", lets Apple notarise it, and staples the ticket.
# Usage: IDENTITY="Developer ID Application: ..." PROFILE=name packaging/macos/notarize.sh
#   IDENTITY  a certificate in the keychain        PROFILE  made once by `xcrun notarytool store-credentials`
# Written for macOS and not tried there (see packaging/README.md).
set -eu

: "${IDENTITY:?Say which certificate signs: IDENTITY=\"Developer ID Application: ...\"}"
: "${PROFILE:?Say under which name notarytool keeps the credentials: PROFILE=...}"
cd "$(dirname "$0")/../.."
app="build/dist/Performia Desktop.app"
entitlements=packaging/macos/entitlements.plist

# From the inside out: a signature covers those of what lies within.
find "$app/Contents" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
    xargs -0 -n 20 codesign --force --timestamp --options runtime --sign "$IDENTITY"
codesign --force --timestamp --options runtime --entitlements "$entitlements" --sign "$IDENTITY" "$app"
codesign --verify --deep --strict "$app"

archive=build/dist/notarise.zip
ditto -c -k --keepParent "$app" "$archive"
xcrun notarytool submit "$archive" --keychain-profile "$PROFILE" --wait
rm -f "$archive"
xcrun stapler staple "$app"
spctl --assess --type execute --verbose "$app"
