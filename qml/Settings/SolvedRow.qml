// SPDX-License-Identifier: Apache-2.0
// A fault that is over.
import QtQuick
import Controls
import Style

Item {
    id: root
    required property string fault
    required property string sentence
    required property string when
    objectName: "solved_" + fault
    implicitHeight: Math.max(60, words.implicitHeight + 12)

    Icon {
        id: sign
        anchors.left: parent.left
        anchors.leftMargin: 18
        anchors.verticalCenter: parent.verticalCenter
        name: "check"
        size: 30
        color: Style.good
    }
    Column {
        id: words
        anchors.left: sign.right
        anchors.leftMargin: 16
        anchors.right: parent.right
        anchors.rightMargin: 14
        anchors.verticalCenter: parent.verticalCenter

        Label {
            width: parent.width
            text: root.sentence
            color: Style.muted
            wrapMode: Text.WordWrap
            maximumLineCount: 2
        }
        Label {
            width: parent.width
            text: root.when
            color: Style.muted
        }
    }
}
