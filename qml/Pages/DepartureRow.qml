// SPDX-License-Identifier: Apache-2.0
// One departure: when, on which days, how warm; a touch edits it, the switch turns it on or off.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

T.AbstractButton {
    id: control
    required property string name
    required property string time
    required property string days
    required property string warmth
    required property bool used
    property bool editable: false
    implicitHeight: 88
    enabled: control.editable
    text: qsTr("%1, %2, %3").arg(control.time).arg(control.days).arg(control.warmth)
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    onClicked: Departures.edit(control.name)

    contentItem: Item {
        Label {
            id: clock
            anchors.left: parent.left
            anchors.leftMargin: 22
            anchors.verticalCenter: parent.verticalCenter
            width: 118
            text: control.time
            color: control.used ? Style.text : Style.muted
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: 42
        }
        Column {
            anchors.left: clock.right
            anchors.leftMargin: 12
            anchors.right: onOff.visible ? onOff.left : parent.right
            anchors.rightMargin: 12
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: control.days
                color: control.used ? Style.text : Style.muted
            }
            Label {
                width: parent.width
                text: control.warmth
                color: Style.muted
            }
        }
        T.AbstractButton {
            id: onOff
            objectName: "departureSwitch_" + control.name
            visible: control.editable
            anchors.right: parent.right
            anchors.rightMargin: 10
            anchors.verticalCenter: parent.verticalCenter
            width: 108
            height: Style.target
            text: qsTr("Use the departure at %1").arg(control.time)
            Accessible.role: Accessible.CheckBox
            Accessible.name: onOff.text
            Accessible.checked: control.used
            onClicked: Departures.flip(control.name)

            contentItem: Item {
                Rectangle {
                    anchors.centerIn: parent
                    width: 84
                    height: 48
                    radius: 24
                    color: control.used ? Style.accent : Style.track
                    border.width: 2
                    border.color: control.used ? Style.accent : Style.muted

                    Rectangle {
                        x: control.used ? parent.width - width - 6 : 6
                        anchors.verticalCenter: parent.verticalCenter
                        width: 36
                        height: 36
                        radius: 18
                        color: control.used ? Style.overAccent : Style.muted
                    }
                }
            }
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : Style.raised
    }
}
