// SPDX-License-Identifier: Apache-2.0
// Each window by itself, and all at once.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Models
import Style

Card {
    id: root
    signal closed
    readonly property int pad: height < 400 ? 12 : 20
    readonly property bool small: height < 400
    readonly property real row: (height - 2 * pad - Style.target - 12) / 2

    component Pane: Item {
        id: pane
        required property Door door
        required property string name
        required property string tag
        width: (root.width - 2 * root.pad) / 2
        height: root.row

        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            anchors.bottom: stepper.top
            anchors.bottomMargin: root.small ? 0 : 8
            text: pane.name
            color: Style.muted
        }
        Stepper {
            id: stepper
            anchors.horizontalCenter: parent.horizontalCenter
            y: (parent.height - height) / 2 + 16
            setting: pane.door.window
            name: pane.name
            unit: root.small ? "" : " %"
            tag: pane.tag
            valueWidth: Math.min(170, pane.width - 2 * Style.target - 12)
        }
    }

    Grid {
        x: Style.from(root.pad, width, parent?.width ?? 0)
        y: root.pad
        columns: 2

        Pane {
            door: Body.driver
            name: qsTr("Driver")
            tag: "windowDriver"
        }
        Pane {
            door: Body.passenger
            name: qsTr("Passenger")
            tag: "windowPassenger"
        }
        Pane {
            door: Body.backdriver
            name: qsTr("Rear left")
            tag: "windowBackDriver"
        }
        Pane {
            door: Body.backpassenger
            name: qsTr("Rear right")
            tag: "windowBackPassenger"
        }
    }
    Row {
        anchors.bottom: parent.bottom
        anchors.bottomMargin: root.pad
        anchors.horizontalCenter: parent.horizontalCenter
        spacing: Style.gap

        PillButton {
            objectName: "windowsClose"
            width: (root.width - 2 * root.pad - 2 * Style.gap) / 3
            text: qsTr("Close all")
            enabled: Body.windows.known
            onClicked: Body.windows.set(0)
        }
        PillButton {
            objectName: "windowsVent"
            width: (root.width - 2 * root.pad - 2 * Style.gap) / 3
            text: qsTr("Vent")
            enabled: Body.windows.known
            onClicked: Body.windows.set(10)
        }
        PillButton {
            objectName: "windowsDone"
            width: (root.width - 2 * root.pad - 2 * Style.gap) / 3
            primary: true
            text: qsTr("Done")
            onClicked: root.closed()
        }
    }
}
