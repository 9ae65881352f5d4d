# SPDX-License-Identifier: Apache-2.0
"""Value types, errors and wire messages. The lowest layer: it imports nothing else of ours, so apps may share it."""
