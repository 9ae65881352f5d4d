// SPDX-License-Identifier: Apache-2.0
// How a switch stands. The row that it is in takes the touch.
import QtQuick
import Style

Rectangle {
    id: root
    property bool on: false
    implicitWidth: 64
    implicitHeight: 36
    radius: 18
    color: root.on ? Style.accent : Style.track
    border.width: root.on ? 0 : 2
    border.color: Style.muted

    Rectangle {
        x: root.on ? 32 : 6
        anchors.verticalCenter: parent.verticalCenter
        width: 26
        height: 26
        radius: 13
        color: root.on ? Style.overAccent : Style.muted
    }
}
