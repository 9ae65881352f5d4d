// SPDX-License-Identifier: Apache-2.0
// A sentence for a moment.
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    readonly property string text: Notice.text
    objectName: "toast"
    implicitHeight: words.implicitHeight + 40
    radius: Style.cardRadius
    color: Style.above
    border.width: Style.edgeStrong
    border.color: Style.warn
    visible: opacity > 0
    opacity: Notice.shown && Bands.shown === "hint" ? 1 : 0
    Accessible.role: Accessible.Button
    Accessible.name: root.text
    Accessible.onPressAction: Notice.dismiss()

    Behavior on opacity {
        NumberAnimation {
            duration: Style.quick
        }
    }
    TapHandler {
        onTapped: Notice.dismiss()
    }
    Icon {
        id: mark
        anchors.left: parent.left
        anchors.leftMargin: Style.margin
        anchors.verticalCenter: parent.verticalCenter
        name: "info"
        size: 36
        color: Style.warn
    }
    Label {
        id: words
        anchors.left: mark.right
        anchors.leftMargin: Style.gap
        anchors.right: parent.right
        anchors.rightMargin: Style.margin
        anchors.verticalCenter: parent.verticalCenter
        wrapMode: Text.WordWrap
        maximumLineCount: 3
        text: root.text
    }
}
