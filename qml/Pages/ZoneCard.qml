// SPDX-License-Identifier: Apache-2.0
// One front seat: its temperature, air, and heating.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    required property string title
    required property string tag
    required property Setting temperature
    required property Setting fan
    required property Setting air
    required property Setting heat
    property int rows: 4
    readonly property int pad: height < 330 ? 12 : 18
    readonly property int gap: (height - 2 * pad - rows * cell) / (rows - 1)
    readonly property int cell: Math.min(96, Math.max(Style.target, (height - 2 * pad - (rows - 1) * 14) / rows))

    Column {
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: root.pad
        width: parent.width - 2 * root.pad
        spacing: root.gap

        Item {
            width: parent.width
            height: root.cell

            Stepper {
                anchors.centerIn: parent
                setting: root.temperature
                name: root.title
                caption: root.title
                unit: "°"
                tag: root.tag + "Temperature"
                valueWidth: parent.width - 2 * Style.target
            }
        }
        Item {
            visible: root.rows > 3
            width: parent.width
            height: root.cell

            Stepper {
                anchors.centerIn: parent
                setting: root.fan
                name: qsTr("Fan")
                caption: qsTr("Fan")
                unit: " %"
                tag: root.tag + "Fan"
                valueWidth: parent.width - 2 * Style.target
            }
        }
        AirChoice {
            width: parent.width
            height: root.cell
            setting: root.air
            tag: root.tag + "Air"
        }
        HeatTile {
            objectName: root.tag + "Heat"
            width: parent.width
            height: root.cell
            text: qsTr("Seat heating")
            glyph: "seat"
            setting: root.heat
        }
    }
}
