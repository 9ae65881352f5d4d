# SPDX-License-Identifier: Apache-2.0
"""oFono's objects on a private bus: one phone with a call that rings. Says `ready`, then what is done to the call."""

import sys
from typing import Any

import pydbus
from gi.repository import GLib

MODEM, CALL = "/hfp/phone", "/hfp/phone/voicecall01"


def say(line: str) -> None:
    """Write a line."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


class Manager:
    """
    <node>
      <interface name="org.ofono.Manager">
        <method name="GetModems"><arg type="a(oa{sv})" direction="out"/></method>
      </interface>
    </node>
    """

    def GetModems(self) -> Any:  # noqa: ANN401, N802  # D-Bus names it
        """A phone that makes calls, and a stick that does not."""
        faces = GLib.Variant("as", ["org.ofono.VoiceCallManager"])
        return [(MODEM, {"Interfaces": faces}), ("/stick", {"Interfaces": GLib.Variant("as", [])})]


class VoiceCallManager:
    """
    <node>
      <interface name="org.ofono.VoiceCallManager">
        <method name="GetCalls"><arg type="a(oa{sv})" direction="out"/></method>
      </interface>
    </node>
    """

    def GetCalls(self) -> Any:  # noqa: ANN401, N802  # D-Bus names it
        """The one call."""
        about = {"State": "incoming", "LineIdentification": "+497115550", "Name": "Anna"}
        return [(CALL, {key: GLib.Variant("s", value) for key, value in about.items()})]


class VoiceCall:
    """
    <node>
      <interface name="org.ofono.VoiceCall">
        <method name="Answer"/>
        <method name="Hangup"/>
      </interface>
    </node>
    """

    def Answer(self) -> None:  # noqa: N802  # D-Bus names it
        """Take it."""
        say("answered")

    def Hangup(self) -> None:  # noqa: N802  # D-Bus names it
        """End it."""
        say("ended")


if __name__ == "__main__":
    pydbus.SystemBus().publish("org.ofono", ("/", Manager()), (MODEM, VoiceCallManager()), (CALL, VoiceCall()))
    say("ready")
    GLib.MainLoop().run()
