# SPDX-License-Identifier: Apache-2.0
"""Speech to text: a recogniser in a process of its own, because bad input can end it, and its supervisor."""
