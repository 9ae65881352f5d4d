# SPDX-License-Identifier: Apache-2.0
"""Pictures of every page without a car: the real screen on a stage, in front of a described car."""
