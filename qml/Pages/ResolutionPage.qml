// SPDX-License-Identifier: Apache-2.0
// What is off, how one knows, what ends it; and what was off and is not any more.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Navigation
import Settings
import Style

Item {
    id: root
    objectName: "resolutionPage"
    readonly property bool tall: height > width
    readonly property int inset: Style.inset(width)
    readonly property bool setup: Driving.state === "parked" || Driving.state === "idling"
    readonly property bool empty: Resolution.faults.count === 0
    readonly property Connections follow: Connections {
        target: Resolution
        function onChanged(): void {
            root.choose();
        }
        function onOpened(page: string, detail: string): void {
            Router.go(page, detail);
        }
    }
    Component.onCompleted: root.choose()
    Component.onDestruction: Resolution.choose("")

    // The first one is looked at when none is.
    function choose(): void {
        if (Resolution.chosen === "" && !root.empty)
            Resolution.choose(Resolution.first);
    }

    Card {
        id: calm
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.empty ? root.width - 2 * root.inset - (solvedPane.visible && root.empty ? solvedPane.width + root.inset : 0) : 0
        height: root.height - 2 * root.inset
        visible: root.empty

        Column {
            anchors.centerIn: parent
            width: parent.width - 2 * Style.margin
            spacing: Style.gap

            Icon {
                anchors.horizontalCenter: parent.horizontalCenter
                name: Resolution.known ? "check" : "clock"
                size: 72
                color: Resolution.known ? Style.good : Style.muted
            }
            Label {
                objectName: "allWell"
                width: parent.width
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                text: Resolution.known ? qsTr("All is well.") : Processes.services.fine ? qsTr("The parts of the car's computer are being asked.") : Processes.services.sentence
                font.pixelSize: Style.primary
                font.weight: Font.DemiBold
            }
            Label {
                width: parent.width
                visible: Resolution.known
                horizontalAlignment: Text.AlignHCenter
                wrapMode: Text.WordWrap
                text: qsTr("What is off is said here, with what ends it.")
                color: Style.muted
            }
        }
    }
    Card {
        id: list
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: root.inset
        width: root.width < 1100 ? 340 : root.width > 1500 ? 560 : 420
        height: root.tall ? Math.min(root.height - 2 * root.inset, rows.height + 16) : root.height - 2 * root.inset
        visible: !root.empty

        Scroll {
            anchors.fill: parent
            anchors.margins: 8
            contentHeight: rows.height

            Column {
                id: rows
                width: parent.width
                spacing: 2

                Repeater {
                    model: Resolution.faults

                    FaultRow {
                        required property string fault
                        required property string sentence
                        required property string since
                        objectName: "fault_" + fault
                        width: rows.width
                        text: sentence
                        chosen: Resolution.chosen === fault
                        onClicked: Resolution.choose(fault)
                    }
                }
                WhyNote {
                    x: Style.from(16, width, parent?.width ?? 0)
                    width: rows.width - 16
                    visible: Resolution.faults.hidden > 0
                    topic: "rows"
                    text: qsTr("%1 more when parked").arg(Resolution.faults.hidden)
                }
                Label {
                    width: rows.width
                    leftPadding: 16
                    height: 56
                    visible: Resolution.solved.count > 0
                    text: qsTr("Solved")
                    color: Style.muted
                    verticalAlignment: Text.AlignBottom
                    bottomPadding: 8
                }
                Repeater {
                    model: root.empty ? null : Resolution.solved

                    SolvedRow {
                        width: rows.width
                    }
                }
            }
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
        active: !root.empty && Resolution.sentence !== ""
        sourceComponent: FaultDetail {
            setup: root.setup
        }
    }
    // An upright display has room for how the parts do, too.
    Loader {
        id: below
        readonly property Pane shown: item as Pane
        readonly property real rest: root.height - y - root.inset
        x: Style.from(root.inset, width, parent?.width ?? 0)
        y: Math.max(list.visible ? list.y + list.height : 0, detail.active ? detail.y + detail.height : 0) + root.inset
        width: root.width - 2 * root.inset
        height: Math.min(rest, shown?.wanted ?? 0)
        active: root.tall && root.setup && !root.empty
        visible: rest > 240
        sourceComponent: parts
    }
    Component {
        id: parts
        SystemSection {
            setup: root.setup
            linked: false
        }
    }
    Pane {
        id: solvedPane
        anchors.right: parent.right
        anchors.rightMargin: root.inset
        y: root.inset
        width: root.width < 1100 ? 420 : Math.min(640, root.width * 0.42)
        height: root.height - 2 * root.inset
        visible: root.empty && Resolution.solved.count > 0
        tag: "solvedTitle"
        title: qsTr("Solved")

        Repeater {
            model: root.empty ? Resolution.solved : null

            SolvedRow {
                width: parent?.width ?? 0
            }
        }
    }
}
