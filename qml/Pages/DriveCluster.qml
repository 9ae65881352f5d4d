// SPDX-License-Identifier: Apache-2.0
// Speed, selector and power.
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    readonly property real fullScale: 180 // km/h
    readonly property real shape: 0.83 // height of the dial with the selector in its opening, of its width
    readonly property real ring: Math.min(width, (height - power.height - Style.gap) / shape)
    readonly property real numberSize: ring * 0.34
    property real kmh

    Follow on kmh {
        reading: Vehicle.speed
    }

    Item {
        id: dial
        width: root.ring
        height: root.ring * root.shape
        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(0, (root.height - height - power.height - Style.gap) / 2)

        Arc {
            width: root.ring
            height: root.ring
            color: Style.track
        }
        Arc {
            width: root.ring
            height: root.ring
            visible: Vehicle.speed.known && root.kmh > 0
            color: Style.accent
            sweep: Math.max(0.5, 240 * Math.min(1, root.kmh / root.fullScale))
        }
        Label {
            objectName: "speedValue"
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.ring * 0.43 - height / 2
            color: Vehicle.speed.known ? Style.text : Style.muted
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: root.numberSize
            font.letterSpacing: -root.numberSize * 0.02
            font.features: {
                "tnum": 1
            }

            Follow on text {
                reading: Vehicle.speed
            }
        }
        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            y: root.ring * 0.43 + root.numberSize * 0.4
            text: Units.speed
            color: Style.muted
        }
        GearStrip {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: parent.bottom
        }
    }
    PowerBar {
        id: power
        anchors.top: dial.bottom
        anchors.topMargin: Style.gap
        anchors.horizontalCenter: parent.horizontalCenter
        width: Math.min(root.width, root.ring)
    }
}
