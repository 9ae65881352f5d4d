# SPDX-License-Identifier: Apache-2.0
"""Learning signals from frames: bits that follow an action, fields that follow a known value, and all fields."""
