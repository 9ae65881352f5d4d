// SPDX-License-Identifier: Apache-2.0
// Says in words what a sign of the status bar means, and where it comes from: signal, rule, sentence.
// A touch anywhere closes it.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    property real below: 0
    property real pointer: 0
    // Between these it may lie: beside speed and selector.
    property real first: 0
    property real last: width
    property string title
    property string sentence
    property string hint
    property string action
    property bool asked: false // about something on a page, and not about a sign of the status bar
    signal acted
    visible: false
    onVisibleChanged: if (!visible)
        Why.close()

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
        objectName: "explanationBox"
        x: Math.max(root.first + Style.gap, Math.min(root.last - width - Style.gap, root.pointer - width / 2))
        y: root.below + 4
        width: Math.min(root.last - root.first - 2 * Style.gap, Why.rule !== "" ? 560 : 460)
        height: words.implicitHeight + 2 * Style.margin
        radius: Style.cardRadius
        color: Style.above
        border.width: Style.edge
        border.color: Style.aboveEdge

        Column {
            id: words
            x: Style.margin
            y: Style.margin
            width: parent.width - 2 * Style.margin
            spacing: 4

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
            Rectangle {
                width: parent.width
                height: 1
                visible: Why.rule !== ""
                color: Style.pressed
            }
            Repeater {
                model: Why.evidence

                Item {
                    id: row
                    required property var modelData
                    width: words.width
                    height: 34
                    Accessible.role: Accessible.StaticText
                    Accessible.name: qsTr("%1: %2, %3").arg(row.modelData.name).arg(row.modelData.value).arg(row.modelData.age)

                    Label {
                        anchors.left: parent.left
                        anchors.right: value.left
                        anchors.rightMargin: 8
                        height: parent.height
                        text: row.modelData.name
                        color: Style.muted
                    }
                    Label {
                        id: value
                        objectName: "evidence_" + row.modelData.path
                        anchors.right: age.left
                        anchors.rightMargin: 8
                        height: parent.height
                        horizontalAlignment: Text.AlignRight
                        text: row.modelData.value
                        font.weight: Font.DemiBold
                    }
                    Label {
                        id: age
                        anchors.right: parent.right
                        width: 116
                        height: parent.height
                        horizontalAlignment: Text.AlignRight
                        text: row.modelData.age
                        color: Style.muted
                    }
                }
            }
            Label {
                objectName: "explanationRule"
                width: parent.width
                wrapMode: Text.WordWrap
                maximumLineCount: 3
                visible: text !== ""
                text: Why.rule
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
