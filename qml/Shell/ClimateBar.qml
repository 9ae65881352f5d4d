// SPDX-License-Identifier: Apache-2.0
// Climate, always in reach: each side's temperature, fan, cooling, defroster, recirculation.
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    readonly property bool narrow: width < 1150
    readonly property bool tight: width < 1000 // the climate page has what is left out here
    readonly property real edge: narrow ? 8 : Style.margin
    implicitHeight: Style.climateHeight
    color: Style.surface

    Stepper {
        x: Style.mirrored ? parent.width - width - root.edge : root.edge
        anchors.verticalCenter: parent.verticalCenter
        setting: Climate.driver
        name: qsTr("Driver temperature")
        caption: root.narrow ? "" : qsTr("Driver")
        unit: "°"
        tag: "climateDriver"
        valueWidth: root.tight ? 112 : root.narrow ? 112 : 130
    }
    Row {
        anchors.centerIn: parent
        spacing: Style.apart

        Stepper {
            setting: Climate.fan
            name: qsTr("Fan")
            caption: qsTr("Fan")
            unit: " %"
            tag: "climateFan"
            valueWidth: root.tight ? 96 : root.narrow ? 96 : 104
        }
        ToggleButton {
            objectName: "climateCooling"
            width: root.narrow ? Style.target : 88
            visible: !root.tight
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
            visible: !root.tight
            text: qsTr("Recirculate the air")
            glyph: "recirculate"
            setting: Climate.recirculation
        }
    }
    Stepper {
        x: Style.mirrored ? root.edge : parent.width - width - root.edge
        anchors.verticalCenter: parent.verticalCenter
        setting: Climate.passenger
        name: qsTr("Passenger temperature")
        caption: root.narrow ? "" : qsTr("Passenger")
        unit: "°"
        tag: "climatePassenger"
        valueWidth: root.tight ? 112 : root.narrow ? 112 : 130
    }
}
