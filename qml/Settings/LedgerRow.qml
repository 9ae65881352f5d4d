// SPDX-License-Identifier: Apache-2.0
// When, and what.
import QtQuick
import Controls
import Style

Item {
    id: root
    required property string when
    required property string text
    property bool denied: false
    implicitHeight: Math.max(44, words.implicitHeight + 12)

    Label {
        id: at
        anchors.left: parent.left
        width: Math.min(220, root.width * 0.32)
        height: 44
        text: root.when
        color: Style.muted
        font.features: {
            "tnum": 1
        }
    }
    Label {
        id: words
        anchors.left: at.right
        anchors.leftMargin: 12
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        color: root.denied ? Style.warn : Style.text
        wrapMode: Text.WordWrap
        maximumLineCount: 3
    }
}
