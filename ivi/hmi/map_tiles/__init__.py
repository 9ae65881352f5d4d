# SPDX-License-Identifier: Apache-2.0
"""Map pictures for the screen, drawn from OpenStreetMap data before the drive; the screen itself only shows them."""
