# SPDX-License-Identifier: Apache-2.0
"""The store of apps in the car: the signed catalogue, and fetching an app for the app host to install."""
