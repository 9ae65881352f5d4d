// SPDX-License-Identifier: Apache-2.0
// A button with an icon. `text` is its name for people who cannot see it, and for tests.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

T.AbstractButton {
    id: control
    property string glyph
    property color color: Style.text
    property real glyphSize: 36
    property bool flat: false
    property bool filled: false // with the accent, for the one button that counts
    implicitWidth: Style.target
    implicitHeight: Style.target
    Accessible.role: Accessible.Button
    Accessible.name: control.text

    contentItem: Item {
        Icon {
            anchors.centerIn: parent
            name: control.glyph
            size: control.glyphSize
            color: control.enabled ? control.color : Style.muted
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.filled ? Style.accent : control.down ? Style.pressed : control.flat ? "transparent" : Style.raised
    }
}
