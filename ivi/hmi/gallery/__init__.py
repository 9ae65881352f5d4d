# SPDX-License-Identifier: Apache-2.0
"""Every kind of template in every state, without a car: to look at, to take pictures of, to test and to measure."""
