#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes a checkout ready: Debian packages, .venv from the hashed lock, an editable install. Quick and offline when
# nothing changed.
#   tools/setup.sh [--run | --dev | --target]    for `make demo` | for tests and lint too (the default) | and the guest
#   tools/setup.sh --which-python                only says which interpreter it would take
# IVI_PYTHON names an interpreter; IVI_NO_PACKAGES=1 leaves the Debian packages alone.
set -euo pipefail
cd -P "$(dirname "$0")/.."
root=$PWD
export LC_ALL=C.UTF-8 # sort order and pip's output must not depend on the user
unset PYTHONHOME PYTHONPATH

stamp=.venv/.ivi-setup
lock_wait=900 # seconds; two `make` at once: the second waits for the first

say() { printf 'setup: %s\n' "$*"; }
die() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

# ---- interpreter ----------------------------------------------------------------------------------------------------

# Runs a candidate and prints the real executable. A pyenv shim of a version that is not selected exits 127; a pyenv
# build without headers lacks modules; Debian's python3 lacks ensurepip until python3-venv is there.
probe_code='
import sys
if sys.version_info < (3, 12):
    sys.exit(3)
import ctypes, ensurepip, os, sqlite3, ssl, venv
print(os.path.realpath(getattr(sys, "_base_executable", None) or sys.executable))'

probe() {
    timeout 20 "$1" -I -c "$probe_code" 2>/dev/null </dev/null
}

candidates() { # one a line: PATH first, then pyenv's folders, the versions of the lock before newer ones
    local name folder wanted roots
    if [ -n "${IVI_PYTHON:-}" ]; then
        echo "$IVI_PYTHON"
        return
    fi
    for name in python3.13 python3.12 python3 python3.14 python; do
        type -aP "$name" || true # every place on PATH: a shim may hide a working one
    done
    # pyenv's root: as it says, or beside the shims on PATH, or in the home folder.
    mapfile -t roots < <(
        printf '%s\n' "${PYENV_ROOT:-}"
        tr ':' '\n' <<<"$PATH" | sed -n 's,/shims/*$,,p'
        printf '%s\n' "${HOME:-}/.pyenv"
    )
    for wanted in '3\.13' '3\.12' '3\.(1[4-9]|[2-9][0-9])'; do
        for folder in "${roots[@]}"; do
            [ -d "$folder/versions" ] || continue
            { ls -1 "$folder/versions" || true; } | { grep -E "^$wanted(\.|$)" || true; } | sort -rV |
                while read -r name; do echo "$folder/versions/$name/bin/python3"; done
        done
    done
}

find_python() {
    local candidate
    while read -r candidate; do
        if probe "$candidate"; then return 0; fi
    done < <(candidates)
    return 1
}

rejected() { # why each candidate that is new enough was not taken, one a line
    local candidate reason
    while read -r candidate; do
        reason=$(timeout 20 "$candidate" -I -c "$probe_code" 2>&1 >/dev/null </dev/null | tail -n 1 || true)
        [[ $reason != *Error:* ]] || echo "  not taken: $candidate: $reason"
    done < <(candidates)
}

no_python() {
    rejected >&2
    [ -z "${IVI_PYTHON:-}" ] || die "IVI_PYTHON=$IVI_PYTHON is no Python 3.12 or newer with venv, ssl and sqlite3."
    die "no Python 3.12 or newer (with venv, ssl and sqlite3) on PATH or in pyenv's versions folder. Install one:" \
        "  Debian 13, Raspberry Pi OS 13, Ubuntu 24.04 and newer:  sudo apt-get install python3 python3-venv" \
        "  Debian 12, Raspberry Pi OS 12, Ubuntu 22.04:            pyenv install 3.13" \
        "  Fedora:                                                 sudo dnf install python3" \
        "  or name one:                                            IVI_PYTHON=/path/to/python3.13 make demo"
}

# ---- Debian packages ------------------------------------------------------------------------------------------------

section() { # the lines of [name] in the package list, without comments
    awk -v want="[$1]" '/^\[/ { on = ($1 == want); next } on && NF && $1 !~ /^#/ { print $1 }' tools/debian-packages.txt
}

