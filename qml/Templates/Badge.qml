// SPDX-License-Identifier: Apache-2.0
// The name of the app that is speaking.
import QtQuick
import Controls
import Style

Rectangle {
    id: root
    property alias text: label.text
    implicitWidth: Math.ceil(label.implicitWidth) + 58
    implicitHeight: 40
    radius: 20
    color: Style.raised

    Icon {
        x: 14
        anchors.verticalCenter: parent.verticalCenter
        name: "apps"
        size: 22
        color: Style.muted
    }
    Label {
        id: label
        anchors.fill: parent
        anchors.leftMargin: 42
        anchors.rightMargin: 14
        color: Style.muted
    }
}
