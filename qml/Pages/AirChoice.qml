// SPDX-License-Identifier: Apache-2.0
// Where the air goes: to the windscreen, to the middle, to the feet.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Models
import Style

Rectangle {
    id: root
    required property Setting setting
    property string tag
    readonly property var glyphs: ["airup", "airmiddle", "airdown"]
    readonly property var names: [qsTr("Air to the windscreen"), qsTr("Air to the middle"), qsTr("Air to the feet")]
    implicitHeight: Style.target
    radius: Style.buttonRadius
    color: Style.raised

    Row {
        Repeater {
            model: 3

            T.AbstractButton {
                id: way
                required property int index
                objectName: root.tag + index
                width: root.width / 3
                height: root.height
                enabled: root.setting.known
                checked: root.setting.known && root.setting.value === index
                text: root.names[index]
                Accessible.role: Accessible.RadioButton
                Accessible.name: way.text
                Accessible.checked: way.checked
                onClicked: root.setting.set(index)

                contentItem: Item {
                    CarIcon {
                        anchors.centerIn: parent
                        name: root.glyphs[way.index]
                        size: 40
                        color: !way.enabled ? Style.muted : way.checked ? Style.overAccent : Style.text
                    }
                    Rectangle {
                        visible: root.setting.pending && root.setting.aim === way.index
                        anchors.right: parent.right
                        anchors.top: parent.top
                        anchors.margins: 10
                        width: 12
                        height: 12
                        radius: 6
                        color: Style.accent
                    }
                }
                background: Rectangle {
                    radius: Style.buttonRadius
                    color: way.checked ? Style.accent : way.down ? Style.pressed : "transparent"
                }
            }
        }
    }
}
