// SPDX-License-Identifier: Apache-2.0
// What was heard and what is answered; a touch takes it away.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    readonly property bool listening: Voice.phase === "listening"
    objectName: "voiceOverlay"
    implicitHeight: Math.max(128, words.implicitHeight + 48)
    radius: Style.cardRadius
    color: Style.raised
    border.width: 2
    border.color: Voice.phase === "answered" && !Voice.ok ? Style.warn : Style.accent
    visible: opacity > 0
    opacity: Voice.shown ? 1 : 0

    Behavior on opacity {
        NumberAnimation {
            duration: Style.quick
        }
    }
    TapHandler {
        onTapped: Voice.dismiss()
    }
    Rectangle {
        id: circle
        anchors.left: parent.left
        anchors.leftMargin: Style.margin
        anchors.verticalCenter: parent.verticalCenter
        width: 76
        height: 76
        radius: 38
        color: root.listening ? Style.accent : Style.surface

        Icon {
            anchors.centerIn: parent
            name: "mic"
            size: 38
            color: root.listening ? Style.overAccent : Style.accent
        }
    }
    Column {
        id: words
        anchors.left: circle.right
        anchors.leftMargin: Style.margin
        anchors.right: parent.right
        anchors.rightMargin: Style.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        Label {
            objectName: "voiceSentence"
            width: parent.width
            visible: text !== ""
            text: Voice.sentence !== "" ? "“" + Voice.sentence + "”" : ""
            color: Style.muted
        }
        Label {
            objectName: "voiceAnswer"
            width: parent.width
            wrapMode: Text.WordWrap
            maximumLineCount: 3
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
            text: root.listening ? qsTr("Listening…") : Voice.answer !== "" ? Voice.answer
                : Voice.phase === "thinking" ? qsTr("One moment…") : Voice.phase === "acting" ? qsTr("Doing it…") : ""
        }
    }
}
