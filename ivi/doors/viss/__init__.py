# SPDX-License-Identifier: Apache-2.0
"""VISS v3 (COVESA Vehicle Information Service Specification) over WebSocket: get, set, subscribe, unsubscribe."""
