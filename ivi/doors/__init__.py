# SPDX-License-Identifier: Apache-2.0
"""Doors for other people's tools: Kuksa's gRPC and VISS over WebSocket, translated to our link, off the hot path."""
