// SPDX-License-Identifier: Apache-2.0
// What the pack gives (to the right) or takes back (to the left, green).
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    readonly property real strongestIn: 80 // kW
    readonly property real strongestOut: 160 // kW
    readonly property real zero: Math.round(width * strongestIn / (strongestIn + strongestOut))
    property real kw
    readonly property bool regenerating: kw < 0
    readonly property real length: regenerating ? zero * Math.min(1, -kw / strongestIn) : (width - zero) * Math.min(1, kw / strongestOut)
    implicitHeight: 74

    Follow on kw {
        reading: Vehicle.power
    }

    Label {
        anchors.left: parent.left
        text: Vehicle.charging.value > 0 ? qsTr("Charging") : root.regenerating ? qsTr("Regeneration") : qsTr("Power")
        color: root.regenerating && Vehicle.power.known ? Style.good : Style.muted
    }
    Label {
        objectName: "powerValue"
        anchors.right: unit.left
        anchors.rightMargin: 8
        anchors.baseline: unit.baseline
        color: Vehicle.power.known ? Style.text : Style.muted
        font.pixelSize: Style.primary
        font.weight: Font.DemiBold

        Follow on text {
            reading: Vehicle.power
        }
    }
    Label {
        id: unit
        anchors.right: parent.right
        text: qsTr("kW")
        color: Style.muted
    }
    Rectangle {
        id: track
        y: 48
        width: parent.width
        height: 12
        radius: 6
        color: Style.track
    }
    Rectangle {
        visible: Vehicle.power.known && root.length >= 1
        x: root.regenerating ? root.zero - width : root.zero
        y: track.y
        width: root.length
        height: 12
        radius: 6
        color: root.regenerating ? Style.good : Style.accent
    }
    Rectangle {
        x: root.zero - 2
        y: track.y - 6
        width: 4
        height: 24
        radius: 2
        color: Style.muted
    }
}
