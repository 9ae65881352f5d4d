# SPDX-License-Identifier: Apache-2.0
"""The twin: settings that the fleet desires, and what the car reports of them."""
