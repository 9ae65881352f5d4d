# SPDX-License-Identifier: Apache-2.0
"""Recorded drives played through the same path as a live bus."""
