// SPDX-License-Identifier: Apache-2.0
// The selector: all positions, the selected one filled.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    implicitWidth: letters.width
    implicitHeight: 48

    Row {
        id: letters
        spacing: 4

        Repeater {
            model: ["P", "R", "N", "D"]

            Rectangle {
                id: place
                required property string modelData
                readonly property bool chosen: Vehicle.gear.text === place.modelData
                width: 48
                height: 48
                radius: 16
                color: place.chosen ? Style.text : "transparent"

                Label {
                    anchors.centerIn: parent
                    text: place.modelData
                    color: place.chosen ? Style.ground : Style.muted
                    font.pixelSize: 28
                    font.weight: Font.DemiBold
                }
            }
        }
    }
    // The selected position as one text, for tests and for people who cannot see the strip.
    Text {
        objectName: "gearValue"
        text: Vehicle.gear.text
        textFormat: Text.PlainText
        opacity: 0
        Accessible.name: qsTr("Gear %1").arg(text)
    }
}
