# SPDX-License-Identifier: Apache-2.0
"""BlueZ's objects on a private bus: an adapter, two phones and a headset. Says `ready` and serves until it is ended."""

import sys
from typing import Any

import pydbus
from gi.repository import GLib


class Manager:
    """
    <node>
      <interface name="org.freedesktop.DBus.ObjectManager">
        <method name="GetManagedObjects">
          <arg type="a{oa{sa{sv}}}" direction="out"/>
        </method>
      </interface>
    </node>
    """

    def GetManagedObjects(self) -> Any:  # noqa: ANN401, N802  # D-Bus names it
        """Everything there is."""
        adapter = "/org/bluez/hci0"
        yes = GLib.Variant("b", True)
        phone = {"Alias": text("Mira's phone"), "Paired": yes, "Connected": yes, "Icon": text("phone")}
        other = {"Alias": text("Old phone"), "Paired": yes, "Class": GLib.Variant("u", 0x5A020C)}
        headset = {"Alias": text("Headset"), "Paired": yes, "Icon": text("audio-headset")}
        return {
            adapter: {"org.bluez.Adapter1": {"Alias": text("Our car"), "Powered": yes}},
            f"{adapter}/dev_1": {
                "org.bluez.Device1": phone,
                "org.bluez.Battery1": {"Percentage": GLib.Variant("y", 64)},
            },
            f"{adapter}/dev_2": {"org.bluez.Device1": other},
            f"{adapter}/dev_3": {"org.bluez.Device1": headset},
        }


def text(value: str) -> Any:  # noqa: ANN401  # GLib has no types
    """A string as D-Bus carries it."""
    return GLib.Variant("s", value)


if __name__ == "__main__":
    pydbus.SystemBus().publish("org.bluez", ("/", Manager()))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    GLib.MainLoop().run()
