# SPDX-License-Identifier: Apache-2.0
"""Telemetry on its way from the fleet's database to a column store that speaks ClickHouse's SQL."""
