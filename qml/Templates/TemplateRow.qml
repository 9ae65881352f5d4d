// SPDX-License-Identifier: Apache-2.0
// One row of an app's list: icon, one or two lines, a badge. The selected one is marked.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    required property string key
    required property string title
    required property string detail
    required property string glyph
    required property string badge
    required property bool chosen
    readonly property bool hasIcon: control.glyph !== ""
    // Qt's software renderer forgets the clip of a shape that lies wholly outside it (6.12), so such a one is hidden.
    readonly property real middle: control.y + control.height / 2 - control.ListView.view.contentY
    readonly property bool iconInView: control.middle > -14 && control.middle < control.ListView.view.height + 14
    text: control.title
    implicitHeight: 84
    Accessible.role: Accessible.ListItem
    Accessible.name: control.detail !== "" ? control.title + ", " + control.detail : control.title

    contentItem: Item {
        Rectangle {
            id: circle
            visible: control.hasIcon
            anchors.verticalCenter: parent.verticalCenter
            x: 12
            width: 52
            height: 52
            radius: 26
            color: control.chosen ? Style.accent : Style.raised

            Icon {
                anchors.centerIn: parent
                name: control.glyph
                visible: control.iconInView
                size: 28
                color: control.chosen ? Style.overAccent : Style.accent
            }
        }
        Column {
            anchors.verticalCenter: parent.verticalCenter
            anchors.left: control.hasIcon ? circle.right : parent.left
            anchors.leftMargin: control.hasIcon ? 14 : 12
            anchors.right: note.left
            anchors.rightMargin: 12

            Label {
                width: parent.width
                text: control.title
                font.pixelSize: Style.primary
                font.weight: control.chosen ? Font.DemiBold : Font.Normal
            }
            Label {
                width: parent.width
                visible: control.detail !== ""
                text: control.detail
                color: Style.muted
            }
        }
        Label {
            id: note
            anchors.verticalCenter: parent.verticalCenter
            anchors.right: parent.right
            anchors.rightMargin: 12
            width: Math.min(implicitWidth, parent.width * 0.3)
            text: control.badge
            color: Style.accent
        }
    }
    background: Rectangle {
        radius: 20
        color: control.down ? Style.pressed : control.chosen ? Style.raised : "transparent"
    }
}
