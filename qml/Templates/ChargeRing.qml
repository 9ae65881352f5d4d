// SPDX-License-Identifier: Apache-2.0
// How full the battery is, and where charging ends.
import QtQuick
import Controls
import Style

Item {
    id: root
    required property string app
    required property real charge // percent, below 0 when it is not known
    required property real target
    required property string text
    required property color ink
    readonly property real thickness: 18

    Arc {
        anchors.fill: parent
        start: -90
        sweep: 360
        thickness: root.thickness
        color: Style.track
    }
    Arc {
        anchors.fill: parent
        visible: root.charge > 0.5
        start: -90
        sweep: 3.6 * Math.max(0, root.charge)
        thickness: root.thickness
        color: root.ink
    }
    Rectangle {
        readonly property real angle: (root.target * 3.6 - 90) * Math.PI / 180
        readonly property real reach: (root.width - root.thickness) / 2
        visible: root.target > 0 && root.target < 100
        x: root.width / 2 + Math.cos(angle) * reach - width / 2
        y: root.height / 2 + Math.sin(angle) * reach - height / 2
        width: 12
        height: 12
        radius: 6
        color: Style.text
    }
    Column {
        anchors.centerIn: parent

        Label {
            objectName: "appChargeRing_" + root.app
            anchors.horizontalCenter: parent.horizontalCenter
            text: root.text
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: Math.max(40, root.width * 0.26)
        }
        Label {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.target > 0
            text: qsTr("to %1 %").arg(Math.round(root.target))
            color: Style.muted
        }
    }
}
