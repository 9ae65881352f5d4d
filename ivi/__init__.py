# SPDX-License-Identifier: Apache-2.0
"""The ivi in-vehicle infotainment runtime. docs/ARCHITECTURE.md lists its packages top down."""

__version__ = "0.1.0"
