// SPDX-License-Identifier: Apache-2.0
// All apps: how each does, what it may do, what it did.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Settings
import Style

Item {
    id: root
    objectName: "appsPage"
    readonly property bool tall: height > width
    readonly property int inset: Style.inset(width)
    readonly property bool setup: Driving.state === "parked" || Driving.state === "idling"
    property string chosen: Router.detail !== "" ? Router.detail : Apps.first
    property string opened
    property var facts: null // of the chosen app
    readonly property Connections follow: Connections {
        target: Apps
        function onChanged(): void {
            if (root.facts === null)
                root.chosen = Apps.first;
        }
    }

    Card {
        anchors.fill: parent
        anchors.margins: root.inset
        visible: Apps.count === 0

        Column {
            anchors.centerIn: parent
            width: Math.min(640, parent.width - 2 * Style.margin)
            spacing: Style.gap

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: "apps"
                size: 56
                color: Style.muted
            }
            Label {
                objectName: "appsNone"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                text: Processes.apphost.fine ? qsTr("No apps are installed. The store has some.") : Processes.apphost.sentence
                color: Style.muted
            }
            PillButton {
                objectName: "appsStore"
                anchors.horizontalCenter: parent.horizontalCenter
                text: qsTr("Open the store")
                onClicked: Router.go("store", "")
            }
        }
    }
    Card {
        id: list
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.width < 1100 ? 288 : root.width > 1500 ? 440 : 348
        height: root.tall ? Math.min(root.height - 2 * root.inset, rows.height + source.height + 33) : root.height - 2 * root.inset
        visible: Apps.count > 0 && root.opened === ""

        Scroll {
            id: scroll
            anchors.fill: parent
            anchors.margins: 8
            anchors.bottomMargin: source.height + 17
            contentHeight: rows.height

            Column {
                id: rows
                width: parent.width
                spacing: Style.apart

                Repeater {
                    model: Apps

                    ListRow {
                        id: row
                        required property string app
                        required property string name
                        required property string emblem
                        required property var model
                        required property string reason
                        required property bool startable
                        required property bool stoppable
                        readonly property string life: model.state
                        readonly property bool well: life === "running" || life === "frozen" || life === "starting"
                        readonly property var facts: ({
                                "app": row.app,
                                "name": row.name,
                                "life": row.life,
                                "reason": row.reason,
                                "startable": row.startable,
                                "stoppable": row.stoppable
                            })
                        objectName: "app_" + app
                        width: rows.width
                        glyph: emblem
                        text: name
                        detail: row.life === "running" ? qsTr("Running") : row.reason
                        chosen: root.chosen === app
                        ink: row.well ? Style.text : Style.warn
                        onClicked: root.chosen = app

                        Binding {
                            target: root
                            property: "facts"
                            value: row.facts
                            when: row.chosen
                            restoreMode: Binding.RestoreNone
                        }
                    }
                }
            }
        }
        Rectangle {
            anchors.bottom: source.top
            anchors.bottomMargin: 4
            x: Style.from(24, width, parent?.width ?? 0)
            width: parent.width - 48
            height: 1
            color: Style.line
        }
        ListRow {
            id: source
            objectName: "appsSource"
            anchors.bottom: parent.bottom
            anchors.bottomMargin: 8
            x: Style.from(8, width, parent?.width ?? 0)
            width: parent.width - 16
            glyph: "shop"
            text: qsTr("Store")
            detail: qsTr("Find more apps")
            onClicked: Router.go("store", "")
        }
    }
    Loader {
        id: detail
        readonly property Pane shown: item as Pane
        anchors.left: list.right
        anchors.leftMargin: root.inset
        y: root.inset
        width: root.width - list.width - 3 * root.inset
        height: root.tall ? Math.max(list.height, Math.min(root.height - 2 * root.inset, shown?.wanted ?? 0)) : root.height - 2 * root.inset
        active: list.visible && root.facts !== null
        sourceComponent: AppDetail {
            app: root.facts.app
            name: root.facts.name
            life: root.facts.life
            reason: root.facts.reason
            startable: root.facts.startable
            stoppable: root.facts.stoppable
            setup: root.setup
            onOpened: root.opened = root.facts.app
        }
    }
    // An upright display has room for what the app did, too.
    Pane {
        id: record
        readonly property real rest: root.height - y - root.inset
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: Math.max(list.y + list.height, detail.y + detail.height) + root.inset
        width: root.width - 2 * root.inset
        height: Math.min(rest, wanted)
        visible: root.tall && root.setup && detail.active && rest > 240
        tag: "recordTitle"
        title: qsTr("What it did")
        note: AppLedger.remark

        Repeater {
            model: record.visible ? AppLedger.rows : null

            LedgerRow {
                required property var model
                width: parent?.width ?? 0
                denied: model.denied === true
            }
        }
    }
    Loader {
        anchors.fill: parent
        anchors.margins: root.inset
        active: root.opened !== "" && Apps.count > 0
        sourceComponent: AppScreen {
            app: root.opened
            onClosed: root.opened = ""
        }
    }
}
