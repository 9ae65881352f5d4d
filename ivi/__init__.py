# SPDX-License-Identifier: Apache-2.0
"""The ivi in-vehicle infotainment runtime. Start reading at docs/ARCHITECTURE.md; packages are listed there top down."""

__version__ = "0.1.0"
