// SPDX-License-Identifier: Apache-2.0
// Chooses an app's card.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    property bool chosen: false
    implicitWidth: Math.max(Style.target, name.implicitWidth + 20)
    implicitHeight: Style.target
    Accessible.role: Accessible.PageTab
    Accessible.name: control.text

    contentItem: Item {
        Label {
            id: name
            anchors.fill: parent
            horizontalAlignment: Text.AlignHCenter
            text: control.text
            color: control.chosen ? Style.text : Style.muted
            font.weight: control.chosen ? Font.DemiBold : Font.Normal
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : control.chosen ? Style.surface : "transparent"
    }
}
