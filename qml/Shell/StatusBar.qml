// SPDX-License-Identifier: Apache-2.0
// Time, driving state, how the car's computers are, look, and the microphone.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Style

Item {
    id: root
    readonly property int inset: width < 1100 ? 8 : 16
    readonly property real before: Style.inset(width) + start.width + 8 // what the clock and the drive take
    signal explain(title: string, sentence: string, hint: string, x: real)
    implicitHeight: Style.statusHeight

    Row {
        id: start
        anchors.left: parent.left
        anchors.leftMargin: Style.inset(root.width)
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.margin

        Clock {
            id: clock
        }
        DriveStrip {
            anchors.baseline: clock.baseline
            visible: Router.page !== "home"
        }
    }
    DrivingChip {
        anchors.verticalCenter: parent.verticalCenter
        // In the middle, unless its neighbours need the room.
        room: root.width - end.width - root.inset - root.before - 8
        x: Style.from(Math.max(root.before, Math.min((root.width - width) / 2, root.width - end.width - root.inset - width - 8)), width, root.width)
        onClicked: root.explain(text, Processes.services.fine ? Driving.reason : Processes.services.sentence, Processes.services.fine ? advice : Processes.services.hint, x + width / 2)
    }
    Row {
        id: end
        anchors.right: parent.right
        anchors.rightMargin: root.inset
        anchors.verticalCenter: parent.verticalCenter
        spacing: Style.apart

        Repeater {
            model: [Processes.databroker, Processes.apphost, Processes.cloud, Processes.voice]

            StatusChip {
                required property Connection modelData
                visible: root.width >= 1100 || !modelData.fine // where there is little room, what is well is quiet
                connection: modelData
                onClicked: {
                    Why.part(modelData.state);
                    root.explain(modelData.title, modelData.sentence, modelData.hint, mapToItem(root, width / 2, 0).x);
                }
            }
        }
        IconButton {
            objectName: "messages"
            text: Messages.unread > 0 ? qsTr("Messages, %n new", "", Messages.unread) : qsTr("Messages")
            glyph: "bell"
            flat: true
            onClicked: Router.go("messages", "")

            Rectangle {
                visible: Messages.unread > 0
                x: parent.width / 2 + 8
                y: 14
                width: 14
                height: 14
                radius: 7
                color: Style.accent
            }
        }
        IconButton {
            objectName: "sound"
            text: Sound.known ? qsTr("Volume: %1").arg(Sound.text) : qsTr("Volume")
            glyph: Sound.muted ? "mute" : "volume"
            flat: true
            color: Sound.muted ? Style.warn : Sound.known ? Style.text : Style.muted
            onClicked: Sound.shown ? Sound.close() : Sound.open()
        }
        IconButton {
            objectName: "microphone"
            text: qsTr("Speak")
            glyph: "mic"
            enabled: Processes.voice.state !== "away"
            color: Voice.phase === "listening" ? Style.accent : Style.text
            onClicked: Voice.listen()
        }
    }
}
