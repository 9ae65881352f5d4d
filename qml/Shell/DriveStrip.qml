// SPDX-License-Identifier: Apache-2.0
// Speed and selector in a line, for the pages that have no dial.
import QtQuick
import Controls
import Models
import Style

Row {
    id: root
    spacing: 10
    baselineOffset: unit.y + unit.baselineOffset

    Label {
        anchors.baseline: unit.baseline
        objectName: "stripGear"
        text: Vehicle.gear.text
        color: Vehicle.gear.known ? Style.accent : Style.muted
        font.pixelSize: Style.primary
        font.weight: Font.DemiBold
    }
    Label {
        anchors.baseline: unit.baseline
        objectName: "stripSpeed"
        width: 72
        horizontalAlignment: Text.AlignRight
        color: Vehicle.speed.known ? Style.text : Style.muted
        font.family: Style.numbers
        font.pixelSize: Style.heading
        font.weight: Font.DemiBold
        font.features: {
            "tnum": 1
        }

        Follow on text {
            reading: Vehicle.speed
        }
    }
    Label {
        id: unit
        y: 14
        text: Units.speed
        color: Style.muted
    }
}
