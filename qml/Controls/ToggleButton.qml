// SPDX-License-Identifier: Apache-2.0
// A switch of the car: filled when the car reports on, a dot while a wish is under way, dim while nothing is known.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Models
import Style

T.AbstractButton {
    id: control
    required property Setting setting
    property string glyph
    readonly property bool on: control.setting.known && control.setting.value > 0
    implicitWidth: 88
    implicitHeight: Style.target
    enabled: control.setting.known
    Accessible.role: Accessible.CheckBox
    Accessible.name: control.text
    Accessible.checked: control.on
    onClicked: control.setting.flip()

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.glyph
            size: 40
            color: control.on ? Style.overAccent : control.enabled ? Style.text : Style.muted
        }
        Rectangle {
            visible: control.setting.pending
            anchors.right: parent.right
            anchors.top: parent.top
            anchors.margins: 10
            width: 12
            height: 12
            radius: 6
            color: control.on ? Style.overAccent : Style.accent
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.on ? Style.accent : control.down ? Style.pressed : Style.raised
    }
}
