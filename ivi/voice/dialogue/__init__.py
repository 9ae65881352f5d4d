# SPDX-License-Identifier: Apache-2.0
"""From an intent to what happens in the car and what is answered."""
