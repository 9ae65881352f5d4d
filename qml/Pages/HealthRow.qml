// SPDX-License-Identifier: Apache-2.0
// What the car says of itself; a touch leads to the page that explains what can be done.
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Navigation
import Style

T.AbstractButton {
    id: control
    objectName: "vehicleHealth"
    implicitHeight: Style.target
    text: Body.health
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    onClicked: Router.go("resolution", "")

    contentItem: Item {
        Icon {
            id: sign
            anchors.left: parent.left
            anchors.leftMargin: 20
            anchors.verticalCenter: parent.verticalCenter
            name: Body.sound ? "check" : Body.codes.known ? "warning" : "question"
            size: 36
            color: Body.sound ? Style.good : Body.codes.known ? Style.warn : Style.muted
        }
        Label {
            objectName: "healthText"
            anchors.left: sign.right
            anchors.leftMargin: 16
            anchors.right: onward.left
            anchors.rightMargin: 8
            anchors.verticalCenter: parent.verticalCenter
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            text: control.text
        }
        Icon {
            id: onward
            anchors.right: parent.right
            anchors.rightMargin: 16
            anchors.verticalCenter: parent.verticalCenter
            name: "forward"
            size: 28
            color: Style.muted
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : Style.surface
    }
}
