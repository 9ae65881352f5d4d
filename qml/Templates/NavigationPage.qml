// SPDX-License-Identifier: Apache-2.0
// Guidance: what to do next, lanes, what follows, and the rest of the way. What does not fit is left out, last first.
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
    readonly property var turn: content.turn ?? null
    readonly property var after: content.next ?? null
    readonly property var lanes: content.lanes ?? []
    readonly property bool wide: width > 560
    readonly property real room: rest.y
    readonly property real arrowSize: wide ? Math.min(200, Math.max(96, room * 0.5)) : Math.min(112, room * 0.5)

    PageState {
        anchors.fill: parent
        anchors.bottomMargin: rest.height
        visible: root.turn === null
        glyph: "route"
        text: qsTr("The route is being made.")
    }
    Item {
        id: head
        visible: root.turn !== null
        width: parent.width
        height: Math.max(arrow.size, words.height)

        Turn {
            id: arrow
            anchors.left: parent.left
            anchors.leftMargin: root.wide ? 8 : 0
            anchors.verticalCenter: parent.verticalCenter
            size: root.arrowSize
            maneuver: root.turn?.maneuver ?? "straight"
            exit: root.turn?.exit ?? 0
            color: Style.accent
        }
        Column {
            id: words
            anchors.left: arrow.right
            anchors.leftMargin: root.wide ? 32 : 20
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter

            Row {
                spacing: 10

                Label {
                    id: distance
                    objectName: "appTurnDistance_" + root.app
                    height: font.pixelSize * 1.05
                    text: root.turn?.distance ?? ""
                    font.family: Style.numbers
                    font.weight: Font.DemiBold
                    font.pixelSize: root.wide ? Math.min(112, Math.max(72, root.arrowSize * 0.62)) : text.length > 4 ? 46 : 60
                }
                Label {
                    anchors.baseline: distance.baseline
                    text: root.turn?.unit ?? ""
                    font.pixelSize: Style.primary
                    color: Style.muted
                }
            }
            Label {
                objectName: "appRoad_" + root.app
                width: parent.width
                visible: text !== ""
                text: root.turn?.road ?? ""
                font.pixelSize: Style.primary
                wrapMode: Text.Wrap
                maximumLineCount: root.room > 260 ? 2 : 1
            }
        }
    }
    Row {
        id: signs
        visible: root.turn !== null && root.lanes.length > 0 && root.room - y >= height
        anchors.top: head.bottom
        anchors.topMargin: 12
        height: 64
        x: Style.from(root.wide ? 8 : 0, width, parent.width)
        spacing: 4

        Repeater {
            model: root.lanes

            Rectangle {
                id: lane
                required property var modelData
                width: Math.min(64, root.width * (root.wide ? 0.5 : 1) / root.lanes.length - 4)
                height: 64
                radius: 14
                color: lane.modelData.good ? Style.accent : Style.raised

                Turn {
                    anchors.centerIn: parent
                    size: Math.min(40, parent.width - 4)
                    maneuver: lane.modelData.direction
                    color: lane.modelData.good ? Style.overAccent : Style.muted
                }
            }
        }
    }
    Row {
        id: then
        readonly property bool beside: root.wide && signs.visible
        readonly property real start: beside ? (root.wide ? 8 : 0) + signs.width + 28 : root.wide ? 8 : 0
        visible: root.turn !== null && root.after !== null && root.room - y >= height
        x: Style.from(start, width, parent.width)
        y: beside ? signs.y : (signs.visible ? signs.y + signs.height : head.height) + 12
        height: beside ? 64 : 40
        width: parent.width - start
        spacing: 12

        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Then")
            color: Style.muted
        }
        Turn {
            anchors.verticalCenter: parent.verticalCenter
            size: 40
            maneuver: root.after?.maneuver ?? "straight"
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: then.width - 130
            text: root.after === null ? "" : [root.after.distance + "\u00a0" + root.after.unit, root.after.road].filter(Boolean).join(" · ")
        }
    }
    Label {
        id: note
        readonly property real start: root.wide ? 8 : 0
        x: Style.from(start, width, parent.width)
        y: Math.max(head.height, signs.visible ? signs.y + signs.height : 0, then.visible ? then.y + then.height : 0) + 10
        width: parent.width - start
        height: 32
        visible: root.turn !== null && text !== "" && root.room - y >= height
        text: root.content.note ?? ""
        color: Style.warn
    }
    Column {
        id: stops
        readonly property real start: root.wide ? 8 : 0
        readonly property real from: Math.max(head.height, signs.visible ? signs.y + signs.height : 0, then.visible ? then.y + then.height : 0, note.visible ? note.y + note.height : 0) + 14
        readonly property int fits: root.turn === null ? 0 : Math.max(0, Math.floor((root.room - from) / 40))
        x: Style.from(start, width, parent.width)
        y: from
        width: parent.width - start

        Repeater {
            model: root.content.stops ?? []

            Item {
                id: stop
                required property int index
                required property var modelData
                readonly property string facts: [modelData.arrival, modelData.duration].filter(Boolean).join(" · ")
                objectName: "appStop_" + modelData.key
                width: stops.width
                height: 40
                visible: index < stops.fits
                Accessible.role: Accessible.StaticText
                Accessible.name: stop.facts === "" ? qsTr("Charge at %1").arg(modelData.title) : qsTr("Charge at %1: %2").arg(modelData.title).arg(stop.facts)

                Icon {
                    id: bolt
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.left: parent.left
                    name: "bolt"
                    size: 28
                    color: Style.accent
                }
                Label {
                    anchors.left: bolt.right
                    anchors.leftMargin: 10
                    anchors.right: charge.left
                    anchors.rightMargin: 10
                    anchors.verticalCenter: parent.verticalCenter
                    text: stop.modelData.title
                }
                Label {
                    id: charge
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    text: stop.facts
                    color: Style.muted
                }
            }
        }
    }
    WayLeft {
        id: rest
        anchors.bottom: parent.bottom
        width: parent.width
        content: root.content
        wide: root.wide
        compact: root.height < 230 || (root.height < 300 && root.lanes.length > 0)
    }
}
