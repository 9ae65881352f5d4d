#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# The guest's side of tools/target.sh: mount what the checkout handed in, run the checks, give everything back.
out=/mnt/host/out
limit=780 # seconds for all checks; less than the guest has, so that the results still come back
exec >/dev/ttyS1 2>&1
stty -F /dev/ttyS1 -opost

note() { # what, with the seconds since power-on
    read -r up _ </proc/uptime
    echo "guest: $* at $up s"
}

checks() {
    mount -o ro /dev/disk/by-id/virtio-tree /opt/ivi || return 90
    mount -o ro /dev/disk/by-id/virtio-venv /opt/ivi/.venv || return 90
    modprobe -a vcan can_raw can_isotp || return 90
    cd /opt/ivi || return 90
    set -f
    # shellcheck disable=SC2046  # one argument a line
    IFS='
' && set -- $(cat /mnt/host/arguments)
    unset IFS
    # shellcheck disable=SC2046  # one a line
    [ $# -gt 0 ] || set -- $(sed 's/#.*//' tests/target/guest/checks.txt)
    IVI_TARGET_OUT=$out timeout -k 10 "$limit" .venv/bin/python -m pytest -c tests/target/guest/pytest.ini --rootdir . --confcutdir . \
        -p tests.target.guest.plugin --junitxml "$out/junit.xml" "$@"
}

timeout 120 systemctl is-system-running --wait >"$out/system.txt"
note "system $(cat "$out/system.txt")"
systemd-analyze >"$out/boot.txt" 2>&1
checks
status=$?
journalctl -b --no-pager -o short-monotonic >"$out/journal.txt"
echo $status >"$out/status"
sync
# Not by way of PID 1, which waits for whatever a failed check has left behind. The disk is thrown away.
echo o >/proc/sysrq-trigger
sleep 30
