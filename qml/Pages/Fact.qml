// SPDX-License-Identifier: Apache-2.0
// One value with its name. A value that cannot be is marked; an old one is dim, with its age; one that is not known is a
// dash.
import QtQuick
import Controls
import Models
import Style

Item {
    id: root
    required property Reading reading
    required property string name
    property string unit
    property bool alert: false
    property string tag
    readonly property color ink: !root.reading.known ? Style.muted : root.alert || root.reading.doubtful ? Style.warn : Style.text
    implicitHeight: caption.implicitHeight + line.height
    implicitWidth: 140

    Label {
        id: caption
        width: parent.width
        text: root.name
        color: Style.muted
    }
    Row {
        id: line
        anchors.left: parent.left
        anchors.top: caption.bottom
        height: 44
        spacing: 8

        Label {
            id: value
            objectName: root.tag
            color: root.ink
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: 34

            Follow on text {
                reading: root.reading
            }
        }
        Label {
            visible: root.reading.known && root.unit !== ""
            anchors.baseline: value.baseline
            text: root.unit
            color: Style.muted
        }
        Icon {
            visible: root.reading.stale
            anchors.verticalCenter: parent.verticalCenter
            name: "clock"
            size: 26
            color: Style.muted
        }
        Label {
            objectName: root.tag + "Age"
            visible: root.reading.stale && root.width >= 240
            anchors.baseline: value.baseline
            text: qsTr("%1 ago").arg(root.reading.age)
            color: Style.muted
        }
        Icon {
            visible: root.reading.doubtful
            anchors.verticalCenter: parent.verticalCenter
            name: "question"
            size: 30
            color: Style.warn
        }
    }
}
