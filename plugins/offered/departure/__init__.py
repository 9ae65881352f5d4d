# SPDX-License-Identifier: Apache-2.0
"""What to look at before one leaves: doors, windows, charge."""
