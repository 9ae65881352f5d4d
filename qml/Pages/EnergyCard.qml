// SPDX-License-Identifier: Apache-2.0
// How far the car goes, how full the pack is, what it does, and how warm it is outside and inside.
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    readonly property int inset: width < 300 ? 20 : 28
    property real charged // percent
    property real power // kW
    readonly property bool low: Vehicle.battery.known && charged < 15
    readonly property color level: low ? Style.warn : Style.good

    Follow on charged {
        reading: Vehicle.battery
    }
    Follow on power {
        reading: Vehicle.power
    }

    Item {
        anchors.fill: parent
        anchors.margins: root.inset

        Label {
            id: title
            anchors.left: parent.left
            text: qsTr("Range")
            color: Style.muted
        }
        Label {
            id: distance
            objectName: "rangeValue"
            anchors.left: parent.left
            anchors.top: title.bottom
            anchors.topMargin: 2
            color: Vehicle.range.known ? Style.text : Style.muted
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: root.height < 440 ? 72 : 96

            Follow on text {
                reading: Vehicle.range
            }
        }
        Label {
            anchors.left: distance.right
            anchors.leftMargin: 10
            anchors.baseline: distance.baseline
            text: Units.distance
            color: Style.muted
            font.pixelSize: Style.primary
        }
        Rectangle {
            id: pack
            anchors.top: distance.bottom
            anchors.topMargin: root.height < 440 ? 6 : 20
            width: parent.width
            height: 20
            radius: 10
            color: Style.raised

            Rectangle {
                anchors.left: parent.left
                visible: Vehicle.battery.known
                width: Math.max(parent.height, parent.width * root.charged / 100)
                height: parent.height
                radius: 10
                color: root.level
            }
        }
        Label {
            id: charge
            objectName: "batteryValue"
            anchors.left: parent.left
            anchors.top: pack.bottom
            anchors.topMargin: root.height < 440 ? 8 : 18
            color: Vehicle.battery.known ? Style.text : Style.muted
            font.pixelSize: Style.primary
            font.weight: Font.DemiBold

            Follow on text {
                reading: Vehicle.battery
                unit: " %"
            }
        }
        Label {
            objectName: "energyState"
            anchors.top: charge.bottom
            anchors.topMargin: 2
            width: parent.width
            wrapMode: Text.WordWrap
            maximumLineCount: 2
            text: Vehicle.energy !== "" ? Vehicle.energy : Processes.databroker.fine ? qsTr("The car sends nothing.") : Processes.databroker.sentence
            color: Vehicle.charging.value > 0 || root.power <= -0.5 ? Style.good : Style.muted
        }
        Rectangle {
            anchors.bottom: climate.top
            anchors.bottomMargin: root.height < 440 ? 12 : 22
            width: parent.width
            height: 1
            color: Style.line
        }
        Row {
            id: climate
            anchors.bottom: parent.bottom
            width: parent.width

            Temperature {
                width: parent.width / 2
                caption: qsTr("Outside")
                reading: Vehicle.outside
                tag: "outsideValue"
            }
            Temperature {
                width: parent.width / 2
                caption: qsTr("Cabin")
                reading: Vehicle.cabin
                tag: "cabinValue"
            }
        }
    }
}
