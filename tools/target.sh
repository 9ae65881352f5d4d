#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# `make test-target`: boots a Debian guest once, under software emulation, and runs the checks in it that this machine's
# own kernel and service manager cannot run (docs/target.md). Exit status: the checks'.
#   tools/target.sh [pytest arguments]     instead of the whole list, e.g. tests/target/test_units.py -k watchdog
# Results lie in build/target: junit.xml, journal.txt, console.txt, figures.json.
set -euo pipefail
cd -P "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

limit=${IVI_TARGET_LIMIT:-900} # seconds from power-on to power-off; a quiet machine needs a fifth of that
cpus=2
memory=2048 # MiB

say() { printf 'target: %s\n' "$*"; }
die() {
    say "$@" >&2
    exit 1
}

for name in qemu-system-x86_64 mksquashfs; do
    command -v "$name" >/dev/null || die "$name is missing: tools/setup.sh --target installs it"
done
[ -x .venv/bin/python ] || die "there is no .venv: tools/setup.sh --target makes it"

started=$SECONDS
cache=${IVI_TARGET_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/ivi-target}
image=$(tools/target_image.sh) || exit 1
work=$(mktemp -d)
guest=
# shellcheck disable=SC2317  # the trap calls it
finish() {
    if [ -n "$guest" ]; then kill "$guest" 2>/dev/null || true; fi
    find build/target -mindepth 1 -delete
    cp -r "$work/share/out/." build/target/ 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
trap 'exit 130' INT TERM
mkdir -p "$work/share/out" "$cache" build/target
venv=$(.venv/bin/python tools/target_payload.py "$cache" "$work") || die "the guest's Python packages could not be made"
cp tests/target/guest/start.sh "$work/share/"
printf '%s\n' "$@" >"$work/share/arguments"
say "$(cat "$image/version"); prepared in $((SECONDS - started)) s; booting, at most $limit s"

# shellcheck disable=SC2054  # qemu's own commas
# Nehalem is x86-64-v2, enough for every wheel; what "max" has more than that is slower to emulate than to do without.
machine=(-M q35 -cpu Nehalem -smp "$cpus" -m "$memory" -nodefaults -no-user-config -display none -no-reboot
    # Software emulation on purpose, also where KVM is there: the same everywhere, and nobody may depend on it.
    -accel tcg,thread=multi,tb-size=512
    -kernel "$image/vmlinuz" -initrd "$image/initrd.img"
    -serial "file:$work/share/out/console.txt"
    -chardev stdio,id=checks,signal=off -serial chardev:checks
    -device virtio-rng-pci
    -fsdev "local,id=share,path=$work/share,security_model=none" -device virtio-9p-pci,fsdev=share,mount_tag=host)
disk() { # name, file, options
    machine+=(-drive "id=$1,file=$2,format=raw,if=none,$3" -device "virtio-blk-pci,drive=$1,serial=$1")
}
disk root "$image/disk.ext4" snapshot=on,cache=unsafe # every boot begins with the same disk
disk tree "$work/tree.sqfs" readonly=on
disk venv "$venv" readonly=on
machine+=(-append "console=ttyS0 root=/dev/vda rw panic=-1 quiet tsc=reliable no_timer_check mitigations=off audit=0 \
lsm=landlock,yama random.trust_cpu=on systemd.show_status=0")

booted=$SECONDS
# qemu's temporary copy-on-write file goes where there is room.
TMPDIR=$work timeout -k 10 "$limit" qemu-system-x86_64 "${machine[@]}" </dev/null &
guest=$!
wait "$guest" && ended=0 || ended=$?
guest=
status=$(cat "$work/share/out/status" 2>/dev/null || true)
if [ -z "$status" ]; then
    tail -n 20 "$work/share/out/console.txt" | tr -d '\r' >&2 || true
    [ "$ended" != 124 ] || die "the guest was not done after $limit s (the end of its console is above)"
    die "the guest ended without a result (qemu: $ended; the end of its console is above)"
fi
[ "$status" = 0 ] || say "failed ($status) after $((SECONDS - booted)) s in the guest; build/target has its journal" >&2
exit "$status"
