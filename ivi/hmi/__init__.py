# SPDX-License-Identifier: Apache-2.0
"""The cabin screen: Qt view models fed over the link, and the QML engine that draws them. The only Qt code of ivi."""
