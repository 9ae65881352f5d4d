# SPDX-License-Identifier: Apache-2.0
"""Adapters over pydbus: BlueZ; systemd, NetworkManager, logind and MPRIS when needed. The only package that may speak
D-Bus. Nothing is loaded before the first question: a desktop demo needs no D-Bus."""
