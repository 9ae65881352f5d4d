// SPDX-License-Identifier: Apache-2.0
// Letters to touch, as many beside each other as fit. Of the car, so no app sees more than the text.
pragma ComponentBehavior: Bound
import QtQuick
import Controls
import Style

Rectangle {
    id: root
    LayoutMirroring.enabled: false // it looks the same in every language
    LayoutMirroring.childrenInherit: true
    property bool numbers: false
    readonly property int columns: Math.max(6, Math.floor((width - 2 * Style.gap + 4) / (Style.target + 4)))
    readonly property real keyWidth: (width - 2 * Style.gap + 4) / Math.min(10, columns) - 4
    readonly property string letters: columns >= 10 ? "qwertyuiopasdfghjklzxcvbnm" : "abcdefghijklmnopqrstuvwxyz"
    readonly property var keys: Array.from(numbers ? "1234567890-/:@.,'&+?" : letters)
    objectName: "keyboard"
    visible: TextEntry.open
    implicitHeight: keyArea.height + line.height + controls.height + 2 * Style.gap + 16
    radius: Style.cardRadius
    color: Style.surface
    border.width: 2
    border.color: Style.line

    // What lies below is not touched through it.
    MouseArea {
        anchors.fill: parent
    }
    Item {
        id: line
        x: Style.gap
        y: Style.gap
        width: parent.width - 2 * Style.gap
        height: Style.target

        Rectangle {
            anchors.fill: parent
            anchors.rightMargin: 2 * (Style.target + 4)
            radius: Style.buttonRadius
            color: Style.raised

            Label {
                objectName: "keyboardText"
                anchors.fill: parent
                anchors.leftMargin: 20
                anchors.rightMargin: 20
                elide: Text.ElideLeft
                text: TextEntry.text !== "" ? TextEntry.text : TextEntry.hint
                font.pixelSize: Style.primary
                color: TextEntry.text !== "" ? Style.text : Style.muted
            }
        }
        IconButton {
            objectName: "keyErase"
            anchors.right: close.left
            anchors.rightMargin: 4
            text: qsTr("Erase")
            glyph: "backspace"
            onClicked: TextEntry.erase()
        }
        IconButton {
            id: close
            objectName: "keyClose"
            anchors.right: parent.right
            text: qsTr("Close")
            glyph: "close"
            flat: true
            onClicked: TextEntry.cancel()
        }
    }
    Flow {
        id: keyArea
        anchors.top: line.bottom
        anchors.topMargin: 8
        x: Style.gap
        width: parent.width - 2 * Style.gap + 4
        spacing: 4

        Repeater {
            model: root.keys

            ActionButton {
                required property string modelData
                objectName: "key_" + modelData
                width: root.keyWidth
                text: modelData
                onClicked: TextEntry.type(modelData)
            }
        }
    }
    Row {
        id: controls
        anchors.top: keyArea.bottom
        anchors.topMargin: 8
        x: Style.gap
        width: parent.width - 2 * Style.gap
        height: Style.target
        spacing: 4

        ActionButton {
            objectName: "keyNumbers"
            width: 120
            text: root.numbers ? "abc" : "123"
            onClicked: root.numbers = !root.numbers
        }
        ActionButton {
            objectName: "keySpace"
            width: parent.width - 120 - 180 - 8
            text: qsTr("space")
            onClicked: TextEntry.type(" ")
        }
        ActionButton {
            objectName: "keyDone"
            width: 180
            style: "primary"
            glyph: "search"
            text: qsTr("Search")
            onClicked: TextEntry.submit()
        }
    }
}
