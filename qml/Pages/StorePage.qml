// SPDX-License-Identifier: Apache-2.0
// The store: apps by category, and one of them with what it does, who made it and what it may do.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Settings
import Style

Item {
    id: root
    objectName: "storePage"
    readonly property bool tall: height > width
    readonly property int inset: Style.inset(width)
    readonly property bool setup: Driving.state === "parked" || Driving.state === "idling"
    readonly property bool filled: root.setup && Store.apps.count > 0
    Component.onCompleted: Store.watch(true)
    Component.onDestruction: Store.watch(false)

    Card {
        anchors.fill: parent
        anchors.margins: root.inset
        visible: !root.setup

        Withheld {
            anchors.centerIn: parent
            width: Math.min(640, parent.width - 2 * Style.margin)
            text: qsTr("You can look through the store when parked.")
        }
    }
    EmptyState {
        anchors.fill: parent
        anchors.margins: root.inset
        visible: root.setup && !root.filled
        tag: "storeNone"
        glyph: "shop"
        title: qsTr("Store")
        text: Processes.cloud.fine ? Store.text : Processes.cloud.sentence
        action: Store.failed ? qsTr("Try again") : qsTr("Your apps")
        onActed: Store.failed ? Store.look() : Router.go("apps", "")
    }
    Card {
        id: list
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.tall ? root.width - 2 * root.inset : root.width < 1100 ? 400 : root.width > 1500 ? 620 : 480
        height: root.tall ? Math.min(root.height * 0.5, rows.height + own.height + 41) : root.height - 2 * root.inset
        visible: root.filled

        Scroll {
            id: scroll
            anchors.fill: parent
            anchors.margins: 8
            anchors.bottomMargin: own.height + 25
            contentHeight: rows.height

            Column {
                id: rows
                width: parent.width
                spacing: 2

                Repeater {
                    model: Store.apps

                    StoreRow {
                        width: rows.width
                        onClicked: Store.choose(app)
                    }
                }
                WhyNote {
                    objectName: "storeMore"
                    x: Style.from(18, width, parent?.width ?? 0)
                    width: parent.width - 36
                    visible: Store.apps.hidden > 0
                    topic: "rows"
                    text: qsTr("%1 more when parked").arg(Store.apps.hidden)
                }
                Label {
                    objectName: "storeUnrated"
                    x: Style.from(18, width, parent?.width ?? 0)
                    width: parent.width - 36
                    visible: text !== ""
                    topPadding: 12
                    wrapMode: Text.WordWrap
                    maximumLineCount: 2
                    text: Store.unrated
                    color: Style.muted
                }
                Label {
                    objectName: "storeAge"
                    x: Style.from(18, width, parent?.width ?? 0)
                    width: parent.width - 36
                    topPadding: 12
                    bottomPadding: 8
                    wrapMode: Text.WordWrap
                    maximumLineCount: 3
                    text: Store.text
                    color: Store.failed ? Style.warn : Style.muted
                }
            }
        }
        // Says that there is more, and where one is.
        Rectangle {
            anchors.right: parent.right
            anchors.rightMargin: 4
            y: scroll.y + 12 + scroll.visibleArea.yPosition * (scroll.height - 24)
            width: 5
            height: scroll.visibleArea.heightRatio * (scroll.height - 24)
            radius: 2.5
            color: Style.track
            visible: scroll.interactive
        }
        Rectangle {
            anchors.bottom: own.top
            anchors.bottomMargin: 4
            x: Style.from(24, width, parent?.width ?? 0)
            width: parent.width - 48
            height: 1
            color: Style.line
        }
        ListRow {
            id: own
            objectName: "storeOwn"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            x: Style.from(8, width, parent?.width ?? 0)
            width: parent.width - 16
            glyph: "apps"
            text: qsTr("Your apps")
            onClicked: Router.go("apps", "")
        }
    }
    Loader {
        id: detail
        readonly property Pane shown: item as Pane
        x: root.tall ? root.inset : Style.from(list.width + 2 * root.inset, width, root.width)
        y: root.tall ? list.y + list.height + root.inset : root.inset
        width: root.tall ? root.width - 2 * root.inset : root.width - list.width - 3 * root.inset
        height: root.tall ? Math.min(root.height - y - root.inset, shown?.wanted ?? 0) : root.height - 2 * root.inset
        active: root.filled && Store.chosen !== ""
        sourceComponent: offer
    }
    Component {
        id: offer

        StoreOffer {
            parked: Driving.state === "parked"
            onShown: Router.go("apps", Store.chosen)
        }
    }
}
