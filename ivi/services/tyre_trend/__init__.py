# SPDX-License-Identifier: Apache-2.0
"""Whether a tyre loses air, told apart from its warming and cooling."""
