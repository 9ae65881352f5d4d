# SPDX-License-Identifier: Apache-2.0
"""From words to an intent with slots, by sentence templates that are data."""
