// SPDX-License-Identifier: Apache-2.0
// Controls that show the car, and those of lists: known and unknown, on, chosen, held back, and reached by a key.
// Words here are for developers and are not translated.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Rectangle {
    id: root
    objectName: "carControlSheet"
    property bool mirrored: false
    color: Style.ground
    LayoutMirroring.enabled: root.mirrored
    LayoutMirroring.childrenInherit: true

    Card {
        anchors.fill: parent
        anchors.margins: Style.gap

        Row {
            anchors.fill: parent
            anchors.margins: Style.margin
            spacing: Style.margin

            Column {
                width: (parent.width - Style.margin) / 2
                spacing: 12

                Row {
                    spacing: Style.gap

                    Stepper {
                        setting: Climate.driver
                        name: "Known"
                        caption: "Known"
                        unit: "°"
                        tag: "galleryKnown"
                    }
                    Arc {
                        width: Style.target
                        height: Style.target
                        thickness: 8
                        color: Style.accent
                    }
                }
                Stepper {
                    setting: Climate.passenger
                    name: "Unknown"
                    caption: "Unknown"
                    unit: "°"
                    tag: "galleryUnknown"
                }
                Row {
                    spacing: Style.gap

                    ToggleButton {
                        text: "On"
                        glyph: "snow"
                        setting: Climate.cooling
                    }
                    ToggleButton {
                        text: "Off"
                        glyph: "defrost"
                        setting: Climate.defrost
                    }
                    ToggleButton {
                        text: "Unknown"
                        glyph: "recirculate"
                        setting: Climate.recirculation
                    }
                    IconButton {
                        objectName: "galleryFocus"
                        text: "Reached by a key"
                        glyph: "settings"
                        Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
                    }
                }
                WhyNote {
                    width: parent.width
                    topic: "rows"
                    text: "3 more when parked"
                }
            }
            Column {
                width: (parent.width - Style.margin) / 2
                spacing: 12

                SegmentedControl {
                    width: parent.width
                    tag: "gallery_"
                    title: "Choice"
                    options: [
                        {
                            key: "a",
                            text: "One"
                        },
                        {
                            key: "b",
                            text: "Other"
                        }
                    ]
                    value: "a"
                }
                RatingBar {
                    title: "Stars"
                    tag: "galleryStar"
                    value: 3
                }
                SwitchRow {
                    width: parent.width
                    title: "Where the car is"
                    detail: "A switch that is on"
                    choice: true
                    on: true
                }
                SwitchRow {
                    width: parent.width
                    title: "A line without a choice"
                    detail: "It says only what is"
                }
                ListRow {
                    width: parent.width
                    glyph: "person"
                    text: "Chosen"
                    detail: "It is shown now"
                    chosen: true
                }
                ListRow {
                    width: parent.width
                    glyph: "bell"
                    text: "Not chosen"
                }
            }
        }
    }
}
