// SPDX-License-Identifier: Apache-2.0
// A button of a page: icon, what it is, and how it is now. Filled when the car reports on; a dot while a wish is under way.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    property string glyph // of CarIcon
    property string symbol // of Controls.Icon
    property string detail
    property bool on: false
    property bool pending: false
    property bool alert: false
    property int level: -1 // dots of a heating, 0 to 3; none below 0
    readonly property color ink: control.on ? Style.overAccent : control.enabled ? Style.text : Style.muted
    readonly property color mark: control.alert && !control.on && control.enabled ? Style.warn : control.ink
    readonly property bool worded: width >= 196
    readonly property bool stacked: !worded && width >= 112 && height >= Style.target
    implicitWidth: 210
    implicitHeight: Style.target
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    Accessible.description: control.detail

    contentItem: Item {
        id: content
        readonly property int side: control.stacked ? 32 : 40
        readonly property real head: control.stacked ? (height - side - 6 - 28) / 2 : (height - side) / 2

        Item {
            id: sign
            x: Style.from(control.worded ? 20 : (content.width - width) / 2, width, parent?.width ?? 0)
            y: content.head - (control.level >= 0 && !control.stacked ? 5 : 0)
            width: content.side
            height: content.side

            CarIcon {
                visible: control.glyph !== ""
                name: control.glyph
                size: content.side
                color: control.mark
            }
            Icon {
                visible: control.symbol !== ""
                name: control.symbol
                size: content.side
                color: control.mark
            }
        }
        Row {
            visible: control.level >= 0 && !control.stacked
            anchors.horizontalCenter: sign.horizontalCenter
            anchors.top: sign.bottom
            anchors.topMargin: 4
            spacing: 4

            Repeater {
                model: 3

                Rectangle {
                    required property int index
                    width: 11
                    height: 5
                    radius: 2.5
                    color: control.ink
                    opacity: index < control.level ? 1 : 0.35
                }
            }
        }
        Column {
            visible: control.worded
            x: Style.from(76, width, parent?.width ?? 0)
            width: content.width - 88
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                text: control.text
                color: control.ink
                font.weight: Font.DemiBold
            }
            Label {
                width: parent.width
                visible: text !== ""
                text: control.detail
                color: control.on ? Style.overAccent : control.alert ? Style.warn : Style.muted
            }
        }
        Label {
            visible: control.stacked
            anchors.top: sign.bottom
            anchors.topMargin: 6
            anchors.horizontalCenter: parent.horizontalCenter
            width: Math.min(implicitWidth, content.width - 8)
            height: 28
            text: control.level > 0 ? control.detail : control.text
            color: control.ink
        }
        Rectangle {
            visible: control.pending
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
        opacity: control.on && control.down ? 0.8 : 1
    }
}
