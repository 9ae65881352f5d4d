# SPDX-License-Identifier: Apache-2.0
"""The trip book: distance and energy of each trip, kept in the car."""
