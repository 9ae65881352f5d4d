# SPDX-License-Identifier: Apache-2.0
"""What the owner has bought, rented or may try, as the fleet has signed it; and what was used of it."""
