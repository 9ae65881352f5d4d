// SPDX-License-Identifier: Apache-2.0
// A button with words.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

T.AbstractButton {
    id: control
    property bool primary: false
    property color ground: Style.raised // of one that is not primary; another where it would be lost
    readonly property color ink: !control.enabled ? Style.muted : control.primary ? Style.overAccent : Style.text
    implicitWidth: Math.max(Style.target, label.implicitWidth + 2 * Style.margin)
    implicitHeight: Style.target
    Accessible.role: Accessible.Button
    Accessible.name: control.text

    contentItem: Item {
        Label {
            id: label
            anchors.fill: parent
            horizontalAlignment: Text.AlignHCenter
            text: control.text
            font.weight: Font.DemiBold
            color: control.ink
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.primary && control.enabled ? Style.accent : control.down ? Style.pressed : control.ground
        opacity: control.primary && control.down ? 0.8 : 1
    }
}
