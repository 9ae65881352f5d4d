# SPDX-License-Identifier: Apache-2.0
"""The media app: a list of tracks, one of them playing."""
