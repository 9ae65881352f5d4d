# SPDX-License-Identifier: Apache-2.0
"""Sources of vehicle data: CAN buses and recorded logs now; diagnostics and positioning join them later."""
