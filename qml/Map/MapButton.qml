// SPDX-License-Identifier: Apache-2.0
// A button that lies on the map.
import QtQuick
import Controls
import Style

IconButton {
    id: control
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : control.filled ? Style.accent : Style.surface
        border.width: 1
        border.color: Style.line
    }
}
