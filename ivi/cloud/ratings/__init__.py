# SPDX-License-Identifier: Apache-2.0
"""What the driver thinks of apps: kept on board, and told to the fleet only as long as he agrees to it."""
