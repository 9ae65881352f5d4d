// SPDX-License-Identifier: Apache-2.0
// A line of a sheet: what, why, and a switch where there is a choice.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

T.AbstractButton {
    id: control
    required property string title
    required property string detail
    property bool choice: false
    property bool on: false
    implicitHeight: Math.max(Style.target, words.implicitHeight + Style.gap)
    enabled: control.choice
    text: control.title
    Accessible.role: control.choice ? Accessible.CheckBox : Accessible.StaticText
    Accessible.name: control.title
    Accessible.checked: control.on

    contentItem: Item {
        Column {
            id: words
            anchors.left: parent.left
            anchors.leftMargin: Style.gap
            anchors.right: track.visible ? track.left : parent.right
            anchors.rightMargin: Style.gap
            anchors.verticalCenter: parent.verticalCenter

            Label {
                width: parent.width
                wrapMode: Text.WordWrap
                maximumLineCount: 2
                text: control.title
            }
            Label {
                width: parent.width
                visible: text !== ""
                wrapMode: Text.WordWrap
                maximumLineCount: 3
                text: control.detail
                color: Style.muted
            }
        }
        Rectangle {
            id: track
            anchors.right: parent.right
            anchors.rightMargin: Style.gap
            anchors.verticalCenter: parent.verticalCenter
            visible: control.choice
            width: 84
            height: 48
            radius: 24
            color: control.on ? Style.accent : Style.track
            border.width: 2
            border.color: control.on ? Style.accent : Style.muted

            Rectangle {
                x: control.on ? parent.width - width - 6 : 6
                anchors.verticalCenter: parent.verticalCenter
                width: 36
                height: 36
                radius: 18
                color: control.on ? Style.overAccent : Style.muted
            }
        }
    }
    background: Rectangle {
        radius: Style.buttonRadius
        color: control.down ? Style.pressed : Style.surface
    }
}
