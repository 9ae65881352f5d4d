// SPDX-License-Identifier: Apache-2.0
// How it is in the cabin and outside, and when it will be made ready.
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    readonly property int inset: width < 300 ? 20 : 28

    Item {
        anchors.fill: parent
        anchors.margins: root.inset

        Label {
            id: title
            anchors.left: parent.left
            text: qsTr("Cabin")
            color: Style.muted
        }
        Label {
            id: degrees
            objectName: "cabinCardValue"
            anchors.left: parent.left
            anchors.top: title.bottom
            color: Vehicle.cabin.known ? Style.text : Style.muted
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: root.height < 440 ? 72 : 96

            Follow on text {
                reading: Vehicle.cabin
                unit: "°"
            }
        }
        Temperature {
            anchors.left: parent.left
            anchors.top: degrees.bottom
            anchors.topMargin: Style.gap
            width: parent.width
            caption: qsTr("Outside")
            reading: Vehicle.outside
            tag: "cabinCardOutside"
        }
        Label {
            objectName: "cabinCardSentence"
            anchors.bottom: parent.bottom
            width: parent.width
            wrapMode: Text.WordWrap
            maximumLineCount: 3
            text: Departures.text !== "" ? Departures.text : Processes.databroker.fine ? "" : Processes.databroker.sentence
            color: Style.muted
        }
    }
}
