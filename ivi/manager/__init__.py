# SPDX-License-Identifier: Apache-2.0
"""The process table, the start and stop order, and `ivi run`. `entry/` composes each process from the layers below."""
