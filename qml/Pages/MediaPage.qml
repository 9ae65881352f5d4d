// SPDX-License-Identifier: Apache-2.0
// Music and speech: what plays, what comes next, and where from. What an app shows to browse in takes the same room.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Style
import Templates

Item {
    id: root
    objectName: "mediaPage"
    readonly property AppPage page: Media.page
    readonly property int inset: Style.inset(width)
    readonly property bool upright: height > width
    readonly property bool plays: page !== null && page.kind === "media" && page.error === ""
    readonly property bool queued: plays && Boolean(page.content.queued)
    readonly property int looked: visible ? Media.number : -1
    onLookedChanged: Apps.look(looked)
    Component.onCompleted: Apps.look(looked)
    Component.onDestruction: Apps.look(-1)

    Loader {
        anchors.fill: parent
        anchors.margins: root.inset
        active: Media.count === 0
        sourceComponent: EmptyState {
            tag: "mediaEmpty"
            glyph: "music"
            title: qsTr("Nothing to play yet")
            text: !Processes.apphost.fine ? Processes.apphost.sentence : qsTr("An app that brings music, radio or books plays here.")
            action: Processes.apphost.fine ? qsTr("Look at the apps") : ""
            onActed: Router.go("apps", "")
        }
    }
    AppStrip {
        id: sources
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: parent.width - 2 * root.inset
        choice: Media
        tag: "mediaSource_"
    }
    Item {
        id: area
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: sources.visible ? sources.y + sources.height + (root.height < 450 ? 8 : Style.gap) : root.inset
        width: parent.width - 2 * root.inset
        height: parent.height - y - root.inset

        Loader {
            id: playing
            active: root.plays
            x: Style.mirrored && !root.upright && root.queued ? queue.width + Style.gap : 0
            width: root.upright || !root.queued ? area.width : area.width - queue.width - Style.gap
            height: root.upright && root.queued ? Math.round(area.height * 0.62) : area.height
            sourceComponent: NowPlaying {
                upright: root.upright
                page: Media.page
                app: Media.app
                name: Media.name
                emblem: Media.emblem
                actions: root.queued ? [] : Media.page?.actions ?? []
            }
        }
        Card {
            id: queue
            visible: root.queued
            x: root.upright || Style.mirrored ? 0 : area.width - width
            y: root.upright ? playing.height + Style.gap : 0
            width: root.upright ? area.width : Math.round(Math.min(520, Math.max(280, area.width * 0.35)))
            height: area.height - y

            Label {
                id: heading
                x: Style.from(Style.margin, width, parent?.width ?? 0)
                y: visible ? 16 : 0
                width: parent.width - 2 * Style.margin
                height: visible ? 40 : 12
                visible: text !== ""
                text: root.page?.content.heading ?? ""
                color: Style.muted
                font.weight: Font.DemiBold
            }
            Loader {
                anchors.top: heading.bottom
                anchors.topMargin: 4
                anchors.bottom: buttons.visible ? buttons.top : parent.bottom
                anchors.bottomMargin: 12
                x: Style.from(12, width, parent?.width ?? 0)
                width: parent.width - 24
                active: root.queued
                sourceComponent: RowList {
                    page: Media.page
                    app: Media.app
                }
            }
            ActionRow {
                id: buttons
                anchors.bottom: parent.bottom
                anchors.bottomMargin: visible ? 12 : 0
                x: Style.from(12, width, parent?.width ?? 0)
                width: parent.width - 24
                tag: "mediaAction_"
                actions: root.page?.actions ?? []
                onChosen: target => root.page.tap(target)
            }
        }
        Loader {
            anchors.fill: parent
            active: Media.count > 0 && !root.plays
            sourceComponent: AppCard {
                app: Media.app
                name: Media.name
                emblem: Media.emblem
                reason: Media.reason
                page: Media.page
            }
        }
        PillButton {
            objectName: "mediaStart"
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
            anchors.bottomMargin: Style.margin
            visible: Media.startable
            primary: true
            text: qsTr("Start again")
            onClicked: Apps.start(Media.app)
        }
    }
}
