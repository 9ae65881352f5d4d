// SPDX-License-Identifier: Apache-2.0
// What is said where there is no content: an icon and a sentence.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Item {
    id: root
    property string glyph: "info"
    property string text
    property color ink: Style.muted

    Column {
        anchors.centerIn: parent
        width: Math.min(parent.width, 640)
        spacing: Style.gap

        Loader {
            anchors.horizontalCenter: parent.horizontalCenter
            active: root.visible
            sourceComponent: Icon {
                name: root.glyph
                size: 44
                color: root.ink
            }
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            maximumLineCount: Math.max(2, Math.min(8, Math.floor((root.height - 60) / 30)))
            text: root.text
            color: Style.muted
        }
    }
}
