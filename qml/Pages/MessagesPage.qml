// SPDX-License-Identifier: Apache-2.0
// What was said and shown for a moment, to be read again.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    objectName: "messagesPage"
    readonly property int inset: Style.inset(width)
    Component.onCompleted: Messages.read()

    Connections {
        target: Messages
        function onChanged() {
            Messages.read();
        }
    }
    EmptyState {
        anchors.fill: parent
        anchors.margins: root.inset
        visible: Messages.count === 0
        glyph: "bell"
        title: qsTr("Nothing was said")
        text: qsTr("What the car and its apps tell you is kept here until you clear it.")
        tag: "messagesEmpty"
    }
    Card {
        anchors.fill: parent
        anchors.margins: root.inset
        visible: Messages.count > 0

        Label {
            id: heading
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            y: 20
            height: Style.target - 4
            verticalAlignment: Text.AlignVCenter
            text: qsTr("Messages")
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold
        }
        PillButton {
            objectName: "messagesClear"
            anchors.right: parent.right
            anchors.rightMargin: 16
            y: 16
            width: 200
            text: qsTr("Clear all")
            onClicked: Messages.clear()
        }
        ListView {
            objectName: "messageList"
            anchors.top: heading.bottom
            anchors.topMargin: 12
            anchors.bottom: more.top
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            width: parent.width - 2 * Style.margin
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: Messages

            delegate: Item {
                id: row
                required property int index
                required property string speaker
                required property string glyph
                required property string text
                required property string at
                required property int times
                width: ListView.view.width
                height: Math.max(Style.target + 12, words.height + 24)
                Accessible.role: Accessible.ListItem
                Accessible.name: row.text

                Rectangle {
                    visible: row.index > 0
                    width: parent.width
                    height: 1
                    color: Style.line
                }
                Rectangle {
                    id: sign
                    anchors.left: parent.left
                    anchors.verticalCenter: parent.verticalCenter
                    width: 56
                    height: 56
                    radius: 28
                    color: Style.raised

                    Icon {
                        anchors.centerIn: parent
                        name: row.glyph
                        size: 30
                        color: row.speaker === "" ? Style.accent : Style.speaker
                    }
                }
                Column {
                    id: words
                    anchors.left: sign.right
                    anchors.leftMargin: Style.gap
                    anchors.right: time.left
                    anchors.rightMargin: Style.gap
                    anchors.verticalCenter: parent.verticalCenter
                    spacing: 2

                    Label {
                        width: parent.width
                        text: row.speaker === "" ? qsTr("The car") : row.speaker
                        color: row.speaker === "" ? Style.muted : Style.speaker
                    }
                    Label {
                        width: parent.width
                        wrapMode: Text.WordWrap
                        maximumLineCount: 3
                        text: row.text
                    }
                }
                Label {
                    id: time
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: row.times > 1 ? qsTr("%1 · %2 times").arg(row.at).arg(row.times) : row.at
                    color: Style.muted
                }
            }
        }
        WhyNote {
            id: more
            objectName: "messagesMore"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            x: Style.from(Style.margin, width, parent?.width ?? 0)
            width: parent.width - 2 * Style.margin
            height: Messages.withheld > 0 ? implicitHeight : 0
            visible: Messages.withheld > 0
            topic: "rows"
            text: qsTr("%n more when parked", "", Messages.withheld)
        }
    }
}
