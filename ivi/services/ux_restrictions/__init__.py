# SPDX-License-Identifier: Apache-2.0
"""Driving state and the UX restrictions that follow from it, in Android Automotive's words."""
