// SPDX-License-Identifier: Apache-2.0
// The player's buttons: those that it can follow now.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Row {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    required property string app
    required property AppPage page
    required property var content
    property real room: width
    readonly property var commands: content.commands ?? []
    readonly property bool playing: Boolean(content.playing)
    readonly property int count: buttons.filter(button => button.shown).length
    readonly property bool small: room < count * 88
    readonly property bool roomy: room >= 5 * Style.target + 4 * Style.apart // for all five
    readonly property var buttons: [
        {
            command: "shuffle",
            glyph: "shuffle",
            name: qsTr("Shuffle"),
            on: Boolean(content.shuffle),
            shown: commands.includes("shuffle") && roomy
        },
        {
            command: "previous",
            glyph: "previous",
            name: qsTr("Previous"),
            on: false,
            shown: commands.includes("previous")
        },
        {
            command: playing ? "pause" : "play",
            glyph: playing ? "pause" : "play",
            name: playing ? qsTr("Pause") : qsTr("Play"),
            on: true,
            shown: commands.includes(playing ? "pause" : "play")
        },
        {
            command: "next",
            glyph: "next",
            name: qsTr("Next"),
            on: false,
            shown: commands.includes("next")
        },
        {
            command: "repeat",
            glyph: content.repeat === "one" ? "repeat_one" : "repeat",
            name: qsTr("Repeat"),
            on: content.repeat !== "none" && content.repeat !== undefined,
            shown: commands.includes("repeat") && roomy
        }
    ]
    spacing: small ? Style.apart : 12
    visible: count > 0

    Repeater {
        model: root.buttons

        IconButton {
            required property var modelData
            readonly property bool main: modelData.command === "play" || modelData.command === "pause"
            objectName: "appTransport_" + root.app + "_" + modelData.command
            visible: modelData.shown
            text: modelData.name
            glyph: modelData.glyph
            flat: !main
            filled: main
            color: main ? Style.overAccent : modelData.on ? Style.accent : Style.text
            onClicked: root.page.transport(modelData.command, modelData.command === "shuffle" ? (modelData.on ? 0 : 1) : 0)
        }
    }
}
