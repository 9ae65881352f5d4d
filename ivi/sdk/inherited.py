# SPDX-License-Identifier: Apache-2.0
"""Descriptors that the host gave this app beside its link, by name; filled by ivi.sdk.boot before the app is loaded."""

descriptors: dict[str, int] = {}
