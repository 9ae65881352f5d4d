# SPDX-License-Identifier: Apache-2.0
"""Who drives, and how the screen is for that driver."""
