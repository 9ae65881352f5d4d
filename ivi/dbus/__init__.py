# SPDX-License-Identifier: Apache-2.0
"""Adapters over pydbus: systemd, BlueZ, NetworkManager, logind, MPRIS. The only package that may speak D-Bus.

It holds no adapter yet: the first drive talks to no D-Bus service.
"""
