# SPDX-License-Identifier: Apache-2.0
"""What the driver has agreed to, and that nothing else leaves the car."""
