#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Builds the guest of `make test-target`: a Debian with a kernel that has CAN, and systemd as PID 1.
#   tools/target_image.sh         prints the folder with vmlinuz, initrd.img and disk.ext4; builds it when it is missing
#   tools/target_image.sh --key   prints the key of the image that this checkout asks for
# Nothing of ours is in it except the unit that hands over to the checkout (tests/target/guest/handover.service), so it
# is built again only when one of the files in `inputs` changes. IVI_TARGET_MIRROR names another Debian mirror than the
# one that this machine's apt has; IVI_TARGET_CACHE another folder than ~/.cache/ivi-target.
set -euo pipefail
cd -P "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

suite=trixie # Debian 13: Python 3.13, Linux 6.12, systemd 257
architecture=amd64
packages=tests/target/guest/packages.txt
handover=tests/target/guest/handover.service
inputs=(tools/target_image.sh "$packages" "$handover")
kept=3        # images that stay in the cache
limit=900     # seconds for the packages, on a slow mirror too
lock_wait=960 # seconds that a second run waits for the first

# Closed over their dependencies below. What is not named here cannot be loaded in the guest.
modules=(
    virtio_pci virtio_blk ext4 crc32c_generic                  # the disk
    virtio_console virtio_rng 9pnet_virtio 9p squashfs overlay # what the checkout hands in
    vcan vxcan can_raw can_bcm can_gw can_isotp can_j1939 can_dev slcan
    binfmt_misc configfs dm_mod efi_pstore autofs4 fuse # without them systemd calls the system degraded
    loop tun dummy veth nf_tables ip_tables x_tables uinput snd_dummy
)

say() { printf 'target image: %s\n' "$*" >&2; }
die() {
    say "$@"
    exit 1
}

key() { { cat "${inputs[@]}" && echo "$architecture"; } | sha256sum | cut -c1-16; }

mirror() { # of Debian, from this machine's own apt
    if [ -n "${IVI_TARGET_MIRROR:-}" ]; then
        echo "$IVI_TARGET_MIRROR"
        return
    fi
    # shellcheck disable=SC1091,SC2016  # the file is the machine's; apt fills in its own $(...)
    apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
        awk -F'|' -v own="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")" \
            '$1 == "Debian" && $2 == own && $3 == "main" { print $4; exit }'
}

lap() {
    say "$(printf '%-9s %4d s' "$1" "$((SECONDS - since))")"
    since=$SECONDS
}

bootstrap() { # debian's packages into $1, the kernel's package into $2
    local include
    include=$(awk '!/^#/ && NF { print $1 }' "$packages" | paste -sd,)
    # The kernel comes by itself: as an installed package it would want initramfs-tools, which takes minutes here.
    cat >"$2/fetch-kernel" <<'HOOK'
set -eu
export APT_CONFIG="$MMDEBSTRAP_APT_CONFIG"
cd "$(dirname "$0")"
name=$(apt-cache depends linux-image-amd64 | sed -n 's/^ *Depends: \(linux-image-[0-9].*\)/\1/p' | head -n 1)
apt-get -o APT::Sandbox::User=root -q download "$name"
HOOK
    timeout -k 10 "$limit" mmdebstrap --quiet --mode=root --variant=minbase --architectures="$architecture" \
        --include="$include" --aptopt='Acquire::Languages "none"' --dpkgopt='path-exclude=/usr/share/man/*' \
        --dpkgopt='path-exclude=/usr/share/doc/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
        --dpkgopt='path-exclude=/usr/share/info/*' --customize-hook="sh '$2/fetch-kernel'" \
        "$suite" "$1" "$3" >"$2/log" 2>&1 </dev/null || {
        tail -n 5 "$2/log" >&2
        die "no Debian $suite from the mirror of this machine's apt (IVI_TARGET_MIRROR names another)"
    }
}

module_file() { # name, underscores or dashes
    find "$kernel_modules" -name "${1//_/[-_]}.ko*" -print -quit
}

