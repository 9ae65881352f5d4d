// SPDX-License-Identifier: Apache-2.0
// Climate, always in reach: each side's temperature, fan, cooling, defroster, recirculation.
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    readonly property bool narrow: width < 1100
    implicitHeight: Style.climateHeight
    color: Style.surface

    Stepper {
        anchors.left: parent.left
        anchors.leftMargin: root.narrow ? 8 : Style.margin
        anchors.verticalCenter: parent.verticalCenter
        setting: Climate.driver
        name: qsTr("Driver temperature")
        caption: root.narrow ? "" : qsTr("Driver")
        unit: "°"
        tag: "climateDriver"
        valueWidth: root.narrow ? 100 : 148
    }
    Row {
        anchors.centerIn: parent
        spacing: root.narrow ? 4 : 12

        Stepper {
            setting: Climate.fan
            name: qsTr("Fan")
            caption: qsTr("Fan")
            unit: " %"
            tag: "climateFan"
            valueWidth: root.narrow ? 96 : 120
        }
        ToggleButton {
            objectName: "climateCooling"
            width: root.narrow ? Style.target : 88
            text: qsTr("Air conditioning")
            glyph: "snow"
            setting: Climate.cooling
        }
        ToggleButton {
            objectName: "climateDefrost"
            width: root.narrow ? Style.target : 88
            text: qsTr("Defrost the windscreen")
            glyph: "defrost"
            setting: Climate.defrost
        }
        ToggleButton {
            objectName: "climateRecirculation"
            width: root.narrow ? Style.target : 88
            text: qsTr("Recirculate the air")
            glyph: "recirculate"
            setting: Climate.recirculation
        }
    }
    Stepper {
        anchors.right: parent.right
        anchors.rightMargin: root.narrow ? 8 : Style.margin
        anchors.verticalCenter: parent.verticalCenter
        setting: Climate.passenger
        name: qsTr("Passenger temperature")
        caption: root.narrow ? "" : qsTr("Passenger")
        unit: "°"
        tag: "climatePassenger"
        valueWidth: root.narrow ? 100 : 148
    }
}
