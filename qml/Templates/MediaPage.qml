// SPDX-License-Identifier: Apache-2.0
// Now playing: cover, words, how far, the player's buttons, and what can be chosen.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property AppPage page
    required property string app
    readonly property var content: page.content
    readonly property bool wide: width > 620
    readonly property bool queued: page.filled || page.loading
    readonly property real column: wide && queued ? Math.min(460, Math.max(5 * Style.target + 4 * Style.apart, width * 0.46)) : width
    readonly property real cover: wide ? Math.max(76, Math.min(column * 0.7, height - 246, 360)) : Math.min(96, height * 0.26)
    readonly property bool stacked: wide && cover >= 110
    readonly property bool listed: queue.visible
    readonly property bool live: (content.duration ?? -1) < 0

    Timer {
        interval: Driving.state === "moving" ? 5000 : 1000 // a number that moves draws the eye
        repeat: true
        running: root.visible && Boolean(root.content.playing)
        onTriggered: root.page.tick()
    }
    Item {
        id: now
        anchors.left: parent.left
        width: root.column
        // Without a list below it the player has the whole card.
        height: root.wide || !root.queued || root.height - playing.height < queue.least ? parent.height : playing.height

        Column {
            id: playing
            width: parent.width
            y: (parent.height - height) / 2
            spacing: root.wide ? 14 : 8

            Picture {
                visible: root.stacked
                anchors.horizontalCenter: parent.horizontalCenter
                width: root.cover
                height: root.cover
                source: root.page.picture
                glyph: root.content.glyph ?? ""
                corner: 20
            }
            Row {
                width: parent.width
                spacing: 16

                Picture {
                    id: small
                    visible: !root.stacked
                    width: visible ? root.cover : 0
                    height: root.cover
                    source: root.page.picture
                    glyph: root.content.glyph ?? ""
                }
                Column {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - (root.stacked ? 0 : small.width + parent.spacing)

                    Label {
                        objectName: "appTrack_" + root.app
                        width: parent.width
                        horizontalAlignment: root.stacked ? Text.AlignHCenter : Text.AlignLeft
                        text: root.page.title
                        font.pixelSize: Style.primary
                        font.weight: Font.DemiBold
                        lineHeight: 0.9
                        wrapMode: Text.Wrap
                        maximumLineCount: root.height < 240 ? 1 : 2
                    }
                    Label {
                        objectName: "appArtist_" + root.app
                        width: parent.width
                        visible: text !== ""
                        horizontalAlignment: root.stacked ? Text.AlignHCenter : Text.AlignLeft
                        // Where there is little room, who plays says more than from what.
                        text: (width < 320 ? [root.content.artist || root.content.album] : [root.content.artist, root.content.album]).filter(Boolean).join(" · ")
                        color: Style.muted
                    }
                    Label {
                        objectName: "appNote_" + root.app
                        width: parent.width
                        visible: text !== "" && !Driving.limited
                        horizontalAlignment: root.stacked ? Text.AlignHCenter : Text.AlignLeft
                        text: root.content.note ?? ""
                        color: Style.muted
                    }
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
                anchors.horizontalCenter: parent.horizontalCenter
                app: root.app
                page: root.page
                content: root.content
                room: parent.width
            }
        }
    }
    Label {
        id: heading
        visible: root.queued && text !== "" && (root.wide || root.height - now.height > 180)
        anchors.left: root.wide ? now.right : parent.left
        anchors.leftMargin: root.wide ? Style.margin : 0
        anchors.right: parent.right
        anchors.top: root.wide ? parent.top : now.bottom
        anchors.topMargin: root.wide ? 0 : 8
        height: visible ? 40 : 0
        text: root.content.heading ?? ""
        color: Style.muted
        font.weight: Font.DemiBold
    }
    RowList {
        id: queue
        readonly property int least: 88 // pixels of a whole row and its distance
        visible: root.queued && height >= least - 4
        anchors.left: heading.left
        anchors.right: parent.right
        anchors.top: heading.bottom
        anchors.topMargin: 4
        anchors.bottom: parent.bottom
        page: root.page
        app: root.app
    }
}