gather() { # modules: plain files of these and of all that they need, in the order of loading, into $gathered
    local name file need plain
    for name in "$@"; do
        [[ " ${seen[*]} " != *" ${name//-/_} "* ]] || continue
        seen+=("${name//-/_}")
        file=$(module_file "$name")
        [ -n "$file" ] || continue # built in, or not in this kernel: depmod and the checks would say
        plain="$gathered/kernel/$(basename "${file%.xz}")"
        if [ "$file" = "${file%.xz}" ]; then cp "$file" "$plain"; else xz -dc "$file" >"$plain"; fi
        need=$(modinfo -F depends "$plain")
        # shellcheck disable=SC2086
        [ -z "$need" ] || gather ${need//,/ }
        basename "$plain" >>"$gathered/order"
    done
}

make_initrd() { # mounts the disk, and that is all
    local folder=$1 out=$2 name
    mkdir -p "$folder"/{bin,proc,sys,dev,mnt,modules}
    cp "$(command -v busybox)" "$folder/bin/busybox"
    seen=() gathered=$folder/gathered
    mkdir -p "$gathered/kernel"
    gather virtio_pci virtio_blk ext4 crc32c_generic
    while read -r name; do mv "$gathered/kernel/$name" "$folder/modules/"; done <"$gathered/order"
    mv "$gathered/order" "$folder/modules/order"
    rm -r "$gathered"
    cat >"$folder/init" <<'INIT'
#!/bin/busybox sh
b=/bin/busybox
$b mount -t proc proc /proc
$b mount -t devtmpfs dev /dev
while read -r name; do $b insmod "/modules/$name"; done </modules/order
turns=0
while [ ! -b /dev/vda ] && [ $turns -lt 500 ]; do $b usleep 20000; turns=$((turns + 1)); done
$b mount -t ext4 -o rw,noatime /dev/vda /mnt || { echo "initrd: no disk"; $b poweroff -f; }
$b mount --move /dev /mnt/dev
$b umount /proc
exec $b switch_root /mnt /sbin/init
INIT
    chmod 755 "$folder/init"
    (cd "$folder" && find . | cpio -o -H newc --quiet | gzip -1) >"$out"
}

configure() { # the guest's own files; $1 is its root
    local name
    install -m 644 "$handover" "$1/etc/systemd/system/ivi-handover.service"
    mkdir -p "$1/mnt/host" "$1/opt/ivi"
    ln -s ../ivi-handover.service "$1/etc/systemd/system/multi-user.target.wants/ivi-handover.service"
    # A head unit has none of these either, and each costs part of a second under emulation.
    for name in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer fstrim.timer \
        getty@tty1.service serial-getty@ttyS0.service ldconfig.service systemd-update-done.service \
        systemd-hwdb-update.service systemd-journal-catalog-update.service; do
        ln -sf /dev/null "$1/etc/systemd/system/$name" # masked
    done
    rm -f "$1"/usr/lib/systemd/system-generators/*
    echo ivi-target >"$1/etc/hostname"
    printf '127.0.0.1 localhost ivi-target\n::1 localhost\n' >"$1/etc/hosts" # mmdebstrap writes none
    : >"$1/etc/fstab"
    rm -f "$1/etc/resolv.conf" "$1/etc/apt/sources.list"
    echo 0123456789abcdef0123456789abcdef >"$1/etc/machine-id"
    rm -rf "$1"/var/cache/apt/* "$1"/var/lib/apt/lists/*
}

build() { # into the folder $1
    local out=$1 uri version megabytes
    [ "$(id -u)" = 0 ] || die "building the guest needs root, once: sudo IVI_TARGET_CACHE=$cache tools/target_image.sh"
    [ "$(dpkg --print-architecture)" = "$architecture" ] || die "the guest is for $architecture machines only so far"
    for name in mmdebstrap busybox mke2fs modinfo depmod cpio xz apt-get; do
        command -v "$name" >/dev/null || die "$name is missing: tools/setup.sh --target installs it"
    done
    uri=$(mirror)
    [ -n "$uri" ] || die "this machine's apt has no Debian mirror; name one: IVI_TARGET_MIRROR=ADDRESS make test-target"
    work=$(mktemp -d "$cache/.work-XXXXXX") # not local: the trap runs when this function is over
    trap 'rm -rf "$work"' EXIT
    mkdir "$work"/{root,kernel,modules,initrd,out}
    chmod 755 "$work" "$work/root"
    since=$SECONDS

    bootstrap "$work/root" "$work" "$uri"
    lap packages
    dpkg-deb -x "$work"/linux-image-*.deb "$work/kernel"
    version=$(basename "$work"/kernel/boot/vmlinuz-*)
    version=${version#vmlinuz-}
    cp "$work/kernel/boot/vmlinuz-$version" "$work/out/vmlinuz"
    kernel_modules=$(find "$work/kernel" -type d -path "*/lib/modules/$version")
    make_initrd "$work/initrd" "$work/out/initrd.img"
    seen=() gathered=$work/root/usr/lib/modules/$version
    mkdir -p "$gathered/kernel"
    gather "${modules[@]}"
    rm "$gathered/order"
    cp "$kernel_modules"/modules.{builtin,builtin.modinfo,order} "$gathered/"
    depmod -b "$work/root" "$version"
    lap kernel

    configure "$work/root"
    megabytes=$(($(du -sm "$work/root" | cut -f1) * 12 / 10 + 256))
    mke2fs -q -t ext4 -O ^has_journal -m 0 -d "$work/root" "$work/out/disk.ext4" "${megabytes}M" >"$work/log" 2>&1
    lap disk
    echo "$suite, Linux $version" >"$work/out/version"
    rm -rf "$out"
    mv "$work/out" "$out"
    say "built in $out: $(du -sh "$out" | cut -f1) ($(cat "$out/version"))"
}

cache=${IVI_TARGET_CACHE:-${XDG_CACHE_HOME:-${HOME:?}/.cache}/ivi-target}
image=$cache/image-$(key)
case "${1:-}" in
    --key)
        key
        exit 0
        ;;
    '') ;;
    *) die "usage: tools/target_image.sh [--key]" ;;
esac
mkdir -p "$cache"
exec 9>"$cache/.lock"
flock -w "$lock_wait" 9 || die "another build has been running for $lock_wait s ($cache/.lock)"
if [ ! -f "$image/version" ]; then
    (build "$image") 9>&- >&2
    # Oldest first out, so that a cache that nobody looks after does not grow.
    find "$cache" -maxdepth 1 -name 'image-*' -printf '%T@ %p\n' | sort -rn | tail -n +$((kept + 1)) | cut -d' ' -f2- |
        while read -r old; do rm -rf "$old"; done
fi
echo "$image"
