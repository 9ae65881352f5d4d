# SPDX-License-Identifier: Apache-2.0
"""The off-board end of the store of apps: checks packages, lists them in the signed catalogue, serves them."""
