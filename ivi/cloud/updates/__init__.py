# SPDX-License-Identifier: Apache-2.0
"""Updates of apps, models, maps, DBC files and the runtime: found, checked, fetched, installed, watched, taken back."""
