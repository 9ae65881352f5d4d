# SPDX-License-Identifier: Apache-2.0
"""A diagnostic tester: UDS (ISO 14229) and OBD-II (SAE J1979) over ISO-TP (ISO 15765-2), polite to the bus.

Needs the extra ``ivi[diag]``. The calls block and have deadlines; from an event loop, use a thread.
"""
