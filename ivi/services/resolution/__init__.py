# SPDX-License-Identifier: Apache-2.0
"""Gathers what is off anywhere on board, explains it, and does the one thing that ends it."""
