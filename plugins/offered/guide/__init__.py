# SPDX-License-Identifier: Apache-2.0
"""The valley guide: plans a way on the roads of one valley, and guides along it."""
