# SPDX-License-Identifier: Apache-2.0
"""The car's uplink: a durable outbox, the MQTT session that empties it, and the telemetry that fills it."""
