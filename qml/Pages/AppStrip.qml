// SPDX-License-Identifier: Apache-2.0
// Apps of one purpose beside each other; a touch chooses one.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Controls
import Models
import Style

Row {
    id: root
    required property AppChoice choice
    required property string tag
    readonly property int most: 6 // a driver may not have to look through more
    spacing: 8
    visible: root.choice.count > 1
    height: visible ? Style.target : 0

    Repeater {
        model: root.choice

        T.AbstractButton {
            id: tab
            required property int index
            required property string app
            required property string name
            required property string emblem
            required property bool active
            readonly property bool chosen: tab.app === root.choice.app
            objectName: root.tag + tab.app
            visible: tab.index < root.most
            width: Math.min(260, (root.width - (Math.min(root.choice.count, root.most) - 1) * root.spacing) / Math.min(root.choice.count, root.most))
            height: Style.target
            text: tab.name
            checked: tab.chosen
            Accessible.role: Accessible.RadioButton
            Accessible.name: tab.text
            Accessible.checked: tab.chosen
            onClicked: root.choice.choose(tab.app)

            contentItem: Item {
                Icon {
                    id: sign
                    x: Style.from(20, width, parent?.width ?? 0)
                    anchors.verticalCenter: parent.verticalCenter
                    name: tab.emblem
                    size: 32
                    color: tab.chosen ? Style.speaker : Style.muted
                }
                Label {
                    anchors.left: sign.right
                    anchors.leftMargin: 14
                    anchors.right: parent.right
                    anchors.rightMargin: tab.active ? 44 : 16
                    anchors.verticalCenter: parent.verticalCenter
                    text: tab.text
                    font.weight: tab.chosen ? Font.DemiBold : Font.Normal
                    color: tab.chosen ? Style.text : Style.muted
                }
                Rectangle {
                    visible: tab.active
                    anchors.right: parent.right
                    anchors.rightMargin: 20
                    anchors.verticalCenter: parent.verticalCenter
                    width: 12
                    height: 12
                    radius: 6
                    color: Style.accent
                }
            }
            background: Rectangle {
                radius: Style.buttonRadius
                color: tab.down ? Style.pressed : tab.chosen ? Style.raised : Style.surface
            }
        }
    }
}
