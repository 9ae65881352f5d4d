// SPDX-License-Identifier: Apache-2.0
// One choice out of a few, all of them in sight. The title stands beside the choices, or above them where it is narrow.
pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Templates as T
import Style

Item {
    id: root
    property string title
    property string detail
    property var options: [] // objects with key and text
    property string value
    property string tag // beginning of the choices' objectNames
    signal chosen(key: string)
    readonly property bool narrow: choices.implicitWidth + 260 > width
    readonly property real share: (width - (options.length - 1) * choices.spacing) / Math.max(1, options.length)
    implicitHeight: narrow ? words.implicitHeight + 8 + Style.target : Math.max(Style.target, words.implicitHeight)
    Accessible.role: Accessible.Grouping
    Accessible.name: root.title

    Column {
        id: words
        anchors.left: parent.left
        width: root.narrow ? root.width : root.width - choices.width - Style.gap
        y: root.narrow ? 0 : (root.height - implicitHeight) / 2

        Label {
            width: parent.width
            text: root.title
            wrapMode: Text.WordWrap
            maximumLineCount: 2
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.detail
            color: Style.muted
            wrapMode: Text.WordWrap
            maximumLineCount: 2
        }
    }
    Row {
        id: choices
        anchors.right: parent.right
        anchors.bottom: parent.bottom
        spacing: 8

        Repeater {
            model: root.options

            T.AbstractButton {
                id: choice
                required property var modelData
                readonly property bool on: modelData.key === root.value
                objectName: root.tag + modelData.key
                width: root.narrow ? root.share : implicitWidth
                implicitWidth: Math.max(112, label.implicitWidth + 44)
                implicitHeight: Style.target
                text: modelData.text
                Accessible.role: Accessible.RadioButton
                Accessible.name: root.title + ": " + choice.text
                Accessible.checked: choice.on
                onClicked: root.chosen(modelData.key)

                contentItem: Label {
                    id: label
                    text: choice.text
                    horizontalAlignment: Text.AlignHCenter
                    font.weight: choice.on ? Font.DemiBold : Font.Normal
                    color: choice.on ? Style.overAccent : Style.text
                }
                background: Rectangle {
                    radius: Style.buttonRadius
                    color: choice.on ? Style.accent : choice.down ? Style.pressed : Style.raised
                }
            }
        }
    }
}
