// SPDX-License-Identifier: Apache-2.0
// One signal: path, value with unit, age.
import QtQuick
import Controls
import Style

Item {
    id: root
    required property string path
    required property string value
    required property string unit
    required property string age
    implicitHeight: 48

    Rectangle {
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.margins: 16
        height: 1
        color: Style.line
    }
    Label {
        anchors.left: parent.left
        anchors.leftMargin: 16
        anchors.right: number.left
        anchors.rightMargin: 16
        height: parent.height
        text: root.path
        elide: Text.ElideMiddle
    }
    Label {
        id: number
        anchors.right: unit.left
        anchors.rightMargin: 8
        height: parent.height
        width: 170
        horizontalAlignment: Text.AlignRight
        text: root.value
        font.weight: Font.DemiBold
        font.features: {
            "tnum": 1
        }
    }
    Label {
        id: unit
        anchors.right: age.left
        height: parent.height
        width: 120
        text: root.unit
        color: Style.muted
    }
    Label {
        id: age
        anchors.right: parent.right
        anchors.rightMargin: 16
        height: parent.height
        width: 84
        horizontalAlignment: Text.AlignRight
        text: root.age
        color: Style.muted
    }
}
