// SPDX-License-Identifier: Apache-2.0
// A quiet surface that groups what belongs together.
import QtQuick
import Style

Rectangle {
    color: Style.surface
    radius: Style.cardRadius
}
