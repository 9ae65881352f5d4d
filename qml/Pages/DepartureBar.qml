// SPDX-License-Identifier: Apache-2.0
// What is done for the next departure; a touch opens the list.
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

T.AbstractButton {
    id: control
    objectName: "departureBar"
    property bool open: false
    implicitHeight: 84
    text: Departures.text
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("Departures. %1").arg(control.text)

    contentItem: Item {
        Icon {
            id: sign
            anchors.left: parent.left
            anchors.leftMargin: 22
            anchors.verticalCenter: parent.verticalCenter
            name: "clock"
            size: 38
            color: Departures.running ? Style.good : Style.text
        }
        Label {
            objectName: "departureText"
            anchors.left: sign.right
            anchors.leftMargin: 16
            anchors.right: onward.left
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            text: control.text
        }
        Label {
            id: onward
            anchors.right: parent.right
            anchors.rightMargin: 22
            anchors.verticalCenter: parent.verticalCenter
            text: control.open ? qsTr("Climate") : qsTr("Departures")
            color: Style.accent
            font.weight: Font.DemiBold
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : Style.surface
    }
}
