# SPDX-License-Identifier: Apache-2.0
"""The break timer: how long one has driven without a break."""
