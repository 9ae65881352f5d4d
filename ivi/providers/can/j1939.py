# SPDX-License-Identifier: Apache-2.0
"""J1939 ids: messages that a DBC marks so (VFrameFormat `J1939PG`) are known by their parameter group.

A 29-bit id holds priority (3 bits), parameter group (18) and source address (8); SAE J1939-21. Any sender at any
priority may send the group, and below PDU format 240 the group's low byte is the destination.
"""

from collections.abc import Mapping

from cantools.database.can import Message

from ivi.providers.can.dbc_lines import EXTENDED_FLAG

PROTOCOL = "j1939"  # cantools' word
PDU2 = 240  # PDU formats from here on are broadcasts; their low byte belongs to the group
NULL_ADDRESS = 0xFE  # the source address that DBCs write for "any"
MAX_ALIASES = 4096  # remembered ids; more are looked up each time, so that a babbling sender costs no memory


def parameter_group(key: int) -> int:
    """The parameter group number of an extended id."""
    group = key >> 8 & 0x3FFFF
    return group if group >> 8 & 0xFF >= PDU2 else group & 0x3FF00


class ParameterGroups:
    """Finds messages by parameter group."""

    def __init__(self, messages: Mapping[int, Message]) -> None:
        self._groups: dict[int, int] = {}
        self._aliases: dict[int, int] = {}
        unclear: set[int] = set()
        for key, message in messages.items():
            if message.protocol != PROTOCOL or not message.is_extended_frame:
                continue
            group = parameter_group(key)
            if group in self._groups and key & 0xFF != NULL_ADDRESS:
                # Two senders with messages of their own: only the ids themselves tell them apart.
                if self._groups[group] & 0xFF != NULL_ADDRESS:
                    unclear.add(group)
                continue
            unclear.discard(group)
            self._groups[group] = key
        for group in unclear:
            del self._groups[group]

    @property
    def keys(self) -> list[int]:
        """The messages that are known by their group."""
        return list(self._groups.values())

    def find(self, key: int) -> int | None:
        """The DBC's id of the message whose group this id names; None for a standard id, or when there is none."""
        return self._groups.get(parameter_group(key)) if key & EXTENDED_FLAG else None

    def remember(self, key: int, known: int) -> bool:
        """Note another id of a message; False when too many are noted already."""
        if len(self._aliases) >= MAX_ALIASES:
            return False
        self._aliases[key] = known
        return True

    def aliases(self, known: int) -> list[int]:
        """The other ids under which a message was seen."""
        return [alias for alias, key in self._aliases.items() if key == known]
