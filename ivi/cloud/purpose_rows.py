# SPDX-License-Identifier: Apache-2.0
"""The rows that wait, by what they are for: how many there are, and that none of a purpose leaves any more."""

from ivi.cloud.channels import Channel, Channels
from ivi.cloud.session import MqttSession


class PurposeRows:
    """A view of the channels of an uplink that has started."""

    def __init__(self, channels: Channels, session: MqttSession) -> None:
        self._channels, self._session = channels, session

    @property
    def purposes(self) -> set[str]:
        """The purposes that have a channel."""
        return {channel.purpose for channel in self._channels}

    def purge(self, purpose: str) -> int:
        """Give up every row of a purpose that was not acknowledged; returns how many. The fleet is told as a gap.

        What is in the MQTT client on its way to the broker goes with the connection, which is made anew.
        Raises IviError when the disk does not take it.
        """
        channels = self._of(purpose)
        if any(channel.sender.flying for channel in channels):
            self._session.cut("connecting again: what was not agreed to must not leave")
        return sum(channel.purge() for channel in channels)

    def renew(self, purpose: str) -> None:
        """Begin new streams for a purpose, which nobody can connect with those before. Raises IviError."""
        for channel in self._of(purpose):
            channel.renew()

    def streams(self, purpose: str) -> list[tuple[str, bytes]]:
        """The channels of a purpose with the ids of their streams, those of before and of damaged files too."""
        return [(channel.name, stream) for channel in self._of(purpose) for stream in channel.streams]

    def asked(self, purpose: str) -> None:
        """The request to delete its streams is on its way. Raises IviError."""
        for channel in self._of(purpose):
            channel.asked()

    def waiting(self, purpose: str) -> int:
        """Rows of a purpose that wait, also those in memory."""
        return sum(channel.waiting for channel in self._of(purpose))

    def _of(self, purpose: str) -> list[Channel]:
        return [channel for channel in self._channels if channel.purpose == purpose]
