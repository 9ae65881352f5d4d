// SPDX-License-Identifier: Apache-2.0
// A quiet sentence about what is held back; a touch explains why.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Models
import Style

T.AbstractButton {
    id: control
    required property string topic // of Why.ask
    property bool centred: false
    property int lines: 1
    property string glyph: "question"
    implicitHeight: Math.max(Style.target, words.implicitHeight + 16)
    implicitWidth: row.implicitWidth
    activeFocusOnTab: true
    Accessible.role: Accessible.Button
    Accessible.name: qsTr("%1. Why?").arg(control.text)
    onClicked: Why.ask(control.topic)

    contentItem: Item {
        Row {
            id: row
            x: Style.from(control.centred ? (parent.width - width) / 2 : 0, width, parent?.width ?? 0)
            anchors.verticalCenter: parent.verticalCenter
            spacing: 12

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: control.glyph
                size: 28
                color: Style.muted
            }
            Label {
                id: words
                width: Math.min(implicitWidth, control.width - 40)
                wrapMode: control.lines > 1 ? Text.WordWrap : Text.NoWrap
                maximumLineCount: control.lines
                text: control.text
                color: control.down ? Style.text : Style.muted
            }
        }
    }
}
