// SPDX-License-Identifier: Apache-2.0
// Says in words what a sign of the status bar means. A touch anywhere closes it.
import QtQuick
import Controls
import Style

Item {
    id: root
    property real below: 0
    property real pointer: 0
    property string title
    property string sentence
    property string hint
    property string action
    signal acted
    visible: false

    function open(title: string, sentence: string, hint: string, x: real): void {
        root.title = title;
        root.sentence = sentence;
        root.hint = hint;
        root.pointer = x;
        root.visible = true;
        closing.restart();
    }

    Timer {
        id: closing
        interval: 8000
        onTriggered: root.visible = false
    }
    MouseArea {
        anchors.fill: parent
        onPressed: root.visible = false
    }
    Rectangle {
        id: box
        x: Math.max(Style.gap, Math.min(root.width - width - Style.gap, root.pointer - width / 2))
        y: root.below + 4
        width: 460
        height: words.implicitHeight + 2 * Style.margin
        radius: Style.cardRadius
        color: Style.raised
        border.width: 1
        border.color: Style.pressed

        Column {
            id: words
            x: Style.margin
            y: Style.margin
            width: parent.width - 2 * Style.margin
            spacing: 8

            Label {
                width: parent.width
                text: root.title
                font.pixelSize: Style.primary
                font.weight: Font.DemiBold
            }
            Label {
                objectName: "explanation"
                width: parent.width
                wrapMode: Text.WordWrap
                maximumLineCount: 4
                text: root.sentence
            }
            Label {
                objectName: "explanationHint"
                width: parent.width
                wrapMode: Text.WordWrap
                maximumLineCount: 3
                visible: text !== ""
                text: root.hint
                color: Style.muted
            }
            PillButton {
                objectName: "explanationAction"
                width: parent.width
                height: visible ? implicitHeight : 0
                visible: root.action !== ""
                text: root.action
                onClicked: {
                    root.visible = false;
                    root.acted();
                }
            }
        }
    }
}
