# SPDX-License-Identifier: Apache-2.0
"""The picture behind the car while the selector is in R: its own small link, its own source, its own watch.

It shares nothing with the rest of the screen but the window, so that no app, service, voice or uplink can delay it.
"""
