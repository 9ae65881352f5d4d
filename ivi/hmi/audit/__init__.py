# SPDX-License-Identifier: Apache-2.0
"""Looks at the drawn screen as a driver must be able to use it, and counts what each task takes off the road."""
