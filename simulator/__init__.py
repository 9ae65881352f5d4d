# SPDX-License-Identifier: Apache-2.0
"""A CAN bus without hardware (``simulator.bus``) and an electric car that drives on it (``simulator.vehicle``).

The simulator speaks CAN and nothing else: it imports no runtime package, and the runtime imports nothing from here.
"""
