// SPDX-License-Identifier: Apache-2.0
// Every control in every state: as it is, on, under way, disabled, and reached by a key.
// Words here are for developers and are not translated.
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
                title: "Buttons"

                PillButton {
                    objectName: "pill"
                    text: "Cancel"
                }
                PillButton {
                    text: "Start"
                    primary: true
                }
                PillButton {
                    text: "Not now"
                    enabled: false
                }
                PillButton {
                    text: "Held"
                    down: true
                }
            }
            Line {
                title: "Icons"

                IconButton {
                    text: "Lock"
                    glyph: "lock"
                }
                IconButton {
                    text: "Play"
                    glyph: "play"
                    filled: true
                    color: Style.overAccent
                }
                IconButton {
                    text: "Held"
                    glyph: "bell"
                    down: true
                }
                IconButton {
                    text: "Seat heating"
                    glyph: "seat_heat"
                    enabled: false
                }
                IconButton {
                    text: "Close"
                    glyph: "close"
                    flat: true
                }
            }
            Line {
                title: "Switches"

                Switch {
                    objectName: "switchOff"
                    name: "Off"
                }
                Switch {
                    name: "On"
                    checked: true
                }
                Switch {
                    name: "Under way"
                    checked: true
                    pending: true
                }
                Switch {
                    name: "Disabled"
                    checked: true
                    enabled: false
                }
            }
            Line {
                title: "Sliders"

                Slider {
                    objectName: "slider"
                    width: 180
                    name: "Volume"
                    value: 0.4
                }
                Slider {
                    width: 180
                    name: "Under way"
                    value: 0.7
                    pending: true
                }
                Slider {
                    width: 180
                    name: "Disabled"
                    value: 0.5
                    enabled: false
                }
            }
            Line {
                title: "Progress"

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
                            name: "Progress"
                            value: Math.max(0, place.modelData)
                            indeterminate: place.modelData < 0
                        }
                    }
                }
            }
        }
    }
}
