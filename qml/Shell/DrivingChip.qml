// SPDX-License-Identifier: Apache-2.0
// The driving state and whether it limits what may be shown.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

T.AbstractButton {
    id: control
    readonly property var glyphs: ({
            parked: "parking",
            idling: "wheel",
            moving: "wheel",
            unknown: "question"
        })
    readonly property string advice: Driving.limited ? qsTr("Lists and texts are short while driving.") : qsTr("Everything is shown.")
    property real room: 1000 // where there is less than the words need, the sign alone tells the state
    objectName: "drivingState"
    text: Driving.text
    implicitWidth: Math.max(Style.target, row.implicitWidth + 48)
    implicitHeight: Style.target
    Accessible.role: Accessible.Button
    Accessible.name: control.text
    onClicked: Why.driving()

    contentItem: Item {
        Row {
            id: row
            anchors.centerIn: parent
            spacing: 12

            Icon {
                anchors.verticalCenter: parent.verticalCenter
                name: control.glyphs[Driving.state]
                size: 32
                color: Driving.state === "unknown" ? Style.warn : Style.accent
            }
            Label {
                id: words
                anchors.verticalCenter: parent.verticalCenter
                visible: words.implicitWidth + 92 <= control.room
                text: control.text
                font.weight: Font.DemiBold
            }
        }
    }
    background: Item {
        Rectangle {
            anchors.fill: parent
            anchors.topMargin: 10
            anchors.bottomMargin: 10
            radius: height / 2
            color: control.down ? Style.pressed : Style.surface
        }
    }
}
