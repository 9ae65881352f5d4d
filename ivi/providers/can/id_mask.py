# SPDX-License-Identifier: Apache-2.0
"""Which bits of an id tell a message: all of them, but for J1939 (SAE J1939-21) those of the parameter group.

A J1939 id holds priority (3 bits), parameter group (18) and source address (8). Any sender may send a group at any
priority, and below PDU format 240 the group's low byte is the destination.
"""

from collections.abc import Collection, Iterable

from cantools.database.can import Message

from ivi.providers.can.dbc import frame_key
from ivi.providers.can.frame import EXTENDED, ID_MASK
from ivi.providers.can.j1939 import PDU2, PROTOCOL

STANDARD = 0x7FF | EXTENDED  # 11 bits, and the kind of the id
EXACT = ID_MASK | EXTENDED
BROADCAST_GROUP, ADDRESSED_GROUP = 0x03FFFF00 | EXTENDED, 0x03FF0000 | EXTENDED


def id_mask(message: Message) -> int:
    """The bits that must agree."""
    if not message.is_extended_frame:
        return STANDARD
    if message.protocol != PROTOCOL:
        return EXACT
    return BROADCAST_GROUP if message.frame_id >> 16 & 0xFF >= PDU2 else ADDRESSED_GROUP


def id_filters(messages: Iterable[Message], wanted: Collection[int]) -> frozenset[tuple[int, int]]:
    """Id and mask of each message whose id is wanted."""
    found = ((frame_key(message), id_mask(message)) for message in messages)
    return frozenset((key & mask, mask) for key, mask in found if key in wanted)
