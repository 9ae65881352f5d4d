# SPDX-License-Identifier: Apache-2.0
"""CAN: reading a bus, decoding frames by DBC into VSS values, and encoding actuations back to frames."""
