# SPDX-License-Identifier: Apache-2.0
"""A CAN bus between processes without kernel CAN: ``python -m simulator.bus`` serves it, ``IviBus`` joins it.

``can.Bus(interface="ivi", channel="can0")`` finds ``IviBus`` through the entry point group ``can.interface``. It is
imported on first use, because the server needs no python-can and stays small without it.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from simulator.bus.interface import IviBus

__all__ = ["IviBus"]


def __getattr__(name: str) -> type["IviBus"]:
    if name != "IviBus":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from simulator.bus.interface import IviBus  # noqa: PLC0415 - python-can costs 15 MB that the server saves

    return IviBus
