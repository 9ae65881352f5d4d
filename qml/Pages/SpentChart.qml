// SPDX-License-Identifier: Apache-2.0
// Where the energy of the road behind went, and what came back.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    readonly property var parts: Energy.spent // kWh: drive, other, recovered
    readonly property bool known: parts.length === 3
    readonly property real most: known ? Math.max(parts[0] + parts[1], 0.001) : 1

    component Part: Item {
        id: part
        property string name
        property real energy
        property color ink
        property string sign
        width: parent.width
        height: Math.max(48, (root.height - 16) / 3)

        Label {
            id: title
            anchors.left: parent.left
            anchors.bottom: bar.top
            anchors.bottomMargin: 4
            width: parent.width - figure.width - 12
            text: part.name
            color: Style.muted
        }
        Label {
            id: figure
            anchors.right: parent.right
            anchors.verticalCenter: title.verticalCenter
            text: qsTr("%1%2 kWh").arg(part.sign).arg(Units.written(part.energy, 1))
        }
        Rectangle {
            id: bar
            anchors.bottom: parent.bottom
            width: parent.width
            height: 14
            radius: 7
            color: Style.raised

            Rectangle {
                anchors.left: parent.left
                width: Math.min(parent.width, Math.max(14, parent.width * part.energy / root.most))
                height: 14
                radius: 7
                color: part.ink
            }
        }
    }

    Column {
        visible: root.known
        anchors.fill: parent
        anchors.leftMargin: 8
        anchors.rightMargin: 8
        spacing: 8

        Part {
            name: qsTr("Drive")
            energy: root.parts[0] ?? 0
            ink: Style.accent
        }
        Part {
            name: qsTr("Climate, 12 V and losses")
            energy: root.parts[1] ?? 0
            ink: Style.warn
        }
        Part {
            name: qsTr("Recovered")
            energy: root.parts[2] ?? 0
            ink: Style.good
            sign: "+"
        }
    }
    Label {
        objectName: "spentEmpty"
        visible: !root.known
        anchors.fill: parent
        horizontalAlignment: Text.AlignHCenter
        wrapMode: Text.WordWrap
        text: Energy.distance > 0 ? qsTr("The car does not say what its motor takes.") : qsTr("Nothing has been driven yet.")
        color: Style.muted
    }
}
