// SPDX-License-Identifier: Apache-2.0
// How the screen looks.
import QtQuick
import Controls
import Models
import Style

Pane {
    id: root
    property bool setup: true
    tag: "displayTitle"
    title: qsTr("Display")

    SegmentedControl {
        width: parent.width
        tag: "look_"
        title: qsTr("Day and night")
        detail: qsTr("Automatic follows the light outside.")
        value: Profiles.look
        options: [
            {
                "key": "auto",
                "text": qsTr("Automatic")
            },
            {
                "key": "day",
                "text": qsTr("Day")
            },
            {
                "key": "night",
                "text": qsTr("Night")
            }
        ]
        onChosen: key => Profiles.change("look", key)
    }
    SegmentedControl {
        width: parent.width
        visible: root.setup
        tag: "text_"
        title: qsTr("Text size")
        value: Profiles.textsize
        options: [
            {
                "key": "normal",
                "text": qsTr("Normal")
            },
            {
                "key": "large",
                "text": qsTr("Large")
            },
            {
                "key": "larger",
                "text": qsTr("Larger")
            }
        ]
        onChosen: key => Profiles.change("text_size", key)
    }
    SwitchRow {
        objectName: "reducedMotion"
        x: Style.from(-Style.gap, width, parent?.width ?? 0)
        width: parent.width + 2 * Style.gap
        visible: root.setup
        title: qsTr("Reduced motion")
        detail: qsTr("Nothing slides or fades.")
        choice: true
        on: Profiles.still
        onClicked: Profiles.change("reduced_motion", Profiles.still ? "false" : "true")
    }
    SwitchRow {
        objectName: "rightHandDrive"
        x: Style.from(-Style.gap, width, parent?.width ?? 0)
        width: parent.width + 2 * Style.gap
        visible: root.setup
        title: qsTr("Steering wheel on the right")
        detail: qsTr("The drive and the navigation lie on the driver's side. It holds for every driver.")
        choice: true
        on: Profiles.right
        onClicked: Profiles.steer(!Profiles.right)
    }
    WhyNote {
        objectName: "whenParked"
        width: parent.width
        visible: !root.setup
        lines: 2
        topic: "setup"
        text: qsTr("Text size, motion and the driver's side are set up when parked.")
    }
}
