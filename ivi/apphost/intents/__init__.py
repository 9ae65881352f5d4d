# SPDX-License-Identifier: Apache-2.0
"""What drivers can say to apps: sentences from an app's folder, checked here, heard by the voice process."""
