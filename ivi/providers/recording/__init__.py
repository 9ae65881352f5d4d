# SPDX-License-Identifier: Apache-2.0
"""Recording and measuring CAN traffic: bounded queues, rotating files, statistics."""
