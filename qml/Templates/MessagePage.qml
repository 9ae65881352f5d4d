// SPDX-License-Identifier: Apache-2.0
// One thing said.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content
    readonly property bool roomy: height > 220

    Flickable {
        anchors.fill: parent
        contentHeight: Math.max(height, words.height)
        clip: true
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: words
            anchors.centerIn: parent
            width: Math.min(parent.width, 680)
            spacing: Style.gap

            Rectangle {
                anchors.horizontalCenter: parent.horizontalCenter
                visible: Boolean(root.content.glyph) && root.roomy && root.content.text.length < 200
                width: 88
                height: 88
                radius: 44
                color: Style.raised

                Icon {
                    anchors.centerIn: parent
                    name: root.content.glyph ?? ""
                    size: 48
                    color: Style.accent
                }
            }
            Label {
                objectName: "appText_" + root.app
                width: parent.width
                horizontalAlignment: root.content.text.length < 200 ? Text.AlignHCenter : Text.AlignLeft
                text: root.content.text ?? ""
                font.pixelSize: root.content.text.length < 90 ? 28 : Style.secondary
                wrapMode: Text.Wrap
                lineHeight: 1.15
            }
        }
    }
}
