# SPDX-License-Identifier: Apache-2.0
"""Who may be heard: audio focus after Android Automotive, exclusive, rejected or ducked by kind."""
