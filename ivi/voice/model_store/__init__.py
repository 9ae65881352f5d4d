# SPDX-License-Identifier: Apache-2.0
"""Speech models: which there are, fetching and checking them, and which one is used."""
