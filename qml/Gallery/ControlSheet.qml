// SPDX-License-Identifier: Apache-2.0
// Every control in every state: as it is, on, under way, disabled, and reached by a key.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Rectangle {
    id: root
    objectName: "controlSheet"
    property bool mirrored: false
    color: Style.ground
    LayoutMirroring.enabled: root.mirrored
    LayoutMirroring.childrenInherit: true

    component Line: Row {
        property alias title: head.text
        anchors.left: parent ? parent.left : undefined
        spacing: Style.gap

        SectionHeader {
            id: head
            width: 150
            height: Style.target
        }
    }

    Card {
        anchors.fill: parent
        anchors.margins: Style.gap

        Column {
            anchors.fill: parent
            anchors.margins: Style.margin
            spacing: 12

            Line {
                title: qsTr("Buttons")

                PillButton {
                    objectName: "pill"
                    text: qsTr("Cancel")
                }
                PillButton {
                    text: qsTr("Start")
                    primary: true
                }
                PillButton {
                    text: qsTr("Not now")
                    enabled: false
                }
                PillButton {
                    text: qsTr("Held")
                    down: true
                }
            }
            Line {
                title: qsTr("Icons")

                IconButton {
                    text: qsTr("Lock")
                    glyph: "lock"
                }
                IconButton {
                    text: qsTr("Play")
                    glyph: "play"
                    filled: true
                    color: Style.overAccent
                }
                IconButton {
                    text: qsTr("Held")
                    glyph: "bell"
                    down: true
                }
                IconButton {
                    text: qsTr("Seat heating")
                    glyph: "seat_heat"
                    enabled: false
                }
                IconButton {
                    text: qsTr("Close")
                    glyph: "close"
                    flat: true
                }
            }
            Line {
                title: qsTr("Switches")

                Switch {
                    objectName: "switchOff"
                    name: qsTr("Off")
                }
                Switch {
                    name: qsTr("On")
                    checked: true
                }
                Switch {
                    name: qsTr("Under way")
                    checked: true
                    pending: true
                }
                Switch {
                    name: qsTr("Disabled")
                    checked: true
                    enabled: false
                }
            }
            Line {
                title: qsTr("Sliders")

                Slider {
                    objectName: "slider"
                    width: 180
                    name: qsTr("Volume")
                    value: 0.4
                }
                Slider {
                    width: 180
                    name: qsTr("Under way")
                    value: 0.7
                    pending: true
                }
                Slider {
                    width: 180
                    name: qsTr("Disabled")
                    value: 0.5
                    enabled: false
                }
            }
            Line {
                title: qsTr("Progress")

                Repeater {
                    model: [0, 0.4, 1, -1]

                    Item {
                        id: place
                        required property double modelData
                        width: 131
                        height: Style.target

                        ProgressBar {
                            anchors.verticalCenter: parent.verticalCenter
                            width: parent.width
                            name: qsTr("Progress")
                            value: Math.max(0, place.modelData)
                            indeterminate: place.modelData < 0
                        }
                    }
                }
            }
        }
    }
}
