# SPDX-License-Identifier: Apache-2.0
"""What data the fleet asks for: signed campaigns, checked, collected at the edge, and sent in columns."""
