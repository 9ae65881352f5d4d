// SPDX-License-Identifier: Apache-2.0
// Less, what the car reports, more. What was asked for and is not reported yet stands small below.
pragma ComponentBehavior: Bound
import QtQuick
import Models
import Style

Item {
    id: root
    required property Setting setting
    required property string name
    property string unit
    property string caption
    property string tag // beginning of the parts' objectNames
    property int valueWidth: 128
    implicitWidth: 2 * Style.target + valueWidth
    implicitHeight: Style.target

    IconButton {
        objectName: root.tag + "Down"
        anchors.left: parent.left
        text: qsTr("%1: less").arg(root.name)
        glyph: "minus"
        enabled: root.setting.known
        onClicked: root.setting.step(-1)
    }
    Column {
        anchors.centerIn: parent
        width: root.valueWidth

        Label {
            objectName: root.tag + "Value"
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.setting.known ? root.setting.text + root.unit : root.setting.text
            color: root.setting.known ? Style.text : Style.muted
            font.family: Style.numbers
            font.weight: Font.DemiBold
            font.pixelSize: root.valueWidth < 110 ? 34 : 38
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.setting.pending || root.caption !== ""
            spacing: 8

            Rectangle {
                visible: root.setting.pending
                anchors.verticalCenter: parent.verticalCenter
                width: 10
                height: 10
                radius: 5
                color: Style.accent
            }
            Label {
                objectName: root.tag + "Wanted"
                text: root.setting.pending ? root.setting.wanted + root.unit : root.caption
                color: root.setting.pending ? Style.accent : Style.muted
            }
        }
    }
    IconButton {
        objectName: root.tag + "Up"
        anchors.right: parent.right
        text: qsTr("%1: more").arg(root.name)
        glyph: "plus"
        enabled: root.setting.known
        onClicked: root.setting.step(1)
    }
}
