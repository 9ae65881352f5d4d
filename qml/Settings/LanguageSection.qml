// SPDX-License-Identifier: Apache-2.0
// Language and units.
import QtQuick
import Controls
import Models

Pane {
    id: root
    property bool setup: true
    readonly property var codes: Language.codes
    tag: "languageTitle"
    title: qsTr("Language and units")

    Withheld {
        width: parent.width
        visible: !root.setup
    }
    SegmentedControl {
        width: parent.width
        visible: root.setup
        tag: "language_"
        title: qsTr("Language")
        value: Profiles.language
        options: root.codes.map(code => ({
                    "key": code,
                    "text": Language.name(code)
                }))
        onChosen: key => Profiles.change("language", key)
    }
    SegmentedControl {
        width: parent.width
        visible: root.setup
        tag: "distance_"
        title: qsTr("Distance and speed")
        value: Profiles.distance
        options: [
            {
                "key": "km",
                "text": "km, km/h"
            },
            {
                "key": "mi",
                "text": "mi, mph"
            }
        ]
        onChosen: key => Profiles.change("distance", key)
    }
    SegmentedControl {
        width: parent.width
        visible: root.setup
        tag: "temperature_"
        title: qsTr("Temperature")
        value: Profiles.temperature
        options: [
            {
                "key": "C",
                "text": "°C"
            },
            {
                "key": "F",
                "text": "°F"
            }
        ]
        onChosen: key => Profiles.change("temperature", key)
    }
    SegmentedControl {
        width: parent.width
        visible: root.setup
        tag: "pressure_"
        title: qsTr("Tyre pressure")
        value: Profiles.pressure
        options: [
            {
                "key": "bar",
                "text": "bar"
            },
            {
                "key": "psi",
                "text": "psi"
            },
            {
                "key": "kPa",
                "text": "kPa"
            }
        ]
        onChosen: key => Profiles.change("pressure", key)
    }
}
