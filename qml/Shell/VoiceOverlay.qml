// SPDX-License-Identifier: Apache-2.0
// What was heard, what is answered or asked, what may be said, and what can be touched instead. A touch beside the
// answers takes it away.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Style

Rectangle {
    id: root
    readonly property bool listening: Voice.phase === "listening"
    readonly property bool asking: Voice.choices.count > 0
    property real room: 640 // the height that there is
    objectName: "voiceOverlay"
    implicitHeight: Math.max(128, content.implicitHeight + 2 * Style.margin)
    height: Math.min(implicitHeight, room)
    clip: true
    radius: Style.cardRadius
    color: Style.raised
    border.width: 2
    border.color: Voice.phase === "answered" && !Voice.ok ? Style.warn : Style.accent
    visible: opacity > 0
    opacity: Voice.shown ? 1 : 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: answer.text
    Accessible.onPressAction: Voice.dismiss()

    Behavior on opacity {
        NumberAnimation {
            duration: Style.quick
        }
    }
    TapHandler {
        onTapped: Voice.dismiss()
    }
    Connections {
        target: Voice

        function onWanted(page: string): void {
            Router.go(page, "");
        }
    }
    Rectangle {
        id: circle
        anchors.left: parent.left
        anchors.leftMargin: Style.margin
        y: Math.min((root.height - height) / 2, Style.margin)
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
        id: content
        anchors.left: circle.right
        anchors.leftMargin: Style.margin
        anchors.right: parent.right
        anchors.rightMargin: Style.margin
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.gap

        Column {
            width: parent.width
            spacing: 4

            Label {
                objectName: "voiceSentence"
                width: parent.width
                visible: text !== ""
                text: Voice.sentence !== "" ? "“" + Voice.sentence + "”" : ""
                color: Style.muted
            }
            Label {
                id: answer
                objectName: "voiceAnswer"
                width: parent.width
                wrapMode: Text.WordWrap
                maximumLineCount: 3
                font.pixelSize: Style.primary
                font.weight: Font.DemiBold
                text: Voice.answer !== "" ? Voice.answer : root.listening ? qsTr("Listening…") : Voice.phase === "thinking" ? qsTr("One moment…") : Voice.phase === "acting" ? qsTr("Doing it…") : ""
            }
        }
        Flow {
            id: answers
            readonly property int columns: Voice.choices.count <= 3 ? Voice.choices.count : Voice.choices.count > 4 && width > 700 ? 3 : 2
            width: parent.width
            visible: root.asking
            spacing: Style.gap

            Repeater {
                model: Voice.choices

                PillButton {
                    required property string key
                    required property string title
                    required property int index
                    objectName: "voiceChoice_" + key
                    width: (answers.width - (answers.columns - 1) * answers.spacing) / answers.columns
                    text: title
                    ground: Style.surface
                    primary: index === 0 && key === "yes"
                    onClicked: Voice.choose(key)
                }
            }
        }
        Grid {
            id: examples
            width: parent.width
            visible: Voice.suggestions.count > 0 && !root.asking
            columns: width > 800 ? 2 : 1
            columnSpacing: Style.gap
            rowSpacing: 6

            Repeater {
                model: Voice.suggestions

                Label {
                    required property string sentence
                    required property int index
                    objectName: "voiceSuggestion_" + index
                    width: (examples.width - (examples.columns - 1) * examples.columnSpacing) / examples.columns
                    text: "“" + sentence + "”"
                    color: Style.muted
                }
            }
        }
    }
}
