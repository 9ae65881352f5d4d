# SPDX-License-Identifier: Apache-2.0
"""Makes the cabin warm or cool in time for a departure."""
