// SPDX-License-Identifier: Apache-2.0
// What plays, large: cover, words, how far, and the player's buttons. Beside each other where there is width, else below.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style
import Templates

Card {
    id: root
    required property AppPage page
    required property string app
    required property string name
    required property string emblem
    property var actions: []
    readonly property var content: page.content
    property bool upright: false // the words below the cover
    readonly property int align: upright ? Text.AlignHCenter : Text.AlignLeft
    readonly property real inner: width - 2 * Style.margin
    readonly property real least: width < 640 ? 300 : 5 * Style.target + 4 * Style.apart // pixels that the words and buttons need
    readonly property real side: upright ? Math.min(inner, height - 2 * Style.margin - words.implicitHeight - Style.margin) : Math.min(height - 2 * Style.margin, inner - least - 32)
    readonly property bool live: (content.duration ?? -1) < 0

    Timer {
        interval: Driving.state === "moving" ? 5000 : 1000 // a number that moves draws the eye
        repeat: true
        running: root.visible && Boolean(root.content.playing)
        onTriggered: root.page.tick()
    }
    Picture {
        id: cover
        objectName: "mediaCover"
        x: Style.from(root.upright ? (root.width - width) / 2 : Style.margin, width, parent?.width ?? 0)
        y: root.upright ? Style.margin : (root.height - height) / 2
        width: Math.max(Style.target, root.side)
        height: width
        sharpness: 640
        corner: 24
        source: root.page.picture
        glyph: root.content.glyph ?? ""
    }
    Column {
        id: words
        readonly property real edge: root.upright ? Style.margin : Style.margin + cover.width + 32
        x: Style.from(words.edge, width, parent?.width ?? 0)
        width: root.width - words.edge - Style.margin
        y: root.upright ? cover.y + cover.height + Style.margin : (root.height - height) / 2
        spacing: root.height < 330 ? 10 : 18

        Row {
            x: Style.from(root.upright ? Math.max(0, (words.width - width) / 2) : 0, width, parent?.width ?? 0)
            height: root.page.returnable ? Style.target : 34
            spacing: 12

            IconButton {
                objectName: "mediaBack"
                visible: root.page.returnable
                text: qsTr("Back")
                glyph: "back"
                flat: true
                onClicked: root.page.back()
            }
            Icon {
                id: sign
                anchors.verticalCenter: parent.verticalCenter
                name: root.emblem
                size: 26
                color: Style.speaker
            }
            Label {
                id: speaker
                objectName: "mediaSpeaker"
                anchors.verticalCenter: parent.verticalCenter
                width: Math.min(implicitWidth, words.width - 40)
                text: root.name
                color: Style.speaker
                font.weight: Font.DemiBold
            }
            Label {
                id: source
                objectName: "mediaSource"
                anchors.verticalCenter: parent.verticalCenter
                width: Math.max(0, Math.min(implicitWidth, words.width - speaker.width - 50 - (root.page.returnable ? 88 : 0)))
                text: root.page.stale ? qsTr("Not answering, may be old") : root.content.source ?? ""
                color: root.page.stale ? Style.warn : Style.muted
            }
        }
        Column {
            width: parent.width
            spacing: 2
            opacity: root.page.stale ? Style.aged : 1

            Label {
                objectName: "mediaTitle"
                width: parent.width
                horizontalAlignment: root.align
                text: root.page.title
                wrapMode: Text.Wrap
                maximumLineCount: root.height > 330 ? 2 : 1
                lineHeight: 0.95
                font.family: Style.numbers
                font.pixelSize: words.width > 560 && root.height > 330 ? Style.display : words.width > 380 ? Style.heading : Style.primary
                font.weight: Font.DemiBold
            }
            Label {
                objectName: "mediaArtist"
                width: parent.width
                horizontalAlignment: root.align
                visible: text !== ""
                text: root.content.artist ?? ""
                font.pixelSize: root.height > 330 ? Style.primary : Style.secondary
            }
            Label {
                objectName: "mediaAlbum"
                width: parent.width
                horizontalAlignment: root.align
                visible: text !== "" && root.height > 330
                text: [root.content.album, Driving.limited ? "" : root.content.note].filter(Boolean).join(" · ")
                color: Style.muted
            }
        }
        Elapsed {
            width: parent.width
            app: root.app
            page: root.page
            duration: root.content.duration ?? -1
            seekable: (root.content.commands ?? []).includes("seek")
        }
        Transport {
            x: root.upright ? (words.width - width) / 2 : -8
            app: root.app
            page: root.page
            content: root.content
            room: words.width
        }
        ActionRow {
            width: parent.width
            tag: "mediaAction_"
            actions: root.actions
            onChosen: target => root.page.tap(target)
        }
    }
}
