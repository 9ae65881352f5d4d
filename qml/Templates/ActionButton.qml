// SPDX-License-Identifier: Apache-2.0
// A button of an app: one or two lines, with an icon when the app names one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    property string style: "normal"
    property string glyph
    readonly property bool marked: control.glyph !== "" && label.implicitWidth + 66 <= control.width
    readonly property bool primary: control.style === "primary"
    readonly property color ink: control.primary ? Style.overAccent : control.style === "danger" ? Style.bad : Style.text
    implicitWidth: Math.max(Style.target, label.implicitWidth + 48 + (control.glyph !== "" ? 40 : 0))
    implicitHeight: Style.target
    Accessible.role: Accessible.Button
    Accessible.name: control.text

    contentItem: Item {
        Row {
            anchors.centerIn: parent
            spacing: 10

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                visible: control.marked
                name: control.glyph
                size: 28
                color: control.ink
            }
            Label {
                id: label
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, control.width - (control.marked ? 62 : 24))
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.Wrap
                maximumLineCount: 2
                lineHeight: 0.92
                text: control.text
                font.weight: Font.DemiBold
                color: control.ink
            }
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.primary ? Style.accent : control.down ? Style.pressed : Style.raised
        opacity: control.primary && control.down ? 0.8 : 1
    }
}
