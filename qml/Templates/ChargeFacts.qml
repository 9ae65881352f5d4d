// SPDX-License-Identifier: Apache-2.0
// The numbers of a charging session; -- for those that are not known.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Grid {
    id: root
    required property var content
    property int lines: 2
    readonly property var facts: [
        {
            name: qsTr("Power"),
            value: content.power ?? "—",
            unit: "kW"
        },
        {
            name: qsTr("Time left"),
            value: content.time ?? "—",
            unit: ""
        },
        {
            name: qsTr("Energy"),
            value: content.energy ?? "—",
            unit: "kWh"
        },
        {
            name: qsTr("Cost so far"),
            value: content.price ?? "—",
            unit: ""
        }
    ]
    columns: 2

    Repeater {
        model: root.facts.slice(0, root.lines * 2)

        Column {
            id: fact
            required property var modelData
            width: root.width / 2

            Label {
                width: parent.width - 8
                text: fact.modelData.unit !== "" && fact.modelData.value !== "—" ? fact.modelData.value + "\u00a0" + fact.modelData.unit : fact.modelData.value
                font.pixelSize: Style.primary
                font.weight: Font.DemiBold
                fontSizeMode: Text.HorizontalFit
                minimumPixelSize: 24
            }
            Label {
                width: parent.width
                text: fact.modelData.name
                color: Style.muted
            }
        }
    }
}
