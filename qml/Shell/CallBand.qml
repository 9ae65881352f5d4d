// SPDX-License-Identifier: Apache-2.0
// A call: who, and one button to take it, one to end it. It makes no sound of its own: the phone does.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    objectName: "callBand"
    visible: Bands.shown === "call"
    implicitHeight: Style.target + 2 * Style.gap
    radius: Style.cardRadius
    color: Style.above
    border.width: Style.edgeStrong
    border.color: Style.accent
    Accessible.role: Accessible.Grouping
    Accessible.name: Telephone.call + ", " + Telephone.caller

    MouseArea {
        anchors.fill: parent
    }
    Icon {
        id: sign
        anchors.left: parent.left
        anchors.leftMargin: Style.margin
        anchors.verticalCenter: parent.verticalCenter
        name: "phone"
        size: 40
        color: Style.accent
    }
    Column {
        anchors.left: sign.right
        anchors.leftMargin: Style.margin
        anchors.right: buttons.left
        anchors.rightMargin: Style.gap
        anchors.verticalCenter: parent.verticalCenter

        Label {
            objectName: "callState"
            width: parent.width
            text: Telephone.call
            color: Style.muted
        }
        Label {
            objectName: "callName"
            width: parent.width
            text: Telephone.caller
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
        }
    }
    Row {
        id: buttons
        anchors.right: parent.right
        anchors.rightMargin: Style.gap
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.gap

        PillButton {
            objectName: "callTake"
            visible: Telephone.ringing
            primary: true
            text: qsTr("Answer")
            onClicked: Telephone.take()
        }
        PillButton {
            objectName: "callEnd"
            text: Telephone.ringing ? qsTr("Decline") : qsTr("Hang up")
            onClicked: Telephone.end()
        }
    }
}
