# SPDX-License-Identifier: Apache-2.0
"""The operator's end: a programming interface and a page, the keys that sign, and what was issued until cars answer."""
