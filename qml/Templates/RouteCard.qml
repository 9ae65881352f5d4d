// SPDX-License-Identifier: Apache-2.0
// One route: how long, how far, and what it takes out of the battery.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Style

T.AbstractButton {
    id: control
    required property var route
    property bool upright: false
    readonly property string arrival: route.arrival !== "" ? qsTr("leaves %1").arg(route.arrival) : ""
    readonly property real edge: 20
    text: route.title
    Accessible.role: Accessible.ListItem
    Accessible.name: control.text + ", " + route.duration

    contentItem: Item {
        Label {
            id: badge
            x: Style.from(control.edge, width, parent?.width ?? 0)
            y: control.upright ? 16 : time.y + 8
            anchors.right: control.upright ? undefined : parent.right
            anchors.rightMargin: control.edge
            width: Math.min(implicitWidth, control.upright ? parent.width - 2 * control.edge : parent.width - time.width - 56)
            height: 30
            text: control.route.badge
            color: Style.good
            font.weight: Font.DemiBold
        }
        Label {
            id: time
            x: Style.from(control.edge, width, parent?.width ?? 0)
            y: control.upright ? 48 : 12
            text: control.route.duration
            font.family: Style.numbers
            font.pixelSize: 38
            font.weight: Font.DemiBold
        }
        Column {
            x: Style.from(control.edge, width, parent?.width ?? 0)
            anchors.top: time.bottom
            anchors.topMargin: control.upright ? 8 : 0
            width: parent.width - 2 * control.edge
            spacing: control.upright ? 4 : 0

            Label {
                width: parent.width
                text: control.upright || control.route.note === "" ? control.text : control.text + " · " + control.route.note
                wrapMode: control.upright ? Text.Wrap : Text.NoWrap
                maximumLineCount: control.upright ? (control.height > 270 ? 2 : 1) : 1
            }
            Label {
                width: parent.width
                visible: control.upright && text !== "" && control.height > 240
                text: control.route.note
                color: Style.muted
            }
            Label {
                width: parent.width
                text: control.upright ? control.route.distance : [control.route.distance, control.route.energy].filter(Boolean).join(" · ")
                color: Style.muted
            }
            Label {
                width: parent.width
                visible: control.upright && text !== ""
                text: [control.route.energy, control.arrival].filter(Boolean).join(" · ")
                color: Style.muted
            }
        }
    }
    background: Rectangle {
        radius: 20
        color: control.down ? Style.pressed : Style.raised
        border.width: control.route.chosen ? 3 : 0
        border.color: Style.accent
    }
}
