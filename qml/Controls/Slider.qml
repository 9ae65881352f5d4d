// SPDX-License-Identifier: Apache-2.0
// A value on a line. What was asked for and is not reported yet is drawn as an open knob.
import QtQuick
import QtQuick.Templates as T
import Style

T.Slider {
    id: control
    required property string name
    property bool pending: false
    implicitWidth: 320
    implicitHeight: Style.target
    leftPadding: 20
    rightPadding: 20
    activeFocusOnTab: true
    Accessible.role: Accessible.Slider
    Accessible.name: control.name

    background: Item {
        Rectangle {
            x: control.leftPadding
            anchors.verticalCenter: parent.verticalCenter
            width: control.availableWidth
            height: 12
            radius: 6
            color: Style.track
            border.width: 1
            border.color: Style.muted
        }
        Rectangle {
            x: control.leftPadding + (control.mirrored ? control.availableWidth - width : 0)
            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(height, control.position * control.availableWidth)
            height: 12
            radius: 6
            color: control.enabled ? Style.accent : Style.muted
        }
    }
    handle: Rectangle {
        x: control.leftPadding + control.visualPosition * control.availableWidth - width / 2
        y: (control.height - height) / 2
        width: 40
        height: 40
        radius: 20
        color: control.pending ? Style.surface : control.enabled ? Style.accent : Style.muted
        border.width: 4
        border.color: control.pending ? Style.accent : control.pressed ? Style.text : Style.surface
    }
}
