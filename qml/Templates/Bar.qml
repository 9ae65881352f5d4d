// SPDX-License-Identifier: Apache-2.0
// How much of a whole.
import QtQuick
import Style

Rectangle {
    id: root
    property real share: 0
    property color fill: Style.accent
    implicitHeight: 8
    radius: height / 2
    color: Style.track

    Rectangle {
        anchors.left: parent.left
        width: Math.max(parent.height, parent.width * Math.min(1, Math.max(0, root.share)))
        height: parent.height
        radius: parent.radius
        color: root.fill
        visible: root.share > 0
    }
}