missing() { # those of the given a|b names of which no alternative is installed
    local line installed
    installed=" $(dpkg-query -W -f='${db:Status-Status} ${Package}\n' | awk '$1 == "installed" { print $2 }' | tr '\n' ' ')"
    for line in "$@"; do
        local name found=
        for name in ${line//|/ }; do [[ $installed != *" $name "* ]] || found=yes; done
        [ -n "$found" ] || echo "$line"
    done
}

candidate_version() { # of a package in the release's lists
    apt-cache policy "$1" 2>/dev/null | sed -n 's/^  Candidate: \([^(].*\)/\1/p'
}

available() { # the first alternative that this release has; nothing when it has none
    local name
    for name in ${1//|/ }; do
        if [ -n "$(candidate_version "$name")" ]; then
            echo "$name"
            return
        fi
    done
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif [ -t 0 ]; then
        sudo "$@"
    else
        sudo -n "$@"
    fi
}

can_be_root() {
    [ "$(id -u)" = 0 ] || { command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; }
}

install_packages() { # sections: installs what is missing; never fatal, because much runs without
    local wanted=() name line found=() unknown=()
    [ -z "${IVI_NO_PACKAGES:-}" ] || return 0
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        [ -f "$stamp" ] || say "no apt-get here: install what tools/debian-packages.txt lists in your distribution's way"
        return 0
    fi
    for name in "$@"; do
        while read -r line; do wanted+=("$line"); done < <(section "$name")
    done
    mapfile -t wanted < <(missing "${wanted[@]}")
    [ "${#wanted[@]}" -gt 0 ] || return 0
    if can_be_root; then
        say "Debian packages: ${wanted[*]}"
        # 9>&-: a service that a package starts must not keep our lock.
        as_root apt-get update -q >build/setup-apt.log 2>&1 9>&- ||
            say "apt-get update complained (build/setup-apt.log); going on with the lists that are there"
    fi
    for line in "${wanted[@]}"; do
        name=$(available "$line")
        if [ -n "$name" ]; then found+=("$name"); else unknown+=("$line"); fi
    done
    if ! can_be_root; then
        say "these Debian packages are missing and need an administrator; going on without. This line installs them:"
        say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends $(printf "%s " "${found[@]}" "${unknown[@]%%|*}")"
        return 0
    fi
    [ "${#unknown[@]}" = 0 ] || say "not in this release, going on without: ${unknown[*]}"
    [ "${#found[@]}" -gt 0 ] || return 0
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${found[@]}" \
        >>build/setup-apt.log 2>&1 9>&- </dev/null ||
        say "apt-get install failed, going on without (build/setup-apt.log; 'ivi doctor' says what that means)"
}

distribution_python() { # Debian's own python3 is new enough: worth installing, or completing with python3-venv
    command -v apt-get >/dev/null && can_be_root || return 1
    [ -n "$(candidate_version python3)" ] || as_root apt-get update -q >build/setup-apt.log 2>&1 9>&- || true
    case "$(candidate_version python3)" in 3.1[2-9]* | 3.[2-9][0-9]*) return 0 ;; *) return 1 ;; esac
}

# ---- .venv ----------------------------------------------------------------------------------------------------------

fingerprint() { # what the environment in .venv depends on
    { cat pyproject.toml requirements/build.txt requirements/"$1".txt tools/setup.sh && echo "$root $1"; } | sha256sum | cut -c1-64
}

is_ready() { # mode: .venv was made from these very files and its interpreter still runs
    [ -f "$stamp" ] && grep -qx "$1 $(fingerprint "$1")" "$stamp" && .venv/bin/python -I -c '' 2>/dev/null && is_asked_for
}

is_asked_for() { # .venv has the interpreter that IVI_PYTHON names, if it names one
    [ -z "${IVI_PYTHON:-}" ] || [ "$(probe "$IVI_PYTHON")" = "$(probe .venv/bin/python)" ]
}

is_usable() { # .venv can be updated in place: it runs, and its scripts name this folder (it was not moved)
    [ -n "$(probe .venv/bin/python)" ] && is_asked_for && grep -qF "$root/.venv/bin/" .venv/bin/pip 2>/dev/null
}

pip_install() {
    .venv/bin/python -I -m pip --disable-pip-version-check --no-input install -qq "$@"
}

make_venv() { # mode
    local mode=$1 python version start=$SECONDS
    if is_usable; then
        say "updating .venv"
    else
        python=$(find_python) || no_python
        version=$("$python" -I -c 'import platform; print(platform.python_version())')
        say "making .venv with $python ($version)"
        rm -rf .venv
        "$python" -I -m venv .venv
    fi
    say "installing $(grep -c '==' requirements/"$mode".txt) hashed Python packages ($([ "$mode" = run ] && echo 100 || echo 400) MB the first time)"
    rm -f "$stamp"
    # The build tools first: what is published as source only is built with them, not with something fetched unhashed.
    pip_install --require-hashes -r requirements/build.txt
    pip_install --require-hashes --no-build-isolation -r requirements/"$mode".txt
    pip_install --no-deps --no-build-isolation --editable .
    { echo "$mode $(fingerprint "$mode")"; [ "$mode" = run ] || echo "run $(fingerprint run)"; } >"$stamp"
    say ".venv is ready ($((SECONDS - start)) s)"
}

# ---------------------------------------------------------------------------------------------------------------------

mode=dev
target=
case "${1:---dev}" in
    --run) mode=run ;;
    --dev) ;;
    --target) target=target ;;
    --which-python)
        find_python || no_python
        exit 0
        ;;
    *) die "usage: tools/setup.sh [--run | --dev | --target | --which-python]" ;;
esac

mkdir -p build
if command -v flock >/dev/null; then
    exec 9>build/.setup.lock
    flock -w "$lock_wait" 9 || die "another set-up has been running for $lock_wait s (build/.setup.lock)"
fi

sections=(run)
[ "$mode" = run ] || sections+=(dev)
[ -z "$target" ] || sections+=(target)
if ! is_ready "$mode" && ! find_python >/dev/null && distribution_python; then
    sections+=(python)
fi
install_packages "${sections[@]}"
is_ready "$mode" || make_venv "$mode"
