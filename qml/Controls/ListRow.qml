// SPDX-License-Identifier: Apache-2.0
// A line of a list that leads somewhere: what it is, how it is, and whether it is shown now.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

T.AbstractButton {
    id: control
    property string glyph
    property string detail
    property string mark // something short about it, at the end of its first line
    property bool chosen: false
    property color ink: Style.text
    property int lines: 1
    implicitHeight: Math.max(Style.target, words.implicitHeight + 20)
    Accessible.role: Accessible.PageTab
    Accessible.name: control.text
    Accessible.description: control.mark !== "" ? qsTr("%1, %2").arg(control.detail).arg(control.mark) : control.detail
    Accessible.selected: control.chosen

    contentItem: Item {
        Icon {
            id: sign
            anchors.left: parent.left
            anchors.leftMargin: 18
            anchors.verticalCenter: parent.verticalCenter
            name: control.glyph
            size: 34
            color: control.ink === Style.text && control.chosen ? Style.accent : control.ink
        }
        Column {
            id: words
            anchors.left: sign.right
            anchors.leftMargin: 16
            anchors.right: parent.right
            anchors.rightMargin: 14
            anchors.verticalCenter: parent.verticalCenter

            Label {
                readonly property real room: mark.visible ? mark.implicitWidth + 12 : 0
                width: parent.width
                leftPadding: Style.rtl ? room : 0
                rightPadding: Style.rtl ? 0 : room
                text: control.text
                font.weight: control.chosen ? Font.DemiBold : Font.Normal
                wrapMode: control.lines > 1 ? Text.WordWrap : Text.NoWrap
                maximumLineCount: control.lines
            }
            Label {
                width: parent.width
                visible: text !== ""
                text: control.detail
                color: Style.muted
            }
        }
        Label {
            id: mark
            objectName: control.objectName + "Mark"
            anchors.right: parent.right
            anchors.rightMargin: 14
            y: words.y
            visible: text !== ""
            text: control.mark
            color: Style.muted
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : control.chosen ? Style.raised : "transparent"

        Rectangle {
            visible: control.chosen
            anchors.left: parent.left
            anchors.verticalCenter: parent.verticalCenter
            width: 5
            height: parent.height - 36
            radius: 2.5
            color: Style.accent
        }
    }
}
