// SPDX-License-Identifier: Apache-2.0
// A page that has nothing to show: what is missing, in one sentence, and the way on.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Card {
    id: root
    property string glyph: "info"
    property string title
    property string text
    property string action // name of the way on; empty for none
    property string tag
    signal acted

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width - 2 * Style.margin, 720)
        spacing: Style.gap

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 112
            height: 112
            radius: 56
            color: Style.raised

            Icon {
                anchors.centerIn: parent
                name: root.glyph
                size: 52
                weight: 1.5
                color: Style.muted
            }
        }
        Label {
            objectName: root.tag + "Title"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            maximumLineCount: 2
            text: root.title
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
        }
        Label {
            objectName: root.tag + "Text"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            maximumLineCount: 3
            text: root.text
            color: Style.muted
        }
        Item {
            width: 1
            height: 4
            visible: root.action !== ""
        }
        PillButton {
            objectName: root.tag + "Action"
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.action !== ""
            text: root.action
            onClicked: root.acted()
        }
    }
}
