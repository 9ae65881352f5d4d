# SPDX-License-Identifier: Apache-2.0
"""The off-board end: takes what vehicles send, commits it once, and acknowledges it. Nothing on board imports this."""
