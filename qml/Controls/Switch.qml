// SPDX-License-Identifier: Apache-2.0
// On or off, without a line of text of its own; SwitchRow has one. A dot says that the car has not answered yet.
import QtQuick
import QtQuick.Templates as T
import Style

T.Switch {
    id: control
    required property string name
    property bool pending: false
    implicitWidth: 100
    implicitHeight: Style.target
    activeFocusOnTab: true
    Accessible.role: Accessible.CheckBox
    Accessible.name: control.name
    Accessible.checkable: true
    Accessible.checked: control.checked

    indicator: Rectangle {
        anchors.centerIn: parent
        width: 84
        height: 48
        radius: 24
        color: !control.enabled ? Style.surface : control.checked ? Style.accent : control.down ? Style.pressed : Style.track
        border.width: 2
        border.color: control.enabled && control.checked ? Style.accent : Style.muted

        Rectangle {
            x: control.checked !== control.mirrored ? parent.width - width - 6 : 6
            anchors.verticalCenter: parent.verticalCenter
            width: 36
            height: 36
            radius: 18
            color: control.enabled && control.checked ? Style.overAccent : Style.muted

            Rectangle {
                visible: control.pending
                anchors.centerIn: parent
                width: 12
                height: 12
                radius: 6
                color: control.checked ? Style.accent : Style.surface
            }
        }
    }
}
