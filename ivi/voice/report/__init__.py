# SPDX-License-Identifier: Apache-2.0
"""The report card: how well the assistant hears, measured with spoken sentences in the noises of a car."""
