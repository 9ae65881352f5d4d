#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Makes requirements/*.txt anew: every version pinned, every file hashed, no address of a registry in it.
# Valid for CPython 3.12 and newer on Linux, x86_64 and aarch64.   tools/lock.sh [--upgrade]
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

case "${1:-}" in
    '') upgrade=() ;;
    --upgrade) upgrade=(--upgrade) ;;
    *)
        echo "usage: tools/lock.sh [--upgrade]" >&2
        exit 2
        ;;
esac

# uv is not part of the development lock: only this script needs it.
if ! uv=$(command -v uv); then
    python=$(tools/setup.sh --which-python)
    uv=build/lock-venv/bin/uv
    [ -x "$uv" ] || { "$python" -m venv build/lock-venv && build/lock-venv/bin/python -m pip install -q 'uv>=0.9'; }
fi

compile() { # name, source and further arguments: one lock, from pyproject.toml
    local out="requirements/$1.txt" new="build/lock-$1.txt"
    shift
    rm -f "$new"
    [ ! -f "$out" ] || grep -v '^#' "$out" >"$new" # uv keeps the versions of an existing output file
    "$uv" pip compile "$@" --universal --python-version 3.12 --generate-hashes --no-header --no-emit-index-url \
        --no-sources --quiet --output-file "$new"
    if grep -nE '://|^--?[a-z]' "$new"; then
        echo "tools/lock.sh: $new names an address (above); nothing was changed" >&2
        exit 1
    fi
    {
        printf '# Made by tools/lock.sh from pyproject.toml; do not edit.\n'
        cat "$new"
    } >"$new.out"
    mv "$new.out" "$out"
    echo "$out: $(grep -c '==' "$out") packages"
}

mkdir -p build requirements
# The largest first; the others take the same versions.
compile dev pyproject.toml --extra dev --group build --annotation-style line "${upgrade[@]}"
compile run pyproject.toml --group build --no-annotate --constraint requirements/dev.txt
compile build --group build --no-annotate --constraint requirements/dev.txt
