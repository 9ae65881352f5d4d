# SPDX-License-Identifier: Apache-2.0
"""From an app's template to what QML draws: plain values, numbers already in words, without any Qt."""
